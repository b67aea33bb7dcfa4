package tenantlint.checks.exchange.mail_flow_ready_for_controls_test

import data.tenantlint.checks.exchange.mail_flow_ready_for_controls as check
import rego.v1

quiet := {
	"tenant": {"id": "t"},
	"statuses": {"dkim_signing_configs": "ok"},
	"collections": {
		"organization_config": {"Name": "contoso", "RejectDirectSend": true},
		"accepted_domains": [{"DomainName": "contoso.example"}],
		"dkim_signing_configs": [{"Domain": "Contoso.example", "Enabled": true}],
	},
	"facts": {
		"dmarc": {"domains": [entry({"state": "own", "policy": "none"})]},
		"spf": {"domains": [entry({"records": ["v=spf1 include:spf.protection.outlook.com -all"]})]},
		"mail_flow": {"connectors": [], "domains": [entry({"route": "microsoft", "mx": ["x"]})]},
		"mail_protection": {"outbound_spam": {"layers": []}},
		"mailboxes": {"forwarding": {"mailboxes": []}},
	},
}

entry(more) := object.union(
	{
		"domain": "contoso.example",
		"resource": {"kind": "acceptedDomain", "id": "d", "name": "contoso.example"},
	},
	more,
)

findings(patches) := found if {
	found := check.findings with input as json.patch(quiet, patches)
}

replaced(path, value) := {"op": "replace", "path": path, "value": value}

box := {
	"resource": {"kind": "mailbox", "id": "u", "name": "ann"},
	"principal": {"id": "u", "kind": "user", "name": "ann", "enabled": true},
	"target": "ann@mail.example",
	"domain": "mail.example",
}

layer(mode) := {"name": "Default", "reached": "certain", "policy": {"AutoForwardingMode": mode}}

connector(locks) := {
	"name": "Gateway",
	"resource": {"kind": "inboundConnector", "id": "c", "name": "Gateway"},
	"enabled": true,
	"locks": locks,
}

spf(record) := replaced("/facts/spf/domains/0/records", [record])

direct(value) := replaced("/collections/organization_config/RejectDirectSend", value)

test_pass_when_nothing_depends_on_a_gap if {
	findings([]) == set()
	findings([replaced("/facts/mailboxes/forwarding/mailboxes", [box])]) == set()
	findings([spf("v=spf1 mx -all")]) == set()
	findings([direct(false)]) == set()
}

test_fail_when_a_mailbox_forwards_while_it_is_open if {
	some found in findings([
		replaced("/facts/mailboxes/forwarding/mailboxes", [box]),
		replaced("/facts/mail_protection/outbound_spam/layers", [layer("On"), layer(null)]),
	])
	startswith(found.message, "The mailbox ann forwards to ann@mail.example")
	found.evidence.open_policies == ["Default"]
}

test_fail_when_a_domain_is_not_signed if {
	some found in findings([replaced("/collections/dkim_signing_configs/0/Enabled", false)])
	startswith(found.message, "Mail of contoso.example carries no signature of its own")
	findings([
		replaced("/collections/dkim_signing_configs/0/Enabled", false),
		replaced("/facts/dmarc/domains/0/policy", "reject"),
	]) == set()
}

test_fail_when_mx_points_past_the_gateway_that_is_demanded if {
	some found in findings([replaced("/facts/mail_flow/connectors", [connector(true)])])
	endswith(found.message, "and MX of contoso.example points past the gateway.")
}

test_inconclusive_when_others_may_send_directly if {
	some found in findings([direct(null), spf("v=spf1 +include:crm.example include:outlook.com mx -all")])
	found.depends_on == ["whether the other senders of contoso.example write to your own people"]
	contains(found.message, "(+include:crm.example, mx)")
	findings([
		direct(false),
		spf("v=spf1 mx -all"),
		replaced("/facts/mail_flow/connectors", [connector(false)]),
	]) == set()
	findings([direct(false), replaced("/facts/spf/domains/0/records", null)]) == set()
}

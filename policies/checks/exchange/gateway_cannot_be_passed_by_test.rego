package tenantlint.checks.exchange.gateway_cannot_be_passed_by_test

import data.tenantlint.checks.exchange.gateway_cannot_be_passed_by as check
import rego.v1

domain(route) := {
	"domain": "contoso.example",
	"resource": {"kind": "acceptedDomain", "id": "d", "name": "contoso.example"},
	"mx": ["mx.gateway.example"],
	"route": route,
}

connector(more) := object.union(
	{
		"name": "Gateway",
		"resource": {"kind": "inboundConnector", "id": "c", "name": "Gateway"},
		"enabled": true,
		"type": "Partner",
		"trusted": false,
		"certificate": null,
		"widest_prefix": 32,
		"enhanced": false,
		"everyone": true,
		"locks": false,
	},
	more,
)

given(domains, connectors, rules, status) := {
	"tenant": {"id": "t"},
	"statuses": {"transport_rules": status},
	"facts": {"mail_flow": {"domains": domains, "connectors": connectors, "locking_rules": rules}},
}

test_pass_when_something_locks if {
	check.findings == set() with input as given([domain("gateway")], [connector({"locks": true})], [], "ok")
	check.findings == set() with input as given([domain("gateway")], [connector({})], ["Lock"], "ok")
	check.not_applicable == set() with input as given([domain("gateway")], [], ["Lock"], "ok")
}

test_fail_when_nothing_locks if {
	some found in check.findings with input as given([domain("gateway")], [connector({})], [], "ok")
	found.message == concat(" ", [
		"Mail to contoso.example is meant to come through mx.gateway.example,",
		"but is also taken from anywhere else.",
	])
	found.depends_on == []
}

test_not_applicable_without_a_gateway if {
	count(check.not_applicable) == 1 with input as given([domain("microsoft"), domain("both")], [], [], "ok")
}

test_inconclusive_when_mx_or_the_rules_are_not_told if {
	some found in check.findings with input as given([domain("unknown")], [], [], "ok")
	found.depends_on == ["the MX records of contoso.example"]
	some other in check.findings with input as given([domain("gateway")], [], [], "denied")
	other.depends_on == ["the mail flow rules (transport_rules)"]
}

test_a_null_mx_is_no_domain_behind_a_gateway if {
	nowhere := object.union(domain("none"), {"mx": null})
	check.findings == set() with input as given([nowhere], [], [], "ok")
}

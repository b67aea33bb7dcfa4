package tenantlint.checks.exchange.gateway_mail_filtered_by_origin_test

import data.tenantlint.checks.exchange.gateway_mail_filtered_by_origin as check
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

given(domains, connectors) := {
	"tenant": {"id": "t"},
	"facts": {"mail_flow": {"domains": domains, "connectors": connectors}},
}

findings(domains, connectors) := found if {
	found := check.findings with input as given(domains, connectors)
}

test_pass_with_enhanced_filtering if {
	findings([domain("gateway"), domain("unknown")], [connector({"enhanced": true})]) == set()
	check.not_applicable == set() with input as given([domain("gateway")], [connector({"enhanced": true})])
}

test_fail_without_enhanced_filtering if {
	every connectors in [[], [connector({})], [connector({"enhanced": true, "enabled": false})]] {
		some found in findings([domain("both")], connectors)
		found.message == concat(" ", [
			"Mail to contoso.example comes through mx.gateway.example,",
			"and no inbound connector looks behind it.",
		])
		found.depends_on == []
	}
}

test_fail_for_chosen_recipients_only if {
	some found in findings([domain("gateway")], [connector({"enhanced": true, "everyone": false})])
	endswith(found.message, "and enhanced filtering works for chosen recipients only.")
}

test_not_applicable_where_mx_points_to_exchange if {
	count(check.not_applicable) == 1 with input as given([domain("microsoft"), domain("none")], [])
	findings([domain("microsoft")], []) == set()
}

test_inconclusive_when_mx_is_not_told if {
	some found in findings([domain("unknown")], [])
	found.message == "The snapshot does not tell where MX points for 1 domain."
	found.depends_on == ["the MX records of contoso.example"]
}

test_inconclusive_when_the_connector_is_null if {
	some found in findings([domain("gateway")], [connector({"enhanced": true, "enabled": null})])
	found.depends_on == ["Enabled of the inbound connector Gateway"]
}

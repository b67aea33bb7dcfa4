package tenantlint.checks.exchange.inbound_connectors_prove_themselves_test

import data.tenantlint.checks.exchange.inbound_connectors_prove_themselves as check
import rego.v1

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

given(one) := {"parameters": {"min_prefix": 24}, "facts": {"mail_flow": {"connectors": [one]}}}

findings(one) := found if {
	found := check.findings with input as given(one)
}

trusted(more) := connector(object.union({"trusted": true}, more))

test_pass_by_certificate_or_narrow_addresses if {
	findings(trusted({"widest_prefix": 24})) == set()
	findings(trusted({"widest_prefix": 8, "certificate": "mail.contoso.example"})) == set()
	findings(trusted({"widest_prefix": null, "enabled": false})) == set()
	check.not_applicable == set() with input as given(trusted({}))
}

test_fail_without_either if {
	some found in findings(trusted({"widest_prefix": null}))
	found.message == concat(" ", [
		"The inbound connector Gateway trusts whatever server the mail comes from",
		"as the organization's own.",
	])
	found.depends_on == []
}

test_fail_with_wide_addresses if {
	some found in findings(trusted({"widest_prefix": 16}))
	found.message == concat(" ", [
		"The inbound connector Gateway trusts any server of a network of /16",
		"as the organization's own.",
	])
}

test_not_applicable_where_nothing_is_trusted if {
	findings(connector({"widest_prefix": null})) == set()
	count(check.not_applicable) == 1 with input as given(connector({}))
}

test_inconclusive_when_enabled_is_null if {
	some found in findings(trusted({"widest_prefix": null, "enabled": null}))
	found.depends_on == ["Enabled of the inbound connector Gateway"]
}

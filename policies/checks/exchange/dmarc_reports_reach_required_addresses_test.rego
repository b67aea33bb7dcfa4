package tenantlint.checks.exchange.dmarc_reports_reach_required_addresses_test

import data.tenantlint.checks.exchange.dmarc_reports_reach_required_addresses as check
import rego.v1

entry(more) := object.union(
	{
		"domain": "contoso.example",
		"resource": {"kind": "acceptedDomain", "id": "d", "name": "contoso.example"},
		"state": "own",
		"from": "contoso.example",
		"records": ["v=DMARC1; p=reject"],
		"rua": ["reports@authority.example"],
		"unusable": [],
		"unknown": "the DMARC record of contoso.example",
	},
	more,
)

given(one, required) := {
	"parameters": {"required_addresses": required},
	"facts": {"dmarc": {"domains": [one]}},
}

findings(one) := found if {
	found := check.findings with input as given(one, ["Reports@authority.example"])
}

test_pass_when_the_authority_gets_reports if {
	findings(entry({})) == set()
	check.not_applicable == set() with input as given(entry({}), ["a@b.example"])
}

test_not_applicable_without_a_duty if {
	count(check.not_applicable) == 1 with input as given(entry({"state": "absent"}), [])
	check.findings == set() with input as given(entry({"state": "unknown"}), [])
}

test_fail_when_the_address_is_missing if {
	some found in findings(entry({"rua": ["dmarc@contoso.example"]}))
	found.message == "The DMARC record of contoso.example does not send reports to reports@authority.example."
}

test_fail_without_a_policy if {
	some found in findings(entry({"state": "void"}))
	startswith(found.message, "Nobody sends DMARC reports on contoso.example")
}

test_inconclusive_when_the_lookup_failed if {
	some found in findings(entry({"state": "unknown", "records": null}))
	found.depends_on == ["the DMARC record of contoso.example"]
}

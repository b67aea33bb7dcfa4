package tenantlint.checks.exchange.dmarc_reports_read_test

import data.tenantlint.checks.exchange.dmarc_reports_read as check
import rego.v1

entry(more) := object.union(
	{
		"domain": "contoso.example",
		"resource": {"kind": "acceptedDomain", "id": "d", "name": "contoso.example"},
		"state": "own",
		"from": "contoso.example",
		"records": ["v=DMARC1; p=reject"],
		"rua": ["dmarc@contoso.example"],
		"ruf": [],
		"unusable": [],
		"unknown": "the DMARC record of contoso.example",
	},
	more,
)

findings(one, required) := found if {
	found := check.findings with input as {
		"parameters": {"required_reports": required, "not_counted": ["Reports@authority.example"]},
		"facts": {"dmarc": {"domains": [one]}},
	}
}

test_pass_with_an_address if {
	findings(entry({}), ["rua"]) == set()
	findings(entry({"ruf": ["x@contoso.example"]}), ["rua", "ruf"]) == set()
}

test_fail_without_an_address if {
	some found in findings(entry({"rua": [], "unusable": ["x@contoso.example"]}), ["rua"])
	found.message == concat(" ", [
		"The DMARC record of contoso.example names no address of the organization",
		"for summary reports (rua).",
	])
	found.evidence.ignored_by_receivers == ["x@contoso.example"]
}

test_fail_where_only_an_authority_gets_reports if {
	some found in findings(entry({"rua": ["reports@authority.example"]}), ["ruf", "rua"])
	endswith(found.message, "for summary reports (rua) and failure reports (ruf).")
}

test_fail_without_a_policy if {
	some found in findings(entry({"state": "absent", "records": []}), ["rua"])
	found.message == "Nobody sends DMARC reports on contoso.example, since no DMARC policy holds for it."
}

test_inconclusive_when_the_lookup_failed if {
	some found in findings(entry({"state": "unknown", "records": null}), ["rua"])
	found.depends_on == ["the DMARC record of contoso.example"]
}

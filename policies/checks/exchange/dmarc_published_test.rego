package tenantlint.checks.exchange.dmarc_published_test

import data.tenantlint.checks.exchange.dmarc_published as check
import rego.v1

entry(state, records) := {
	"domain": "contoso.example",
	"resource": {"kind": "acceptedDomain", "id": "d", "name": "contoso.example"},
	"state": state,
	"records": records,
	"unknown": "the DMARC record of contoso.example (timeout)",
}

findings(one) := found if {
	found := check.findings with input as {"facts": {"dmarc": {"domains": [one]}}}
}

test_pass_with_an_own_or_an_inherited_policy if {
	findings(entry("own", ["v=DMARC1; p=none"])) == set()
	findings(entry("inherited", [])) == set()
}

test_fail_without_a_record if {
	some found in findings(entry("absent", []))
	found.message == "contoso.example has no DMARC record, and no domain above it has one."
	found.depends_on == []
	found.principals == [{"kind": "domain", "id": "contoso.example", "name": "contoso.example"}]
}

test_fail_with_several_records if {
	some found in findings(entry("several", ["v=DMARC1; p=reject", "v=DMARC1; p=none"]))
	found.message == "contoso.example has 2 DMARC records, so receivers heed none of them."
}

test_fail_with_a_void_record if {
	some found in findings(entry("void", ["v=DMARC1"]))
	found.message == "The DMARC record of contoso.example has no valid policy, so receivers ignore it."
}

test_inconclusive_when_the_lookup_failed if {
	some found in findings(entry("unknown", null))
	found.depends_on == ["the DMARC record of contoso.example (timeout)"]
	found.message == "The snapshot does not tell the DMARC policy of contoso.example."
}

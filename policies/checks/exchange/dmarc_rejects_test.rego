package tenantlint.checks.exchange.dmarc_rejects_test

import data.tenantlint.checks.exchange.dmarc_rejects as check
import rego.v1

entry(more) := object.union(
	{
		"domain": "contoso.example",
		"resource": {"kind": "acceptedDomain", "id": "d", "name": "contoso.example"},
		"state": "own",
		"from": "contoso.example",
		"records": ["v=DMARC1; p=reject"],
		"policy": "reject",
		"below": "reject",
		"missing": "reject",
		"percent": 100,
		"testing": false,
		"unknown": "the DMARC record of contoso.example",
	},
	more,
)

findings(one) := found if {
	found := check.findings with input as {
		"parameters": {"accepted_policies": ["Reject"], "min_percent": 100},
		"facts": {"dmarc": {"domains": [one]}},
	}
}

test_pass_when_everything_is_rejected if {
	findings(entry({})) == set()
	findings(entry({"state": "inherited", "from": "example", "below": null, "missing": null})) == set()
}

test_fail_with_none if {
	some found in findings(entry({"policy": "none"}))
	found.message == "DMARC of contoso.example asks for none."
	found.evidence.policy == "none"
	found.depends_on == []
}

test_fail_when_subdomains_are_left_open if {
	some found in findings(entry({"below": "none", "missing": "none"}))
	found.message == "DMARC of contoso.example asks for none on subdomains."
	some other in findings(entry({"missing": "quarantine"}))
	other.message == "DMARC of contoso.example asks for quarantine on subdomains that do not exist."
}

test_fail_for_part_of_the_mail_or_in_a_test if {
	some found in findings(entry({"percent": 0, "testing": true}))
	found.message == "DMARC of contoso.example holds for 0 percent of the mail, is only being tested."
}

test_fail_of_an_inherited_policy if {
	some found in findings(entry({"state": "inherited", "from": "up.example", "policy": "none", "below": null}))
	found.message == "DMARC of contoso.example (inherited from up.example) asks for none."
}

test_fail_without_a_policy if {
	some found in findings(entry({"state": "absent", "records": []}))
	startswith(found.message, "contoso.example has no DMARC record")
}

test_inconclusive_when_the_lookup_failed if {
	some found in findings(entry({"state": "unknown", "records": null, "policy": null}))
	found.depends_on == ["the DMARC record of contoso.example"]
}

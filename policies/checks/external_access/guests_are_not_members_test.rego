package tenantlint.checks.external_access.guests_are_not_members_test

import data.tenantlint.checks.external_access.guests_are_not_members as check
import rego.v1

run(members) := found if {
	found := check.findings with input as {
		"tenant": {"id": "t"},
		"parameters": {"permitted_domains": ["Sister.example", 3]},
		"facts": {"guests": {"members": members}},
	}
}

member(domain) := {"id": domain, "name": "](Ann)", "domain": domain}

test_pass_without if {
	run([]) == set()
	run([member("sister.example")]) == set()
}

test_fail_with_one if {
	some finding in run([member("partner.example"), member("")])
	finding.message == "2 member accounts are of outsiders: \"](Ann)\", \"](Ann)\"."
	finding.evidence.domains == ["", "partner.example"]
}

test_pass_where_nothing_is_told_of_a_domain if run([member("SISTER.example"), member(null)]) != set()

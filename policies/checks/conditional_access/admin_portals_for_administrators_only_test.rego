package tenantlint.checks.conditional_access.admin_portals_for_administrators_only_test

import data.tenantlint.checks.conditional_access.admin_portals_for_administrators_only as check
import data.tenantlint.lib.coverage_test as mock
import rego.v1

run(answer, known) := found if {
	found := check.findings with input as {
		"tenant": {"id": "t", "display_name": "Contoso"},
		"facts": {"coverage": {"admin_portals_others": object.union(answer, {"holders_known": known})}},
	}
}

test_pass_when_nobody_is_open if {
	run(mock.covered, true) == set()
	run(mock.covered, false) == set()
}

test_fail_when_somebody_is_open if mock.only(run(mock.open, true)).population == ["coverage/0/1"]

test_depends_on_what_the_answer_depends_on if {
	mock.only(run(mock.depends, true)).depends_on == ["who is in the group G"]
}

test_depends_on_who_holds_the_roles if {
	finding := mock.only(run(mock.open, false))
	finding.depends_on == ["who holds the roles"]
	finding.evidence.users_open == 3
}

package tenantlint.checks.conditional_access.mfa_for_azure_management_test

import data.tenantlint.checks.conditional_access.mfa_for_azure_management as check
import data.tenantlint.lib.coverage_test as mock
import rego.v1

run(azure, portals) := found if {
	found := check.findings with input as {
		"tenant": {"id": "t"},
		"facts": {"coverage": {"azure_management": azure, "admin_portals": portals}},
	}
}

test_pass_when_nobody_is_open if run(mock.covered, mock.covered) == set()

test_fail_when_somebody_is_open if {
	mock.only(run(mock.open, mock.covered)).key == {"certainty": "certain", "application": "azure"}
	mock.only(run(mock.covered, mock.open)).key == {"certainty": "certain", "application": "portals"}
	count(run(mock.open, mock.open)) == 2
}

test_depends_on_what_the_answer_depends_on if {
	mock.only(run(mock.depends, mock.covered)).depends_on == ["who is in the group G"]
}

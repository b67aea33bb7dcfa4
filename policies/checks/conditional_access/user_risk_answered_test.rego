package tenantlint.checks.conditional_access.user_risk_answered_test

import data.tenantlint.checks.conditional_access.user_risk_answered as check
import data.tenantlint.lib.coverage_test as mock
import rego.v1

run(required, remedied, blocked) := found if {
	found := check.findings with input as {
		"tenant": {"id": "t"},
		"parameters": {"required": required, "permitted_application_exclusions": []},
		"facts": {"coverage": {"user_risk_high": remedied, "user_risk_high_blocked": blocked}},
	}
}

test_pass_when_nobody_is_open if run("remediation", mock.covered, mock.open) == set()

test_pass_when_everybody_is_blocked if run("block", mock.open, mock.covered) == set()

test_fail_when_somebody_is_open if {
	mock.only(run("remediation", mock.open, mock.covered)).population == ["coverage/0/1"]
	mock.only(run("block", mock.covered, mock.open)).population == ["coverage/0/1"]
}

test_depends_on_what_the_answer_depends_on if {
	mock.only(run("remediation", mock.depends, mock.covered)).depends_on == ["who is in the group G"]
}

package tenantlint.checks.conditional_access.sign_in_risk_answered_test

import data.tenantlint.checks.conditional_access.sign_in_risk_answered as check
import data.tenantlint.lib.coverage_test as mock
import rego.v1

run(levels, required, facts) := found if {
	found := check.findings with input as {
		"tenant": {"id": "t"},
		"parameters": {"levels": levels, "required": required, "permitted_application_exclusions": []},
		"facts": {"coverage": facts},
	}
}

both := ["high", "medium"]

facts(high, blocked, medium) := {
	"sign_in_risk_high": high,
	"sign_in_risk_high_blocked": blocked,
	"sign_in_risk_medium": medium,
}

test_pass_when_nobody_is_open if run(both, "mfa", facts(mock.covered, mock.open, mock.covered)) == set()

test_pass_for_levels_that_are_not_asked_for if {
	run(["medium"], "mfa", facts(mock.open, mock.open, mock.covered)) == set()
	run(["high"], "mfa", facts(mock.covered, mock.open, mock.open)) == set()
}

test_fail_for_each_level if {
	mock.only(run(both, "mfa", facts(mock.open, mock.open, mock.covered))).key.level == "high"
	mock.only(run(both, "mfa", facts(mock.covered, mock.open, mock.open))).key.level == "medium"
	count(run(both, "mfa", facts(mock.open, mock.open, mock.open))) == 2
}

test_fail_when_high_risk_must_be_blocked_and_is_not if {
	mock.only(run(both, "block", facts(mock.covered, mock.open, mock.covered))).key.level == "high"
	run(both, "block", facts(mock.open, mock.covered, mock.covered)) == set()
}

test_depends_on_what_the_answer_depends_on if {
	found := run(both, "mfa", facts(mock.depends, mock.covered, mock.covered))
	mock.only(found).depends_on == ["who is in the group G"]
}

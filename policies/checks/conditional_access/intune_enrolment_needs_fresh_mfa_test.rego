package tenantlint.checks.conditional_access.intune_enrolment_needs_fresh_mfa_test

import data.tenantlint.checks.conditional_access.intune_enrolment_needs_fresh_mfa as check
import data.tenantlint.lib.coverage_test as mock
import rego.v1

run(mfa, fresh) := found if {
	found := check.findings with input as {
		"tenant": {"id": "t", "display_name": "Contoso"},
		"facts": {"coverage": {"intune_enrolment": mfa}, "sessions": {"intune_enrolment": fresh}},
	}
}

test_pass_when_both_are_asked_for if run(mock.covered, mock.covered) == set()

test_fail_without_mfa if mock.only(run(mock.open, mock.covered)).key.part == "mfa"

test_fail_with_an_old_sign_in if mock.only(run(mock.covered, mock.open)).key.part == "every_time"

test_depends_on_what_the_answer_depends_on if {
	mock.only(run(mock.covered, mock.depends)).depends_on == ["who is in the group G"]
}

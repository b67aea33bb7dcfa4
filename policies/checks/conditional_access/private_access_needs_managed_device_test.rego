package tenantlint.checks.conditional_access.private_access_needs_managed_device_test

import data.tenantlint.checks.conditional_access.private_access_needs_managed_device as check
import data.tenantlint.lib.coverage_test as mock
import rego.v1

input_of(applications, answer) := {
	"tenant": {"id": "t", "display_name": "Contoso"},
	"facts": {"coverage": {"private_access_managed_device": {"applications": applications, "answer": answer}}},
}

applications := [{"id": "a", "name": "<b>Plant</b>"}]

run(answer) := found if {
	found := check.findings with input as input_of(applications, answer)
}

test_pass_when_nobody_is_open if {
	run(mock.covered) == set()
	reasons := check.not_applicable with input as input_of(applications, mock.covered)
	reasons == set()
}

test_fail_when_somebody_is_open if mock.only(run(mock.open)).population == ["coverage/0/1"]

test_depends_on_what_the_answer_depends_on if mock.only(run(mock.depends)).depends_on == ["who is in the group G"]

test_not_applicable_without_applications if {
	reasons := check.not_applicable with input as input_of([], null)
	count(reasons) == 1
	found := check.findings with input as input_of([], null)
	found == set()
}

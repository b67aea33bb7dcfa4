package tenantlint.checks.conditional_access.tokens_bound_to_devices_test

import data.tenantlint.checks.conditional_access.tokens_bound_to_devices as check
import data.tenantlint.lib.coverage_test as mock
import rego.v1

run(answer, permitted) := found if {
	found := check.findings with input as {
		"tenant": {"id": "t", "display_name": "Contoso"},
		"parameters": {"permitted_application_exclusions": permitted},
		"facts": {"sessions": {"token_protection": answer}},
	}
}

test_pass_when_nobody_is_open if run(mock.covered, []) == set()

test_fail_when_somebody_is_open if {
	finding := mock.only(run(mock.open, []))
	finding.resource.kind == "tenant"
	finding.population == ["coverage/0/1"]
	finding.evidence.users_open == 3
}

test_depends_on_what_the_answer_depends_on if {
	mock.only(run(mock.depends, [])).depends_on == ["who is in the group G"]
}

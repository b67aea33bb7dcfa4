package tenantlint.checks.conditional_access.device_code_flow_restricted_test

import data.tenantlint.checks.conditional_access.device_code_flow_restricted as check
import data.tenantlint.lib.coverage_test as mock
import rego.v1

run(answer) := found if {
	found := check.findings with input as {
		"tenant": {"id": "t", "display_name": "Contoso"},
		"parameters": {"permitted_application_exclusions": []},
		"facts": {"coverage": {"device_code_flow": answer}},
	}
}

test_pass_when_nobody_is_open if run(mock.covered) == set()

test_fail_when_somebody_is_open if {
	finding := mock.only(run(mock.open))
	finding.resource.kind == "tenant"
	finding.population == ["coverage/0/1"]
	finding.evidence.regions[0].near_misses[0].because == "is report-only"
}

test_depends_on_what_the_answer_depends_on if {
	mock.only(run(mock.depends)).depends_on == ["who is in the group G"]
}

test_pass_when_only_permitted_applications_are_open if {
	found := check.findings with input as {
		"parameters": {"permitted_application_exclusions": ["app"]},
		"facts": {"coverage": {"device_code_flow": mock.open}},
	}
	found == set()
}

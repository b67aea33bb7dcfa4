package tenantlint.checks.conditional_access.managed_devices_required_test

import data.tenantlint.checks.conditional_access.managed_devices_required as check
import data.tenantlint.lib.coverage_test as mock
import rego.v1

run(answer) := found if {
	found := check.findings with input as {
		"tenant": {"id": "t", "display_name": "Contoso"},
		"parameters": {"platforms": ["windows", "macOS"], "permitted_application_exclusions": []},
		"facts": {"coverage": {"managed_device": answer}},
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

test_pass_when_other_platforms_are_open if {
	found := check.findings with input as {
		"parameters": {"platforms": ["android"], "permitted_application_exclusions": []},
		"facts": {"coverage": {"managed_device": mock.open}},
	}
	found == set()
}

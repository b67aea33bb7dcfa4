package tenantlint.checks.conditional_access.sign_in_repeated_on_unmanaged_devices_test

import data.tenantlint.checks.conditional_access.sign_in_repeated_on_unmanaged_devices as check
import data.tenantlint.lib.coverage_test as mock
import rego.v1

run(hours, answer) := found if {
	answers := [object.union(mock.open, {"hours": -1}), object.union(answer, {"hours": hours})]
	found := check.findings with input as {
		"tenant": {"id": "t", "display_name": "Contoso"},
		"parameters": {"max_hours": 24},
		"facts": {"sessions": {"unmanaged_frequency": {"at_most": answers}}},
	}
}

test_pass_when_everybody_signs_in_again_in_time if {
	run(24, mock.covered) == set()
	run(0, mock.covered) == set()
}

test_fail_when_the_frequency_is_too_long if {
	finding := mock.only(run(25, mock.covered))
	endswith(finding.message, " can stay signed in on an unmanaged device for more than 24 hours: any application.")
	finding.population == ["coverage/0/1"]
}

test_fail_when_somebody_is_left_out if count(run(12, mock.open)) == 1

test_depends_on_what_the_answer_depends_on if {
	mock.only(run(12, mock.depends)).depends_on == ["who is in the group G"]
}

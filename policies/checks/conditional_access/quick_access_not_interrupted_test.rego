package tenantlint.checks.conditional_access.quick_access_not_interrupted_test

import data.tenantlint.checks.conditional_access.quick_access_not_interrupted as check
import rego.v1

applications := [{"id": "a", "name": "<b>Quick</b>"}]

cutting(hours, certain) := {"policy": {"id": "p", "name": "Weekly"}, "hours": hours, "certain": certain}

input_of(named, cuts) := {"facts": {"sessions": {"quick_access": {"applications": named, "cutting": cuts}}}}

only(found) := one if {
	count(found) == 1
	some one in found
}

test_pass_when_nothing_cuts_it if {
	found := check.findings with input as input_of(applications, [])
	found == set()
}

test_fail_when_a_frequency_does if {
	finding := only(check.findings) with input as input_of(applications, [cutting(168, true)])
	finding.message == `The policy "Weekly" cuts Quick Access after 168 hours.`
	often := only(check.findings) with input as input_of(applications, [cutting(0, true)])
	endswith(often.message, "at every sign-in.")
}

test_depends_when_it_cannot_be_read if {
	finding := only(check.findings) with input as input_of(applications, [cutting(null, false)])
	endswith(finding.message, "after a time that is not known.")
	finding.depends_on == ["what the snapshot does not hold"]
}

test_not_applicable_without_quick_access if {
	reasons := check.not_applicable with input as input_of([], [])
	count(reasons) == 1
}

package tenantlint.checks.authentication.suspicious_requests_reportable_test

import data.tenantlint.checks.authentication.suspicious_requests_reportable as check
import data.tenantlint.lib.authentication_methods_test as mocks
import rego.v1

run(feature) := found if {
	told := {"facts": {"authentication_methods": {"report_suspicious_activity": feature, "methods": {}}}}
	found := check.findings with input as object.union(mocks.told({}, {}, {}), told)
}

test_pass_when_it_is_on_for_everybody if run(mocks.feature("enabled", mocks.nobody)) == set()

test_fail_when_it_is_off if {
	finding := mocks.only(run(mocks.feature("disabled", mocks.everybody)))
	finding.message == "Reporting requests that one did not start is off."
	finding.population == ["authentication/2"]
	managed := object.union(mocks.feature("disabled", mocks.everybody), {"managed": true})
	endswith(mocks.only(run(managed)).message, "is left to Microsoft, which has it off at present.")
}

test_fail_for_those_who_are_left_out if {
	contains(mocks.only(run(mocks.feature("enabled", mocks.some_people(2)))).message, "off for 2 people")
}

test_depends_when_null_or_not_told if {
	finding := mocks.only(run(object.union(mocks.feature("unknown", mocks.perhaps), {"told": null})))
	count(finding.depends_on) == 1
}

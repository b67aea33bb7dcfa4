package tenantlint.checks.authentication.authenticator_number_matching_test

import data.tenantlint.checks.authentication.authenticator_number_matching as check
import data.tenantlint.lib.authentication_methods_test as mocks
import rego.v1

run(feature) := found if {
	method := object.union(
		mocks.method("MicrosoftAuthenticator", "enabled", mocks.everybody),
		{"features": {"numberMatchingRequiredState": feature}},
	)
	found := check.findings with input as mocks.told({"microsoftauthenticator": method}, {}, {})
}

test_pass_when_it_is_on if run(mocks.feature("enabled", mocks.nobody)) == set()

test_fail_when_it_is_off if {
	finding := mocks.only(run(mocks.feature("disabled", mocks.everybody)))
	finding.message == "Matching the number on the screen is off."
	finding.population == ["authentication/2"]
}

test_fail_for_a_part_of_the_people if {
	finding := mocks.only(run(mocks.feature("enabled", mocks.some_people(1))))
	finding.message == "Matching the number on the screen is on for some people, and off for 1 person."
}

test_depends_without_the_method if {
	found := check.findings with input as mocks.told({}, {"id": null}, {})
	count(mocks.only(found).depends_on) == 1
}

test_not_applicable_when_nobody_may_use_it if {
	off := {"microsoftauthenticator": mocks.method("MicrosoftAuthenticator", "disabled", mocks.nobody)}
	count(check.not_applicable) == 1 with input as mocks.told(off, {}, {})
}

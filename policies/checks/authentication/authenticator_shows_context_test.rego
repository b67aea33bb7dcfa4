package tenantlint.checks.authentication.authenticator_shows_context_test

import data.tenantlint.checks.authentication.authenticator_shows_context as check
import data.tenantlint.lib.authentication_methods_test as mocks
import rego.v1

run(app, place) := found if {
	found := check.findings with input as mocks.told({"microsoftauthenticator": authenticator(app, place)}, {}, {})
}

authenticator(app, place) := object.union(
	mocks.method("MicrosoftAuthenticator", "enabled", mocks.everybody),
	{"features": {
		"displayAppInformationRequiredState": app,
		"displayLocationInformationRequiredState": place,
	}},
)

good := mocks.feature("enabled", mocks.nobody)

test_pass_when_both_are_on_for_everybody if run(good, good) == set()

test_fail_when_one_is_off if {
	finding := mocks.only(run(good, mocks.feature("disabled", mocks.everybody)))
	finding.message == "Showing the place in requests is off."
	finding.key == {"feature": "displayLocationInformationRequiredState"}
}

test_fail_for_those_whom_a_feature_leaves_out if {
	some_left := mocks.feature("enabled", mocks.some_people(3))
	finding := mocks.only(run(some_left, good))
	finding.message == "Showing the application in requests is on for some people, and off for 3 people."
}

test_each_feature_is_a_finding_of_its_own if {
	count(run(mocks.feature("disabled", mocks.everybody), mocks.feature("disabled", mocks.everybody))) == 2
}

test_depends_on_what_is_not_told if {
	finding := mocks.only(run(mocks.feature("unknown", mocks.perhaps), good))
	count(finding.depends_on) > 0
	bare := check.findings with input as mocks.told({}, null, {})
	mocks.only(bare).depends_on == ["the state of the method microsoftauthenticator"]
}

test_not_applicable_when_nobody_may_use_it if {
	off := mocks.method("MicrosoftAuthenticator", "disabled", mocks.nobody)
	check.not_applicable == {"Nobody may use Microsoft Authenticator."} with input as mocks.told(
		{"microsoftauthenticator": off},
		{}, {},
	)
}

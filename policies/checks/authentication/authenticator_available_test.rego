package tenantlint.checks.authentication.authenticator_available_test

import data.tenantlint.checks.authentication.authenticator_available as check
import data.tenantlint.lib.authentication_methods_test as mocks
import rego.v1

run(methods) := found if found := check.findings with input as mocks.told(methods, {}, {})

authenticator(state, people) := {"microsoftauthenticator": mocks.method("MicrosoftAuthenticator", state, people)}

test_pass_when_it_is_on if {
	run(authenticator("enabled", mocks.everybody)) == set()
	run(authenticator("enabled", mocks.some_people(1))) == set()
}

test_fail_when_it_is_off if {
	finding := mocks.only(run(authenticator("disabled", mocks.nobody)))
	finding.message == "Nobody may use Microsoft Authenticator."
	finding.depends_on == []
}

test_depends_on_members_and_on_the_method if {
	finding := mocks.only(run(authenticator("enabled", mocks.perhaps)))
	finding.depends_on == ["the members of the group Sales"]
	count(mocks.only(run({})).depends_on) == 1
	bare := check.findings with input as mocks.told({}, null, {})
	count(bare) == 1
}

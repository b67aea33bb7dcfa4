package tenantlint.checks.authentication.temporary_access_pass_available_test

import data.tenantlint.checks.authentication.temporary_access_pass_available as check
import data.tenantlint.lib.authentication_methods_test as mocks
import rego.v1

run(methods) := found if found := check.findings with input as mocks.told(methods, {}, {})

given(state, people) := {"temporaryaccesspass": mocks.method("TemporaryAccessPass", state, people)}

test_pass_when_it_is_on if run(given("enabled", mocks.some_people(1))) == set()

test_fail_when_it_is_off if {
	finding := mocks.only(run(given("disabled", mocks.nobody)))
	finding.message == "Nobody may use a Temporary Access Pass."
}

test_depends_on_members_and_on_the_method if {
	count(mocks.only(run(given("enabled", mocks.perhaps))).depends_on) == 1
	bare := check.findings with input as mocks.told({}, null, {})
	count(mocks.only(bare).depends_on) == 1
}

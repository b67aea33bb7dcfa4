package tenantlint.checks.authentication.passkeys_available_test

import data.tenantlint.checks.authentication.passkeys_available as check
import data.tenantlint.lib.authentication_methods_test as mocks
import rego.v1

run(state, lacking, settings) := found if {
	fido2 := object.union(mocks.method("Fido2", state, mocks.everybody), {"lacking": lacking})
	configuration := object.union({"id": "Fido2", "state": state}, settings)
	policy := {"authenticationMethodConfigurations": [configuration]}
	found := check.findings with input as mocks.told({"fido2": fido2}, policy, {})
}

open := {"isSelfServiceRegistrationAllowed": true}

test_pass_when_everybody_may_have_one if run("enabled", mocks.nobody, open) == set()

test_fail_when_they_are_off if {
	finding := mocks.only(run("disabled", mocks.everybody, open))
	finding.message == "Passkeys are off."
	finding.population == ["authentication/2"]
}

test_fail_for_those_who_are_left_out if {
	finding := mocks.only(run("enabled", mocks.some_people(3), open))
	finding.message == "Passkeys are on, but not for 3 people."
}

test_fail_when_nobody_registers_one_himself if {
	finding := mocks.only(run("enabled", mocks.nobody, {"isSelfServiceRegistrationAllowed": false}))
	finding.message == "People cannot register passkeys themselves."
	finding.pointer == "/authenticationMethodConfigurations/0/isSelfServiceRegistrationAllowed"
}

test_depends_on_what_is_not_told if {
	mocks.only(run("enabled", mocks.nobody, {"isSelfServiceRegistrationAllowed": null})).depends_on != []
	finding := mocks.only(run("enabled", mocks.perhaps, open))
	finding.depends_on == ["the members of the group Sales"]
	bare := check.findings with input as mocks.told({}, null, {})
	count(mocks.only(bare).depends_on) == 1
}

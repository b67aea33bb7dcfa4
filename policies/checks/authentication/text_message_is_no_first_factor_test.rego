package tenantlint.checks.authentication.text_message_is_no_first_factor_test

import data.tenantlint.checks.authentication.text_message_is_no_first_factor as check
import data.tenantlint.lib.authentication_methods_test as mocks
import rego.v1

run(state, targets) := found if {
	sms := object.union(mocks.method("Sms", state, mocks.everybody), {"targets": targets})
	found := check.findings with input as mocks.told({"sms": sms}, {}, {})
}

target(sign_in, people) := object.union(mocks.target("g1", people), {"sign_in": sign_in})

test_pass_when_it_is_a_second_factor_only if {
	run("enabled", [target(false, mocks.everybody)]) == set()
	run("enabled", [target(true, mocks.nobody)]) == set()
	run("disabled", [target(true, mocks.everybody)]) == set()
}

test_fail_when_it_is_enough if {
	finding := mocks.only(run("enabled", [target(true, mocks.some_people(4)), target(false, mocks.everybody)]))
	finding.message == "A text message alone signs in the group \"Sales\" (4 enabled accounts)."
	finding.depends_on == []
	finding.population == ["authentication/1"]
}

test_depends_on_what_is_not_told if {
	mocks.only(run("enabled", [target(null, mocks.everybody)])).depends_on == ["isUsableForSignIn"]
	mocks.only(run("enabled", [target(true, mocks.perhaps)])).depends_on == ["the members of the group Sales"]
	untargeted := object.union(mocks.method("Sms", "enabled", mocks.perhaps), {"targets": [], "targets_told": false})
	found := check.findings with input as mocks.told({"sms": untargeted}, {}, {})
	mocks.only(found).depends_on == ["includeTargets of the method Sms"]
	bare := check.findings with input as mocks.told({}, null, {})
	count(mocks.only(bare).depends_on) == 1
}

test_not_applicable_when_nobody_may_use_them if {
	off := mocks.told({"sms": mocks.method("Sms", "disabled", mocks.nobody)}, {}, {})
	count(check.not_applicable) == 1 with input as off
}

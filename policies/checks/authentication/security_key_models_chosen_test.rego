package tenantlint.checks.authentication.security_key_models_chosen_test

import data.tenantlint.checks.authentication.security_key_models_chosen as check
import data.tenantlint.lib.authentication_methods_test as mocks
import data.tenantlint.lib.passkeys_test as keys
import rego.v1

run_with(restrictions, models) := found if {
	found := check.findings with input as keys.told({"keyRestrictions": restrictions}, {"permitted_models": models})
}

run(restrictions) := run_with(restrictions, [])

restrictions(kind, models) := {"isEnforced": true, "enforcementType": kind, "aaGuids": models}

test_pass_when_models_are_chosen if {
	run(restrictions("allow", ["A"])) == set()
	run(restrictions("block", ["A"])) == set()
	run_with(restrictions("allow", ["A"]), ["a", "b"]) == set()
}

test_fail_when_any_model_will_do if {
	finding := mocks.only(run({"isEnforced": false, "enforcementType": "allow", "aaGuids": ["a"]}))
	finding.message == "In the method Passkey (FIDO2) any model can be registered."
	endswith(mocks.only(run(restrictions("allow", []))).message, "the list of models is empty.")
	endswith(mocks.only(run(restrictions("allow", null))).message, "the list of models is empty.")
}

test_fail_when_other_models_are_permitted if {
	endswith(mocks.only(run_with(restrictions("allow", ["a", "c"]), ["a"])).message, "chosen ones: \"c\".")
	endswith(mocks.only(run_with(restrictions("block", ["c"]), ["a"])).message, "the list only forbids models.")
}

test_depends_when_it_is_not_told if {
	every given in [null, "x", {}, {"isEnforced": null}, restrictions(null, ["a"]), restrictions("later", ["a"])] {
		count(mocks.only(run(given)).depends_on) == 1
	}
	bare := check.findings with input as mocks.told({}, null, {"permitted_models": []})
	count(mocks.only(bare).depends_on) == 1
}

test_not_applicable_when_nobody_may_use_them if {
	count(check.not_applicable) == 1 with input as keys.off({"permitted_models": []})
}

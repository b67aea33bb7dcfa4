package tenantlint.checks.conditional_access.device_registration_mfa_decided_once_test

import data.tenantlint.checks.conditional_access.device_registration_mfa_decided_once as check
import rego.v1

policy(state, actions) := {
	"id": "p",
	"displayName": "<b>Join</b>",
	"state": state,
	"conditions": {"applications": {"includeUserActions": actions}},
}

joining := policy("enabled", ["urn:user:registerDevice"])

input_of(policies, setting) := {"collections": {
	"conditional_access_policies": policies,
	"device_registration_policy": {
		"id": "deviceRegistrationPolicy",
		"displayName": "D",
		"multiFactorAuthConfiguration": setting,
	},
}}

run(policies, setting) := found if {
	found := check.findings with input as input_of(policies, setting)
}

only(found) := one if {
	count(found) == 1
	some one in found
}

test_pass_when_the_policy_decides_alone if {
	run([joining], "notRequired") == set()
	run([joining], 0) == set()
}

test_fail_when_both_ask if {
	finding := only(run([joining], "required"))
	finding.message == `The device settings ask for MFA, and so does "<b>Join</b>".`
	finding.pointer == "/multiFactorAuthConfiguration"
	count(run([joining], 1)) == 1
}

test_depends_when_the_setting_is_not_told if {
	only(run([joining], null)).depends_on == ["multiFactorAuthConfiguration"]
	only(run([joining], "unknownFutureValue")).depends_on == ["multiFactorAuthConfiguration"]
}

test_not_applicable_without_such_a_policy if {
	every policies in [[], [policy("disabled", [])], [policy("enabled", null)], [policy("enabled", [null, "x"])]] {
		reasons := check.not_applicable with input as input_of(policies, "required")
		count(reasons) == 1
		run(policies, "required") == set()
	}
}

package tenantlint.checks.conditional_access.policies_apply_test

import data.tenantlint.checks.conditional_access.policies_apply as check
import rego.v1

policy := {"id": "p", "displayName": "MFA", "state": "enabled", "conditions": {"users": {"includeUsers": ["All"]}}}

idle(more) := object.union(
	{
		"policy": {"id": "p", "name": "MFA"},
		"reason": "nobody_included",
		"detail": "",
		"certain": true,
		"depends_on": [],
	},
	more,
)

input_with(policies, list) := {
	"tenant": {"id": "t"},
	"parameters": {},
	"collections": {"conditional_access_policies": policies},
	"facts": {"lockout": {"idle_policies": {"idle": list, "redundant": [], "undecided": []}}},
}

run(list) := found if found := check.findings with input as input_with([policy], list)

only(findings) := one if {
	count(findings) == 1
	some one in findings
}

test_pass_when_every_policy_applies if run([]) == set()

test_fail_when_nobody_is_included if {
	finding := only(run([idle({})]))
	finding.message == concat("", [
		"The policy \"MFA\" never applies: ",
		"it includes only groups, roles and accounts with nobody in them.",
	])
}

test_fail_when_a_condition_is_empty if {
	finding := only(run([idle({"reason": "empty_condition", "detail": "sign_in_risk"})]))
	endswith(finding.message, "has a condition that nothing matches (sign in risk).")
}

test_depends_on_an_unknown_condition if {
	only(run([idle({"certain": false, "depends_on": ["the condition `x`"]})])).depends_on == ["the condition `x`"]
}

test_not_applicable_without_policies_in_force if {
	every policies in [[], [{"id": "p", "displayName": null, "state": null}]] {
		reasons := check.not_applicable with input as input_with(policies, [])
		count(reasons) == 1
	}
}

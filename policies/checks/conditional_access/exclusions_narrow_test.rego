package tenantlint.checks.conditional_access.exclusions_narrow_test

import data.tenantlint.checks.conditional_access.exclusions_narrow as check
import rego.v1

policy := {
	"id": "p",
	"displayName": "MFA",
	"state": "enabled",
	"conditions": {"users": {"includeUsers": ["All"]}},
	"grantControls": {"builtInControls": ["mfa"]},
}

part(kind, id, more) := object.union(
	{
		"kind": kind,
		"id": id,
		"name": sprintf("%s %s", [kind, id]),
		"status": "ok",
		"beyond_emergency": 1,
		"taken_up": false,
	},
	more,
)

fact(parts, left_out) := {
	"name": "MFA",
	"everyone": true,
	"parts": parts,
	"left_out": {"population": "exclusions/policy/p", "count": left_out, "disabled": 0},
}

input_with(policies, facts) := {
	"tenant": {"id": "t"},
	"parameters": {"max_excluded_accounts": 5, "permitted_roles": ["sync"]},
	"collections": {"conditional_access_policies": policies},
	"facts": {"exclusions": {"policies": facts, "classes": []}},
}

run_with(policies, facts) := found if found := check.findings with input as input_with(policies, facts)

run(parts, left_out) := run_with([policy], {"p": fact(parts, left_out)})

only(findings) := one if {
	count(findings) == 1
	some one in findings
}

test_pass_with_a_few_accounts if run([part("user", "a", {}), part("group", "g", {})], 5) == set()

test_pass_with_a_permitted_role if run([part("role", "sync", {})], 1) == set()

test_pass_when_another_policy_takes_up_what_is_left_out if {
	run([part("role", "r", {"taken_up": true}), part("guestType", "serviceProvider", {"taken_up": true})], 0) == set()
}

test_pass_with_a_deleted_group if run([part("group", "g", {"status": "missing"})], 0) == set()

test_pass_for_roles_and_guests_that_a_policy_for_some_leaves_out if {
	narrow := object.union(fact([part("role", "r", {}), part("guestType", "internalGuest", {})], 0), {"everyone": false})
	run_with([policy], {"p": narrow}) == set()
}

test_fail_with_too_many_accounts if {
	finding := only(run([part("group", "g", {})], 6))
	finding.message == "The policy \"MFA\" leaves out 6 accounts"
	finding.population == ["exclusions/policy/p"]
	finding.resource == {"kind": "conditionalAccessPolicy", "id": "p", "name": "MFA"}
}

test_fail_with_a_role if {
	finding := only(run([part("role", "r", {"name": "=cmd|' /C calc'!A0"})], 0))
	finding.message == "The policy \"MFA\" leaves out everybody with the role \"=cmd|' /C calc'!A0\""
}

test_fail_with_guests if {
	finding := only(run([part("guestType", "serviceProvider", {}), part("guestType", "internalGuest", {})], 0))
	endswith(finding.message, "guests of the type internalGuest, serviceProvider")
}

test_fail_for_a_session_policy if {
	session := object.union(object.remove(policy, ["grantControls"]), {"sessionControls": {
		"persistentBrowser": {"mode": "never"},
		"disableResilienceDefaults": null,
	}})
	count(run_with([session], {"p": fact([], 9)})) == 1
}

test_depends_on_a_group_that_is_not_known if {
	finding := only(run([part("group", "g", {"status": "denied"})], 0))
	finding.depends_on == ["the members of the group \"group g\""]
	contains(finding.message, "the group \"group g\"")
}

test_depends_on_several_that_are_not_known if {
	finding := only(run([part("group", "g", {"status": "denied"}), part("role", "sync", {"status": "failed"})], 0))
	count(finding.depends_on) == 2
	contains(finding.message, "2 groups and roles (\"group g\", \"role sync\")")
}

test_certain_findings_do_not_hang_on_the_unknown if {
	finding := only(run([part("group", "g", {"status": "denied"})], 6))
	not finding.depends_on
}

test_not_applicable_without_policies_in_force if {
	every policies in [[], [object.union(policy, {"state": "disabled"})], [object.remove(policy, ["grantControls"])]] {
		reasons := check.not_applicable with input as input_with(policies, {"p": fact([], 9)})
		count(reasons) == 1
		run_with(policies, {"p": fact([], 9)}) == set()
	}
}

test_total_over_nulls_and_wrong_types if {
	every broken in [
		{},
		{"id": null, "displayName": null, "state": "enabled"},
		{"state": "enabled", "sessionControls": []},
	] {
		run_with([broken], {}) == set()
	}
}

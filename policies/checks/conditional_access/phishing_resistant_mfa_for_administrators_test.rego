package tenantlint.checks.conditional_access.phishing_resistant_mfa_for_administrators_test

import data.tenantlint.checks.conditional_access.phishing_resistant_mfa_for_administrators as check
import rego.v1

roles := [
	{"template_id": "ga", "name": "Global Administrator", "tier": "takeover"},
	{"template_id": "ua", "name": "User Administrator", "tier": "takeover"},
	{"template_id": "gr", "name": "Global Reader", "tier": "reader"},
]

strength := {"id": "00000000-0000-0000-0000-000000000004", "displayName": "Phishing-resistant MFA"}

policy(id, users) := {
	"id": id,
	"displayName": sprintf("policy %s", [id]),
	"state": "enabled",
	"conditions": {
		"clientAppTypes": ["all"],
		"applications": {"includeApplications": ["All"]},
		"users": users,
	},
	"grantControls": {"operator": "OR", "builtInControls": [], "authenticationStrength": strength},
}

for_roles := policy("p1", {"includeRoles": ["ga", "ua"]})

for_all := policy("p1", {"includeUsers": ["All"]})

holder(id, held, policies) := {
	"id": id,
	"kind": "user",
	"name": id,
	"enabled": true,
	"emergency": false,
	"roles": held,
	"policies": policies,
	"maybe_policies": [],
}

administrators(holders) := {"known": true, "holders": holders, "unknown": []}

exclusions(others) := {
	"policies": {"p1": {"excludes_others": others}, "p2": {"excludes_others": others}},
	"classes": [],
}

run_with(policies, admins, others) := found if {
	found := check.findings with input as {
		"tenant": {"id": "t", "display_name": "Contoso"},
		"parameters": {"tiers": ["takeover"], "permitted_application_exclusions": []},
		"collections": {"conditional_access_policies": policies},
		"facts": {"privileged_roles": roles, "administrators": admins, "exclusions": exclusions(others)},
	}
}

run(policies, holders) := run_with(policies, administrators(holders), false)

only(findings) := one if {
	count(findings) == 1
	some one in findings
}

test_pass_when_roles_are_named if run([for_roles], [holder("a", ["ga"], ["p1"])]) == set()

test_pass_when_everyone_is_asked if run([for_all], [holder("a", ["ga"], ["p1"])]) == set()

test_pass_when_nobody_holds_a_role_and_roles_are_named if run([for_roles], []) == set()

test_pass_when_policies_reach_every_holder_through_groups if {
	by_group := policy("p1", {"includeGroups": ["g"]})
	ua := policy("p2", {"includeRoles": ["ua"]})
	run([by_group, ua], [holder("a", ["ga"], ["p1"])]) == set()
}

test_fail_without_policies if {
	finding := only(run([], [holder("a", ["ga"], []), holder("r", ["gr"], [])]))
	finding.message == "No enabled policy forces phishing-resistant authentication for any privileged role"
	[one.id | some one in finding.principals] == ["a"]
	finding.evidence.roles == ["Global Administrator", "User Administrator"]
}

test_fail_names_the_roles_that_are_missing if {
	finding := only(run([policy("p1", {"includeRoles": ["ga"]})], [holder("a", ["ga"], ["p1"])]))
	finding.evidence.roles == ["User Administrator"]
	finding.evidence.roles_protected == ["Global Administrator"]
	contains(finding.message, "for 1 privileged role")
}

test_fail_when_a_policy_excludes_the_role if {
	every users in [
		{"includeUsers": ["All"], "excludeRoles": ["ga", "ua"]},
		{"includeRoles": ["ga", "ua"], "excludeRoles": ["ga", "ua"]},
	] {
		only(run([policy("p1", users)], [])).key == {"gap": "roles"}
	}
}

test_fail_when_the_strength_accepts_a_weaker_method if {
	weak := object.union(for_roles, {"grantControls": {"authenticationStrength": {
		"id": "x",
		"allowedCombinations": ["fido2", "password,sms"],
	}}})
	finding := only(run([weak], []))
	[near] := finding.evidence.near_misses
	near.because == ["it does not force phishing-resistant methods: authenticationStrength:x is enough"]
}

test_fail_when_plain_mfa_or_a_built_in_strength_is_asked if {
	every grant in [
		{"operator": "OR", "builtInControls": ["mfa"]},
		{"operator": "OR", "authenticationStrength": {"id": "00000000-0000-0000-0000-000000000003"}},
		null,
	] {
		weak := object.union(object.remove(for_roles, ["grantControls"]), {"grantControls": grant})
		only(run([weak], [])).key == {"gap": "roles"}
	}
}

test_fail_when_one_client_type_is_left_out if {
	only(run([object.union(for_roles, {"conditions": {"clientAppTypes": ["browser"]}})], [])).key == {"gap": "roles"}
}

test_depends_on_a_strength_that_is_not_known if {
	unknown := object.union(for_roles, {"grantControls": {"authenticationStrength": {"id": "s", "displayName": "<b>"}}})
	finding := only(run([unknown], []))
	contains(finding.depends_on[0], "\"<b>\"")
}

test_fail_for_holders_whom_the_policies_leave_out if {
	finding := only(run([for_roles], [holder("a", ["ga"], ["p1"]), holder("@everyone", ["ga"], [])]))
	finding.key == {"gap": "accounts"}
	finding.message == "1 administrator is left out of every policy that forces phishing-resistant authentication"
	[one.id | some one in finding.principals] == ["@everyone"]
	finding.evidence.accounts[0].policies_for_these_roles == ["policy p1"]
}

test_pass_for_emergency_and_disabled_accounts if {
	every more in [{"emergency": true}, {"enabled": false}, {"roles": ["gr"]}] {
		run([for_roles], [object.union(holder("a", ["ga"], []), more)]) == set()
	}
}

test_depends_when_a_policy_may_reach_the_holder if {
	perhaps := object.union(holder("a", ["ga"], []), {"maybe_policies": ["p1"]})
	finding := only(run([for_roles], [perhaps]))
	finding.depends_on == ["the members of groups in policies"]
}

test_depends_on_groups_with_a_role_when_policies_leave_people_out if {
	admins := {"known": true, "holders": [], "unknown": [{"id": "g", "kind": "group", "name": "", "role": "ga"}]}
	finding := only(run_with([for_roles], admins, true))
	finding.depends_on == ["the members of the group \"g\""]
	run_with([for_roles], admins, false) == set()
}

test_depends_on_who_holds_roles_when_policies_leave_people_out if {
	admins := {"known": false, "holders": [], "unknown": []}
	finding := only(run_with([for_roles], admins, true))
	finding.depends_on == ["who holds privileged roles (role_assignments)"]
	run_with([for_roles], admins, false) == set()
}

test_a_group_that_is_not_known_keeps_a_role_uncovered if {
	admins := {
		"known": true,
		"holders": [holder("a", ["ga"], ["p1"])],
		"unknown": [{"id": "g", "kind": "group", "name": "g", "role": "ga"}],
	}
	policies := [policy("p1", {"includeGroups": ["x"]}), policy("p2", {"includeRoles": ["ua"]})]
	only(run_with(policies, admins, false)).evidence.roles == ["Global Administrator"]
}

test_total_over_nulls_and_wrong_types if {
	every broken in [{}, {"conditions": null, "grantControls": null}, {"id": 3, "conditions": {"users": []}}] {
		count(run([broken], [])) == 1
	}
}

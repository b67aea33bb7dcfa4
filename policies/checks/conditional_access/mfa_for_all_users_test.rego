package tenantlint.checks.conditional_access.mfa_for_all_users_test

import data.tenantlint.checks.conditional_access.mfa_for_all_users as check
import rego.v1

demand := {
	"id": "p1",
	"displayName": "MFA",
	"state": "enabled",
	"conditions": {
		"clientAppTypes": ["all"],
		"applications": {"includeApplications": ["All"]},
		"users": {"includeUsers": ["All"]},
	},
	"grantControls": {"operator": "OR", "builtInControls": ["mfa"]},
}

fact(everyone) := {
	"name": "MFA",
	"everyone": everyone,
	"in_classes": true,
	"parts": [],
	"unknown": [],
	"included_unknown": false,
	"excludes_others": false,
}

exclusions(policies, classes) := {
	"policies": {policy.id: fact("All" in policy.conditions.users.includeUsers) | some policy in policies},
	"classes": classes,
}

run_with(policies, fact_value, more) := found if {
	found := check.findings with input as {
		"tenant": {"id": "t", "display_name": "Contoso"},
		"parameters": {"permitted_application_exclusions": []},
		"collections": object.union({"conditional_access_policies": policies}, more),
		"statuses": {"conditional_access_policies": "ok", "security_defaults": "ok"},
		"facts": {"exclusions": fact_value},
	}
}

run(policies) := run_with(policies, exclusions(policies, []), {"security_defaults": {"isEnabled": false}})

granting(grant) := object.union(object.remove(demand, ["grantControls"]), {"grantControls": grant})

only(findings) := one if {
	count(findings) == 1
	some one in findings
}

strength(given) := {"operator": "OR", "builtInControls": [], "authenticationStrength": given}

test_pass_when_the_grant_forces_a_second_factor if {
	every grant in [
		{"operator": "OR", "builtInControls": ["mfa"]},
		{"operator": "and", "builtInControls": ["compliantDevice", "mfa"], "termsOfUse": ["t1"]},
		{"operator": null, "builtInControls": ["block"]},
		strength({"id": "x", "requirementsSatisfied": "mfa", "allowedCombinations": []}),
		strength({"id": "x", "allowedCombinations": ["fido2", "password,sms", "deviceBasedPush"]}),
		strength({"id": "00000000-0000-0000-0000-000000000002"}),
		{"operator": "OR", "builtInControls": ["mfa"], "authenticationStrength": {"requirementsSatisfied": "mfa"}},
	] {
		run([granting(grant)]) == set()
	}
}

test_pass_when_modern_clients_are_shared_between_policies if {
	browser := object.union(demand, {"conditions": {"clientAppTypes": ["browser"]}})
	apps := object.union(demand, {"id": "p2", "conditions": {"clientAppTypes": ["mobileAppsAndDesktopClients"]}})
	run([browser, apps]) == set()
}

weak := [
	[{"operator": "OR", "builtInControls": ["mfa", "compliantDevice"]}, "compliantDevice or mfa is enough"],
	[{"builtInControls": ["mfa"], "termsOfUse": ["t"]}, "mfa or termsOfUse:t is enough"],
	[
		{"operator": "OR", "builtInControls": ["mfa"], "customAuthenticationFactors": ["c"]},
		"customAuthenticationFactor:c or mfa is enough",
	],
	[strength({"id": "s", "allowedCombinations": ["password", "fido2"]}), "authenticationStrength:s is enough"],
	[
		{"operator": "AND", "builtInControls": ["compliantDevice"], "authenticationStrength": {
			"id": "s",
			"allowedCombinations": ["password"],
		}},
		"authenticationStrength:s and compliantDevice is enough",
	],
]

test_fail_when_something_else_is_enough if {
	every pair in weak {
		finding := only(run([granting(pair[0])]))
		[reason] := finding.evidence.near_misses[0].because
		endswith(reason, pair[1])
	}
}

test_fail_without_a_grant if {
	every grant in [null, {}, {"builtInControls": []}] {
		finding := only(run([granting(grant)]))
		finding.evidence.near_misses == []
		finding.evidence.client_types == ["browser", "mobileAppsAndDesktopClients"]
	}
}

test_fail_when_only_browsers_are_asked if {
	finding := only(run([object.union(demand, {"conditions": {"clientAppTypes": ["browser"]}})]))
	finding.evidence.client_types == ["mobileAppsAndDesktopClients"]
}

test_depends_on_a_strength_that_is_not_known if {
	finding := only(run([granting(strength({"id": "s", "displayName": "Ours"}))]))
	contains(finding.depends_on[0], "what its authentication strength \"Ours\" accepts is not known")
}

test_depends_on_a_control_of_the_future if {
	every grant in [
		{"operator": "OR", "builtInControls": ["unknownFutureValue"]},
		{"operator": "OR", "builtInControls": ["mfa", "unknownFutureValue"]},
		{"operator": "AND", "builtInControls": ["compliantDevice", "unknownFutureValue"]},
	] {
		count(only(run([granting(grant)])).depends_on) == 1
	}
}

test_pass_with_a_strength_of_the_tenant if {
	policies := [granting(strength({"id": "s"}))]
	run_with(policies, exclusions(policies, []), {"authentication_strengths": [
		{"id": "r", "allowedCombinations": ["password"]},
		{"id": "s", "allowedCombinations": ["x509CertificateMultiFactor"]},
	]}) == set()
}

test_security_defaults_are_no_guarantee if {
	finding := only(run_with([], exclusions([], []), {"security_defaults": {"isEnabled": true}}))
	finding.depends_on == ["when security defaults ask for a second factor"]
}

class := {
	"exempt": ["p1"],
	"covered_by": [],
	"maybe_covered_by": [],
	"emergency": false,
	"symbolic": false,
	"population": "exclusions/class/0",
	"count": 1,
	"disabled": 0,
	"enabled_unknown": 0,
	"names": ["](javascript:alert(1))"],
}

test_fail_for_those_whom_every_policy_leaves_out if {
	finding := only(run_with([demand], exclusions([demand], [class]), {}))
	finding.population == ["exclusions/class/0"]
	contains(finding.message, "1 account:")
}

test_pass_when_a_policy_for_chosen_users_covers_them if {
	second := object.union(demand, {"id": "p2", "conditions": {"users": {"includeUsers": ["u"]}}})
	policies := [demand, second]
	run_with(policies, exclusions(policies, [object.union(class, {"covered_by": ["p2"]})]), {}) == set()
}

test_depends_when_a_policy_for_chosen_users_may_cover_them if {
	second := object.union(demand, {"id": "p2", "conditions": {"users": {"includeGroups": ["g"], "includeUsers": []}}})
	policies := [demand, second]
	finding := only(run_with(policies, exclusions(policies, [object.union(class, {"maybe_covered_by": ["p2"]})]), {}))
	finding.key == {"gap": "unknown"}
}

test_depends_on_groups_that_are_not_known if {
	unknown := object.union(fact(true), {
		"excludes_others": true,
		"unknown": [{"kind": "role", "id": "r", "name": "Role", "status": "not_collected"}],
	})
	finding := only(run_with([demand], {"policies": {"p1": unknown}, "classes": []}, {}))
	finding.depends_on == ["the holders of the role \"Role\""]
}

test_total_over_nulls_and_wrong_types if {
	every policy in [
		{},
		{"id": null, "state": "enabled", "conditions": null, "grantControls": {"builtInControls": null}},
		{"state": "enabled", "grantControls": {"operator": 7, "builtInControls": ["mfa", 3], "authenticationStrength": []}},
	] {
		count(run_with([policy], {"policies": {}, "classes": []}, {})) == 1
	}
}

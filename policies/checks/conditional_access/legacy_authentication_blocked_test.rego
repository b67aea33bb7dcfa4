package tenantlint.checks.conditional_access.legacy_authentication_blocked_test

import data.tenantlint.checks.conditional_access.legacy_authentication_blocked as check
import rego.v1

block := {
	"id": "p1",
	"displayName": "Block legacy",
	"state": "enabled",
	"conditions": {
		"clientAppTypes": ["exchangeActiveSync", "other"],
		"applications": {"includeApplications": ["All"], "excludeApplications": [], "includeUserActions": []},
		"users": {"includeUsers": ["All"]},
		"platforms": null,
		"locations": null,
		"devices": null,
		"userRiskLevels": [],
		"signInRiskLevels": [],
	},
	"grantControls": {"operator": "OR", "builtInControls": ["block"], "authenticationStrength": null},
	"sessionControls": null,
}

fact(everyone) := {
	"name": "Block legacy",
	"everyone": everyone,
	"in_classes": true,
	"parts": [],
	"unknown": [],
	"included_unknown": false,
	"excludes_others": false,
}

facts(policies) := {
	"policies": {policy.id: fact("All" in policy.conditions.users.includeUsers) |
		some policy in policies
	},
	"classes": [],
}

run(policies, exclusions, more) := found if {
	found := check.findings with input as {
		"tenant": {"id": "t", "display_name": "Contoso"},
		"parameters": {"permitted_application_exclusions": ["intune"]},
		"collections": object.union({"conditional_access_policies": policies}, more),
		"statuses": {"conditional_access_policies": "ok", "security_defaults": status(more)},
		"facts": {"exclusions": exclusions},
	}
}

status(more) := "ok" if {
	more.security_defaults
} else := "not_collected"

defaults(on) := {"security_defaults": {"id": "d", "isEnabled": on}}

changed(patch) := object.union(block, patch)

only(findings) := one if {
	count(findings) == 1
	some one in findings
}

test_pass_with_one_policy_for_both if run([block], facts([block]), {}) == set()

test_pass_when_two_policies_share_the_client_types if {
	first := changed({"conditions": {"clientAppTypes": ["exchangeActiveSync"]}})
	second := object.union(changed({"conditions": {"clientAppTypes": ["other"]}}), {"id": "p2"})
	run([first, second], facts([first, second]), {}) == set()
}

test_pass_when_a_grant_for_every_client_stops_legacy_clients if {
	every types in [[], ["all"]] {
		policy := changed({"conditions": {"clientAppTypes": types}, "grantControls": {"builtInControls": ["mfa"]}})
		run([policy], facts([policy]), {}) == set()
	}
}

test_pass_with_security_defaults if run([], facts([]), defaults(true)) == set()

test_pass_when_only_permitted_applications_are_left_out if {
	policy := changed({"conditions": {"applications": {"excludeApplications": ["intune"]}}})
	run([policy], facts([policy]), {}) == set()
}

test_fail_without_policies if {
	finding := only(run([], facts([]), defaults(false)))
	finding.resource == {"kind": "tenant", "id": "t", "name": "Contoso"}
	finding.evidence.client_types == ["exchangeActiveSync", "other"]
	not finding.depends_on
}

test_depends_when_security_defaults_may_be_on if {
	finding := only(run([], facts([]), {}))
	finding.depends_on == ["security defaults (security_defaults)"]
}

narrowing := [
	[{"state": "enabledForReportingButNotEnforced"}, "it only reports and enforces nothing"],
	[{"state": "disabled"}, "it is disabled"],
	[{"state": null}, "it is disabled"],
	[{"conditions": {"users": {"includeUsers": ["u1"]}}}, "it does not include all users"],
	[{"conditions": {"applications": {"includeApplications": ["Office365"]}}}, "it is limited to chosen applications"],
	[{"conditions": {"applications": {"excludeApplications": ["a"]}}}, "it leaves out 1 application (a)"],
	[{"conditions": {"applications": {"applicationFilter": {"mode": "exclude"}}}}, "it has an application filter"],
	[{"conditions": {"platforms": {"includePlatforms": ["android"]}}}, "it is limited to some device platforms"],
	[
		{"conditions": {"platforms": {"includePlatforms": ["all"], "excludePlatforms": ["iOS"]}}},
		"it is limited to some device platforms",
	],
	[
		{"conditions": {"locations": {"includeLocations": ["All"], "excludeLocations": ["AllTrusted"]}}},
		"it is limited to some locations",
	],
	[{"conditions": {"devices": {"deviceFilter": {"mode": "exclude"}}}}, "it is limited to some devices"],
	[{"conditions": {"userRiskLevels": ["high"]}}, "it applies at certain levels of user risk only"],
	[{"conditions": {"insiderRiskLevels": "minor"}}, "it applies at certain levels of insider risk only"],
	[
		{"conditions": {"authenticationFlows": {"transferMethods": "deviceCodeFlow"}}},
		"it is limited to some authentication flows",
	],
	[
		{"conditions": {"clientApplications": {"includeServicePrincipals": ["All"]}}},
		"it is about workload identities",
	],
	[{"grantControls": {"builtInControls": []}}, "it has no grant control"],
]

test_fail_when_a_policy_is_narrowed if {
	every pair in narrowing {
		policy := changed(pair[0])
		findings := run([policy], facts([policy]), defaults(false))
		finding := only(findings)
		finding.evidence.near_misses[0].because == [pair[1]]
	}
}

test_fail_names_what_one_client_type_lacks if {
	policy := changed({"conditions": {"clientAppTypes": ["other"]}})
	finding := only(run([policy], facts([policy]), {}))
	finding.evidence.client_types == ["exchangeActiveSync"]
	finding.evidence.near_misses[0].because == ["it does not reach exchangeActiveSync"]
}

test_near_misses_leave_out_what_is_far if {
	far := changed({"state": "disabled", "conditions": {"clientAppTypes": ["browser"]}})
	near := object.union(changed({"state": "disabled", "conditions": {"clientAppTypes": ["all"]}}), {"id": "p2"})
	finding := only(run([far, near], facts([far, near]), defaults(false)))
	[miss.policy_id | some miss in finding.evidence.near_misses] == ["p2"]
}

test_depends_on_a_condition_that_is_not_known if {
	policy := changed({"conditions": {"times": {"includeDays": ["monday"]}, "@odata.type": "x", "deviceStates": {}}})
	finding := only(run([policy], facts([policy]), {}))
	finding.depends_on == ["the policy \"Block legacy\": it has the condition times, which tenantlint does not know"]
}

test_depends_on_an_application_condition_that_is_not_known if {
	policy := changed({"conditions": {"applications": {"globalSecureAccess": {"profile": "x"}, "networkAccess": null}}})
	count(only(run([policy], facts([policy]), {})).depends_on) == 1
}

class(exempt, more) := object.union(
	{
		"exempt": exempt,
		"covered_by": [],
		"maybe_covered_by": [],
		"emergency": false,
		"symbolic": false,
		"population": "exclusions/class/0",
		"count": 3,
		"disabled": 1,
		"enabled_unknown": 0,
		"names": ["<script>alert(1)</script>", "b"],
	},
	more,
)

excluding(classes) := object.union(facts([block]), {"classes": classes})

test_fail_for_those_whom_every_policy_leaves_out if {
	finding := only(run([block], excluding([class(["p1"], {})]), {}))
	finding.message == "Legacy authentication stays open for 3 accounts: the policies that block it leave them out"
	finding.population == ["exclusions/class/0"]
	finding.evidence.left_out[0].left_out_by == ["Block legacy"]
}

test_pass_for_classes_that_are_not_open if {
	every more in [{"emergency": true}, {"covered_by": ["p1"]}, {"count": 0}, {"exempt": []}] {
		run([block], excluding([object.union(class(["p1"], {}), more)]), {}) == set()
	}
}

test_fail_for_guests_without_an_account if {
	guests := class(["p1"], {
		"symbolic": true,
		"count": 1,
		"names": ["serviceProvider"],
		"population": "exclusions/class/1",
	})
	alone := only(run([block], excluding([guests]), {}))
	alone.population == ["exclusions/class/1"]
	contains(alone.message, "external users of the type serviceProvider")
	both := only(run([block], excluding([class(["p1"], {}), guests]), {}))
	both.population == ["exclusions/class/0"]
	contains(both.message, "3 accounts and external users of the type serviceProvider")
}

test_depends_on_groups_that_are_not_known if {
	unknown := object.union(fact(true), {
		"excludes_others": true,
		"unknown": [{"kind": "group", "id": "g", "name": "", "status": "denied"}],
	})
	finding := only(run([block], {"policies": {"p1": unknown}, "classes": []}, {}))
	finding.depends_on == ["the members of the group \"g\""]
	finding.key == {"gap": "unknown"}
}

test_pass_when_another_policy_leaves_nobody_out if {
	unknown := object.union(fact(true), {
		"excludes_others": true,
		"unknown": [{"kind": "group", "id": "g", "name": "", "status": "denied"}],
	})
	second := object.union(block, {"id": "p2"})
	run([block, second], {"policies": {"p1": unknown, "p2": fact(true)}, "classes": []}, {}) == set()
}

test_depends_when_a_policy_for_chosen_users_may_reach_them if {
	second := object.union(block, {"id": "p2", "conditions": {"users": {"includeUsers": ["u1"]}}})
	exclusions := object.union(facts([block, second]), {"classes": [class(["p1"], {"maybe_covered_by": ["p2"]})]})
	finding := only(run([block, second], exclusions, {}))
	finding.depends_on == ["whom policies for chosen users reach"]
	finding.population == ["exclusions/class/0"]
}

test_total_over_nulls_and_wrong_types if {
	every policy in [
		{},
		{"id": null, "displayName": null, "state": "enabled", "conditions": null, "grantControls": null},
		{"id": 7, "state": "enabled", "conditions": {"clientAppTypes": null, "applications": [], "users": null}},
	] {
		count(run([policy], {"policies": {}, "classes": []}, defaults(false))) == 1
	}
}

package tenantlint.checks.conditional_access.administrators_reach_portals_test

import data.tenantlint.checks.conditional_access.administrators_reach_portals as check
import rego.v1

policy := {"id": "p", "displayName": "Block", "state": "enabled", "conditions": {"users": {"includeUsers": ["All"]}}}

resource(name, reach, beside, perhaps) := {
	"resource": name,
	"reach": reach,
	"reach_beside_emergency": beside,
	"perhaps": perhaps,
	"names": [],
	"policies": [{"id": "p", "name": "Block"}],
	"depends_on": ["who is in the group g"],
}

group(name, resources) := {"group": name, "active": 2, "eligible": 1, "resources": resources}

fact(groups, unknown_groups, exact) := {
	"known": true,
	"exact": exact,
	"unknown_groups": unknown_groups,
	"groups": groups,
}

input_with(policies, told) := {
	"tenant": {"id": "t"},
	"parameters": {},
	"collections": {"conditional_access_policies": policies},
	"facts": {"lockout": {"administrators": told}},
}

run(told) := found if found := check.findings with input as input_with([policy], told)

only(findings) := one if {
	count(findings) == 1
	some one in findings
}

test_pass_when_administrators_get_in if {
	run(fact([group("global", [resource("admin_portals", 3, 1, 0)])], [], true)) == set()
}

test_pass_when_all_global_administrators_are_emergency_accounts if {
	run(fact([group("global", [resource("admin_portals", 2, 0, 0)])], [], true)) == set()
}

test_fail_when_nobody_gets_in if {
	resources := [
		resource("admin_portals", 0, 0, 0),
		resource("microsoft_graph", 0, 0, 0),
		resource("azure_management", 1, 1, 0),
	]
	finding := only(run(fact([group("global", resources)], [], true)))
	finding.message == "No Global Administrator can reach the Microsoft admin portals, Microsoft Graph."
	finding.key == "global/nobody"
	not finding.depends_on
}

test_fail_when_only_emergency_accounts_get_in if {
	finding := only(run(fact([group("conditional_access", [resource("azure_management", 2, 0, 0)])], [], true)))
	finding.key == "conditional_access/emergency_only"
	contains(finding.message, "beside the emergency accounts can reach Azure management")
}

test_fail_when_nobody_holds_the_role if {
	finding := only(run(fact([{"group": "global", "active": 0, "eligible": 0, "resources": []}], [], true)))
	finding.message == "No enabled account is a Global Administrator."
	not finding.depends_on
}

test_depends_on_what_the_policies_hang_on if {
	finding := only(run(fact([group("global", [resource("admin_portals", 0, 0, 2)])], [], true)))
	finding.key == "global/unknown"
	finding.depends_on == ["who is in the group g"]
}

test_depends_on_groups_with_the_role if {
	told := fact([group("global", [resource("admin_portals", 0, 0, 0)])], ["G"], true)
	only(run(told)).depends_on == ["the members of the group \"G\""]
	nobody := fact([{"group": "global", "active": 0, "eligible": 0, "resources": []}], ["G"], true)
	only(run(nobody)).depends_on == ["the members of the group \"G\""]
}

test_depends_when_it_was_too_hard if {
	only(run(fact([], [], false))).key == "too_hard"
}

test_not_applicable_without_policies_in_force if {
	every policies in [[], [{"id": "p", "displayName": null, "state": null}]] {
		reasons := check.not_applicable with input as input_with(policies, fact([], [], true))
		count(reasons) == 1
	}
}

package tenantlint.checks.privileged_access.no_standing_access_test

import data.tenantlint.checks.privileged_access.no_standing_access as check
import rego.v1

assignment(more) := object.union(
	{
		"id": "a1",
		"collection": "role_assignment_schedule_instances",
		"resource_kind": "unifiedRoleAssignmentScheduleInstance",
		"role": "ga",
		"role_name": "Global Administrator",
		"tier": "takeover",
		"state": "active",
		"starts": "2026-01-01T00:00:00Z",
		"ends": null,
		"days": null,
		"tenant_wide": true,
		"scope": "/",
		"principal": {"id": "u", "kind": "user", "name": "Ada", "enabled": true},
		"emergency": false,
		"members": null,
	},
	more,
)

group(members) := assignment({
	"principal": {"id": "g", "kind": "group", "name": "Admins", "enabled": null},
	"members": object.union(
		{
			"status": "ok",
			"pim": false,
			"population": "privileged_access/members/0",
			"count": 2,
			"disabled": 0,
			"enabled_unknown": 0,
			"names": ["Ada", "Bob"],
		},
		members,
	),
})

parameters := {
	"max_days": 90,
	"tiers": ["takeover"],
	"include_scoped": false,
	"include_service_principals": false,
}

run_with(assignments, more) := found if {
	found := check.findings with input as {
		"tenant": {"id": "t"},
		"parameters": object.union(parameters, more),
		"facts": {"privileged_access": {"assignments": assignments}},
	}
}

run(assignments) := run_with(assignments, {})

only(findings) := one if {
	count(findings) == 1
	some one in findings
}

application := assignment({"principal": {"id": "s", "kind": "servicePrincipal", "name": "App", "enabled": true}})

scoped := assignment({"tenant_wide": false, "scope": "/administrativeUnits/x"})

test_pass_without_assignments if run([]) == set()

test_pass_for_what_is_not_standing if {
	every more in [
		{"state": "activated"},
		{"state": "eligible"},
		{"days": 90, "ends": "2026-04-01T00:00:00Z"},
		{"tier": "reader"},
		{"emergency": true},
		{"principal": {"enabled": false}},
	] {
		run([assignment(more)]) == set()
	}
}

test_pass_for_applications_and_parts_of_the_tenant_unless_asked_for if {
	run([application, scoped]) == set()
	finding := only(run_with([application], {"include_service_principals": true}))
	startswith(finding.message, "The application \"App\" holds")
	within := only(run_with([scoped], {"include_scoped": true}))
	within.message == "The user \"Ada\" holds Global Administrator within /administrativeUnits/x without an end."
}

test_pass_for_groups_that_give_nobody_the_role if {
	run([group({"count": 0, "names": []})]) == set()
	run([group({"status": "missing", "count": 0})]) == set()
}

test_fail_for_a_user_without_an_end if {
	finding := only(run([assignment({})]))
	finding.message == "The user \"Ada\" holds Global Administrator without an end."
	finding.resource.kind == "unifiedRoleAssignmentScheduleInstance"
	finding.principals == [{"id": "u", "kind": "user", "name": "Ada", "enabled": true}]
	finding.key == {"role": "ga", "principal": "u", "scope": "/"}
	not finding.depends_on
}

test_fail_for_an_end_that_is_far_away if {
	finding := only(run([assignment({"days": 91, "ends": "2099-01-01T00:00:00Z"})]))
	endswith(finding.message, "for 91 days.")
}

test_fail_for_a_group_names_its_members if {
	finding := only(run([group({})]))
	finding.message == "The group \"Admins\" (2 members) holds Global Administrator without an end."
	finding.population == ["privileged_access/members/0"]
}

test_depends_on_members_that_are_not_known if {
	finding := only(run([group({"status": "denied", "count": 0})]))
	finding.depends_on == ["the members of the group \"Admins\""]
	finding.message == "The group \"Admins\" (members not known) holds Global Administrator without an end."
	[one.kind | some one in finding.principals] == ["group"]
}

test_depends_on_what_a_principal_is if {
	unknown := assignment({"principal": {"id": "x", "kind": "unknown", "name": "", "enabled": null}})
	finding := only(run([unknown]))
	finding.depends_on == ["whether the principal is a user or an application (users)"]
	startswith(finding.message, "The principal \"x\"")
	not only(run_with([unknown], {"include_service_principals": true})).depends_on
}

test_each_assignment_is_a_finding_of_its_own if {
	other := assignment({"id": "a2", "role": "ua", "role_name": "User Administrator"})
	count(run([assignment({}), other])) == 2
}

test_names_are_shown_as_they_are if {
	hostile := assignment({"principal": {"name": "\u202e<script>\n@everyone"}})
	contains(only(run([hostile])).message, "\u202e<script>\n@everyone")
}

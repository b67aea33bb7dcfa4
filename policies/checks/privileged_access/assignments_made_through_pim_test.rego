package tenantlint.checks.privileged_access.assignments_made_through_pim_test

import data.tenantlint.checks.privileged_access.assignments_made_through_pim as check
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
		"starts": null,
		"starts_told": true,
		"ends": null,
		"scope": "/",
		"principal": {"id": "u", "kind": "user", "name": "Ada", "enabled": true},
		"emergency": false,
	},
	more,
)

run_with(assignments, more) := found if {
	found := check.findings with input as {
		"parameters": object.union({"tiers": ["takeover"], "include_service_principals": false}, more),
		"facts": {"privileged_access": {"assignments": assignments}},
	}
}

run(assignments) := run_with(assignments, {})

only(findings) := one if {
	count(findings) == 1
	some one in findings
}

application := assignment({"principal": {"id": "s", "kind": "servicePrincipal", "name": "App", "enabled": true}})

test_pass_for_what_pim_made if {
	every more in [
		{"starts": "2026-01-01T00:00:00Z"},
		{"starts_told": false, "ends": "2026-09-01T00:00:00Z"},
		{"state": "activated"},
		{"state": "eligible"},
		{"tier": "limited"},
		{"emergency": true},
		{"principal": {"id": "u", "kind": "user", "name": "Ada", "enabled": false}},
		{"collection": "role_assignments"},
	] {
		run([assignment(more)]) == set()
	}
}

test_pass_for_applications_unless_asked_for if {
	run([application]) == set()
	startswith(only(run_with([application], {"include_service_principals": true})).message, "The application \"App\"")
}

test_fail_without_a_start if {
	finding := only(run([assignment({})]))
	finding.message == concat("", [
		"The user \"Ada\" holds Global Administrator ",
		"by an assignment without a start, made past PIM.",
	])
	finding.depends_on == []
	finding.key == {"role": "ga", "principal": "u", "scope": "/"}
}

test_fail_without_a_start_whatever_the_end if count(run([assignment({"ends": "2026-09-01T00:00:00Z"})])) == 1

test_depends_on_a_start_that_is_not_told if {
	finding := only(run([assignment({"starts_told": false})]))
	finding.depends_on == ["when assignments start (startDateTime)"]
}

test_depends_on_what_a_principal_is if {
	unknown := assignment({"principal": {"id": "x", "kind": "unknown", "name": "", "enabled": null}})
	only(run([unknown])).depends_on == ["whether the principal is a user or an application (users)"]
	only(run_with([unknown], {"include_service_principals": true})).depends_on == []
}

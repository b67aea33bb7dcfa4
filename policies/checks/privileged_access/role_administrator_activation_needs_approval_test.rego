package tenantlint.checks.privileged_access.role_administrator_activation_needs_approval_test

import data.tenantlint.checks.privileged_access.role_administrator_activation_needs_approval as check
import rego.v1

source(more) := object.union(
	{
		"kind": "role",
		"resource": {"kind": "unifiedRoleManagementPolicy", "id": "p", "name": "Global Administrator"},
		"told": true,
		"approval": {"required": true, "approvers": 2, "default_approvers": false},
		"activation": {"max_minutes": 240, "asks": ["MultiFactorAuthentication"], "context": null, "context_on": false},
		"active": {"expires": true, "max_days": 15},
		"alerts": {
			"active": {"recipients": ["soc@contoso.example"], "defaults": true, "level": "all"},
			"eligible": {"recipients": ["soc@contoso.example"], "defaults": true, "level": "all"},
			"activation": {"recipients": ["soc@contoso.example"], "defaults": true, "level": "all"},
		},
		"pointers": {
			"approval": "/policy/rules/0",
			"duration": "/policy/rules/1",
			"enablement": "/policy/rules/2",
			"context": "/policy/rules/3",
			"active": "/policy/rules/4",
			"alert_active": "/policy/rules/5",
			"alert_eligible": "/policy/rules/6",
			"alert_activation": "/policy/rules/7",
		},
	},
	more,
)

role(more) := object.union(
	{
		"template_id": "e8611ab8-c189-46e8-94e1-60213ab1f814",
		"own_id": "e8611ab8-c189-46e8-94e1-60213ab1f814",
		"name": "Privileged Role Administrator",
		"tier": "takeover",
		"scuba": true,
		"used": true,
		"sources": [source({})],
	},
	more,
)

with_source(more) := role({"sources": [source(more)]})

parameters := {"min_approvers": 1}

run(roles) := run_with(roles, {})

run_with(roles, more) := found if {
	found := check.findings with input as {
		"parameters": object.union(parameters, more),
		"facts": {"pim_rules": {"roles": roles}},
	}
}

only(findings) := one if {
	count(findings) == 1
	some one in findings
}

reasons(roles) := count(found) if {
	found := check.not_applicable with input as {"parameters": parameters, "facts": {"pim_rules": {"roles": roles}}}
}

test_not_applicable_without_the_role if {
	reasons([]) == 1
	reasons([role({})]) == 0
}

test_pass_when_somebody_approves if {
	run([role({})]) == set()
	run([with_source({"approval": {"required": true, "approvers": 0, "default_approvers": true}})]) == set()
}

test_pass_for_other_roles if {
	other := with_source({"approval": {"required": false, "approvers": 0, "default_approvers": true}})
	run([role({}), object.union(other, {"own_id": "x", "template_id": "x"})]) == set()
}

test_fail_when_nobody_approves if {
	open := with_source({"approval": {"required": false, "approvers": 0, "default_approvers": true}})
	finding := only(run([open]))
	finding.message == "Nobody approves the activation of Privileged Role Administrator."
	finding.resource.kind == "unifiedRoleManagementPolicy"
	finding.pointer == "/policy/rules/0"
	finding.depends_on == []
}

test_fail_when_a_group_goes_around_the_approval if {
	group := source({
		"kind": "group",
		"resource": {"kind": "unifiedRoleManagementPolicy", "id": "g", "name": "::set-output name=x::y"},
		"approval": {"required": false, "approvers": 0, "default_approvers": true},
	})
	message := only(run([role({"sources": [source({}), group]})])).message
	startswith(message, "Nobody approves the activation of the group \"::set-output name=x::y\", which")
}

test_fail_with_too_few_approvers if {
	few := with_source({"approval": {"required": true, "approvers": 1, "default_approvers": false}})
	run([few]) == set()
	finding := only(run_with([few], {"min_approvers": 2}))
	finding.message == "1 person can approve the activation of Privileged Role Administrator, fewer than 2."
}

test_depends_on_a_rule_that_is_absent if {
	absent := with_source({"approval": {"required": null, "approvers": 0, "default_approvers": true}})
	finding := only(run([absent]))
	startswith(finding.message, "The snapshot does not tell whether somebody approves the activation of")
	count(finding.depends_on) == 1
}

test_depends_on_a_group_of_approvers if {
	group := with_source({"approval": {"required": true, "approvers": null, "default_approvers": false}})
	finding := only(run([group]))
	startswith(finding.message, "The snapshot does not tell how many people approve")
}

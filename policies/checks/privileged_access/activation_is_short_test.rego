package tenantlint.checks.privileged_access.activation_is_short_test

import data.tenantlint.checks.privileged_access.activation_is_short as check
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
		"template_id": "62e90394-69f5-4237-9190-012177145e10",
		"own_id": "62e90394-69f5-4237-9190-012177145e10",
		"name": "Global Administrator",
		"tier": "takeover",
		"scuba": true,
		"used": true,
		"sources": [source({})],
	},
	more,
)

with_source(more) := role({"sources": [source(more)]})

parameters := {"max_hours_takeover": 4, "max_hours_limited": 10}

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

lasting(minutes) := with_source({"activation": {
	"max_minutes": minutes,
	"asks": null,
	"context": null,
	"context_on": null,
}})

test_pass_within_the_hours if {
	every minutes in [30, 60, 240] {
		run([lasting(minutes)]) == set()
	}
	run([object.union(lasting(600), {"tier": "limited"}), object.union(lasting(1440), {"tier": "reader"})]) == set()
	run([object.union(lasting(600), {"used": false})]) == set()
}

test_fail_beyond_the_hours if {
	finding := only(run([lasting(480)]))
	finding.message == "An activation of Global Administrator lasts up to 8 hours, more than 4."
	finding.pointer == "/policy/rules/1"
	odd := only(run([lasting(241)]))
	odd.message == "An activation of Global Administrator lasts up to 241 minutes, more than 4."
	limited := only(run([object.union(lasting(660), {"tier": "limited"})]))
	endswith(limited.message, "up to 11 hours, more than 10.")
}

test_depends_on_a_rule_that_is_absent if {
	finding := only(run([lasting(null)]))
	finding.depends_on == ["how long an activation of Global Administrator lasts (role_management_policies)"]
}

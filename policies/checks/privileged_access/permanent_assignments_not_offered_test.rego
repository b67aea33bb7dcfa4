package tenantlint.checks.privileged_access.permanent_assignments_not_offered_test

import data.tenantlint.checks.privileged_access.permanent_assignments_not_offered as check
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

parameters := {"tiers": ["takeover"], "max_days": 180}

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

ending(expires, days) := with_source({"active": {"expires": expires, "max_days": days}})

test_pass_with_an_end if {
	run([ending(true, 180)]) == set()
	run([object.union(ending(false, 15), {"tier": "limited"})]) == set()
}

test_fail_without_an_end if {
	finding := only(run([ending(false, 15)]))
	finding.message == "An active assignment of Global Administrator can be made without an end."
	finding.pointer == "/policy/rules/4"
}

test_fail_with_an_end_that_is_far_away if {
	endswith(only(run([ending(true, 365)])).message, "can be made for 365 days, more than 180.")
}

test_depends_on_a_rule_that_is_absent if {
	every given in [[null, null], [null, 15], [true, null]] {
		count(only(run([ending(given[0], given[1])])).depends_on) == 1
	}
}

package tenantlint.checks.privileged_access.activation_needs_a_reason_test

import data.tenantlint.checks.privileged_access.activation_needs_a_reason as check
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

parameters := {"tiers": ["takeover"]}

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

asking(asks) := with_source({"activation": {"max_minutes": 60, "asks": asks, "context": null, "context_on": null}})

test_pass_with_a_reason if {
	every asks in [["Justification"], ["MultiFactorAuthentication", "Ticketing"]] {
		run([asking(asks)]) == set()
	}
	run([object.union(asking([]), {"tier": "limited"})]) == set()
}

test_fail_without_one if {
	finding := only(run([asking(["MultiFactorAuthentication"])]))
	finding.message == "Activating Global Administrator asks neither for a justification nor for a ticket."
	finding.evidence.asks == ["MultiFactorAuthentication"]
}

test_depends_on_a_rule_that_is_absent if {
	count(only(run([asking(null)])).depends_on) == 1
}

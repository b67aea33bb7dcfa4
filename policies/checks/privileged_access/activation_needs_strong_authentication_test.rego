package tenantlint.checks.privileged_access.activation_needs_strong_authentication_test

import data.tenantlint.checks.privileged_access.activation_needs_strong_authentication as check
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

run_with(roles, policies) := found if {
	found := check.findings with input as {
		"parameters": parameters,
		"facts": {"pim_rules": {"roles": roles}},
		"statuses": {"conditional_access_policies": "ok"},
		"collections": {"conditional_access_policies": policies},
	}
}

run(roles) := run_with(roles, [])

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

asking(asks, context, on) := with_source({"activation": {
	"max_minutes": 60,
	"asks": asks,
	"context": context,
	"context_on": on,
}})

policy(users, grant) := {
	"id": "c",
	"displayName": "Activation",
	"state": "enabled",
	"conditions": {
		"users": {"includeUsers": users},
		"applications": {"includeAuthenticationContextClassReferences": ["c1"]},
	},
	"grantControls": grant,
}

strength := {"operator": "OR", "builtInControls": [], "authenticationStrength": {"id": "s"}}

test_pass_with_mfa if run([asking(["MultiFactorAuthentication"], null, false)]) == set()

test_pass_with_a_context_that_a_policy_answers if {
	every grant in [
		strength,
		{"operator": "OR", "builtInControls": ["mfa"], "authenticationStrength": null},
		{"operator": "AND", "builtInControls": ["mfa", "passwordChange"], "authenticationStrength": null},
	] {
		run_with([asking([], "c1", true)], [policy(["All"], grant)]) == set()
	}
}

test_pass_for_other_tiers if run([object.union(asking([], null, false), {"tier": "limited"})]) == set()

test_fail_without_either if {
	finding := only(run([asking(["Justification"], null, false)]))
	finding.message == "Activating Global Administrator asks neither for MFA nor for an authentication context."
	finding.depends_on == []
}

test_fail_with_a_context_that_nobody_answers if {
	weak := [
		object.union(policy(["All"], strength), {"state": "disabled"}),
		policy(["All"], {"operator": "OR", "builtInControls": ["mfa", "passwordChange"], "authenticationStrength": null}),
		policy(["All"], {"operator": "OR", "builtInControls": [], "authenticationStrength": null}),
		policy(["All"], null),
	]
	finding := only(run_with([asking([], "c1", true)], weak))
	endswith(finding.message, "asks for the authentication context \"c1\", which no enabled policy answers.")
}

test_depends_on_whom_the_policy_reaches if {
	finding := only(run_with([asking([], "c1", true)], [policy(["someone"], strength)]))
	count(finding.depends_on) == 1
}

test_depends_on_policies_that_were_not_read if {
	found := check.findings with input as {
		"parameters": parameters,
		"facts": {"pim_rules": {"roles": [asking([], "c1", true)]}},
		"statuses": {"conditional_access_policies": "denied"},
		"collections": {},
	}
	count(only(found).depends_on) == 1
}

test_depends_on_rules_that_are_absent if {
	every one in [asking(null, null, false), asking([], null, null)] {
		count(only(run([one])).depends_on) == 1
	}
}

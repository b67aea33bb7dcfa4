package tenantlint.checks.privileged_access.privileged_assignments_alert_test

import data.tenantlint.checks.privileged_access.privileged_assignments_alert as check
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

parameters := {"all_takeover_roles": false, "require_additional_recipients": true}

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

with_alert(more) := with_source({"alerts": {
	"active": object.union(source({}).alerts.active, more),
	"eligible": object.union(source({}).alerts.eligible, more),
	"activation": object.union(source({}).alerts.activation, more),
}})

test_pass_when_somebody_is_told if {
	run([role({})]) == set()
	run([with_alert({"level": null})]) == set()
}

test_fail_when_nobody_is_named if {
	found := run([with_alert({"recipients": []})])
	{finding.message | some finding in found} == {concat(" ", [
		"Nobody beside the administrators themselves is told of a new active assignment",
		"and a new eligible assignment of Global Administrator.",
	])}
	every finding in found {
		finding.depends_on == []
		startswith(finding.pointer, "/policy/rules/")
	}
}

test_default_recipients_can_be_enough if {
	run_with([with_alert({"recipients": []})], {"require_additional_recipients": false}) == set()
	found := run_with([with_alert({"recipients": [], "defaults": false})], {"require_additional_recipients": false})
	count(found) == 1
	every finding in found {
		startswith(finding.message, "Nobody is told of")
	}
	open := run_with([with_alert({"recipients": [], "defaults": null})], {"require_additional_recipients": false})
	every finding in open {
		count(finding.depends_on) == 1
	}
}

test_fail_when_mail_is_off if {
	count(run([with_alert({"level": "none"})])) == 1
}

test_depends_on_rules_that_are_absent_and_on_what_is_critical if {
	every more in [{"recipients": null, "defaults": null, "level": null}, {"level": "critical"}] {
		found := run([with_alert(more)])
		count(found) == 1
		every finding in found {
			count(finding.depends_on) == 1
		}
	}
}

test_other_roles_of_the_tier_only_when_asked_for if {
	other := object.union(with_alert({"recipients": []}), {"scuba": false, "own_id": "x"})
	run([other]) == set()
	count(run_with([other], {"all_takeover_roles": true})) == 1
	run_with([object.union(other, {"tier": "limited"})], {"all_takeover_roles": true}) == set()
}

test_fail_for_one_event_of_two if {
	alerts := source({}).alerts
	quiet := object.union(alerts, {"eligible": object.union(alerts.eligible, {"recipients": []})})
	finding := only(run([with_source({"alerts": quiet})]))
	endswith(finding.message, "is told of a new eligible assignment of Global Administrator.")
	finding.pointer == "/policy/rules/6"
}

package tenantlint.checks.privileged_access.emergency_accounts_ready_test

import data.tenantlint.checks.privileged_access.emergency_accounts_ready as check
import rego.v1

account(more) := object.union(
	{
		"id": "e1",
		"kind": "user",
		"name": "Emergency 1",
		"enabled": true,
		"exists": true,
		"cloud_only": true,
		"anchored": false,
		"upn": "e1@contoso.onmicrosoft.com",
		"federated": false,
		"initial_domain": true,
		"global_administrator": "active",
		"methods": ["fido2SecurityKey"],
		"last_sign_in": "2026-05-01T00:00:00Z",
		"idle_days": 31,
		"age_days": 700,
		"activity_told": true,
		"controls": ["Alert on every sign-in"],
	},
	more,
)

parameters := {"min_accounts": 2}

run_with(accounts, more) := found if {
	found := check.findings with input as {
		"tenant": {"id": "t", "display_name": "Contoso"},
		"parameters": object.union(parameters, more),
		"facts": {"emergency_accounts": accounts},
	}
}

run(accounts) := run_with(accounts, {})

only(findings) := one if {
	count(findings) == 1
	some one in findings
}

second := account({"id": "e2", "name": "Emergency 2"})

test_pass_with_two_that_are_ready if {
	run([account({}), second]) == set()
	run([account({}), second, account({"id": "g", "kind": "group", "global_administrator": null})]) == set()
	run_with([account({})], {"min_accounts": 1}) == set()
}

test_depends_on_the_register_when_nobody_is_declared if {
	finding := only(run([]))
	finding.depends_on == ["which accounts are meant for emergencies (exception register, kind break_glass)"]
	run_with([], {"min_accounts": 0}) == set()
}

test_fail_with_one_alone if {
	finding := only(run([account({})]))
	finding.message == "The exception register declares 1 emergency account, fewer than 2."
	finding.depends_on == []
	not finding.principals
}

test_depends_on_members_of_a_declared_group if {
	finding := only(run([account({"id": "g", "kind": "group", "global_administrator": null})]))
	finding.depends_on == ["who is in the declared groups (group_members)"]
}

test_fail_when_one_is_not_ready if {
	every words, more in {
		"does not exist": {"exists": false, "kind": "unknown"},
		"is disabled": {"enabled": false},
		"does not hold Global Administrator for the whole tenant": {"global_administrator": "none"},
		"has to activate Global Administrator first": {"global_administrator": "eligible"},
		"holds Global Administrator with an end": {"global_administrator": "timed"},
	} {
		finding := only(run([account(more), second]))
		finding.message == sprintf("The emergency account \"Emergency 1\" %s.", [words])
		finding.depends_on == []
	}
}

test_depends_on_what_is_not_told if {
	count(only(run([account({"exists": null, "kind": "unknown", "enabled": null}), second])).depends_on) == 1
	count(only(run([account({"global_administrator": null, "name": null}), second])).depends_on) == 1
}

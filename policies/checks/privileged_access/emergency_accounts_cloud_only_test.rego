package tenantlint.checks.privileged_access.emergency_accounts_cloud_only_test

import data.tenantlint.checks.privileged_access.emergency_accounts_cloud_only as check
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

parameters := {"require_initial_domain": true}

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

test_not_applicable_without_declared_accounts if {
	reasons := check.not_applicable with input as {"facts": {"emergency_accounts": []}, "parameters": parameters}
	count(reasons) == 1
	run([]) == set()
	run([account({"exists": false, "kind": "unknown"}), account({"kind": "group"})]) == set()
}

test_pass_for_an_account_of_the_first_domain if {
	run([account({}), account({"anchored": null})]) == set()
	run_with([account({"initial_domain": false})], {"require_initial_domain": false}) == set()
}

test_fail_for_what_it_depends_on if {
	every words, more in {
		"is synchronized from an on-premises directory": {"cloud_only": false, "anchored": true},
		"carries the anchor of an on-premises object": {"anchored": true},
		"is in a federated domain": {"federated": true},
		"is not in the tenant's first domain": {"initial_domain": false},
	} {
		finding := only(run([account(more)]))
		finding.message == sprintf("The emergency account \"Emergency 1\" %s.", [words])
	}
}

test_depends_on_what_is_not_told if {
	finding := only(run([account({"cloud_only": null, "federated": null, "initial_domain": null, "name": null})]))
	count(finding.depends_on) == 3
	startswith(finding.message, "The emergency account \"e1\" may")
}

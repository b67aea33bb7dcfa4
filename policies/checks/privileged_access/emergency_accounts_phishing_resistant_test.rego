package tenantlint.checks.privileged_access.emergency_accounts_phishing_resistant_test

import data.tenantlint.checks.privileged_access.emergency_accounts_phishing_resistant as check
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

parameters := {"methods": ["fido2", "passKeyDeviceBound"]}

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

test_pass_with_a_key if {
	every methods in [["FIDO2"], ["mobilePhone", "passKeyDeviceBound"]] {
		run([account({"methods": methods})]) == set()
	}
}

test_fail_with_what_can_be_phished if {
	every methods in [[], ["mobilePhone", "microsoftAuthenticatorPush"]] {
		finding := only(run([account({"methods": methods})]))
		finding.message == "The emergency account \"Emergency 1\" has no phishing-resistant method registered."
		finding.evidence.methodsRegistered == methods
	}
}

test_depends_on_the_report if count(only(run([account({"methods": null})])).depends_on) == 1

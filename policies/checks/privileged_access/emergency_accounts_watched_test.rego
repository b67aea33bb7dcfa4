package tenantlint.checks.privileged_access.emergency_accounts_watched_test

import data.tenantlint.checks.privileged_access.emergency_accounts_watched as check
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

parameters := {"max_days_untested": 180, "require_alert": true}

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

test_pass_when_tested_and_watched if {
	every controls in [["Alert on every sign-in"], ["Two safes", "SIEM rule 12"], ["Monitored by the SOC"]] {
		run([account({"controls": controls, "idle_days": 180})]) == set()
	}
	run_with([account({"controls": []})], {"require_alert": false}) == set()
}

test_fail_when_untested if {
	late := only(run([account({"idle_days": 181})]))
	late.message == "The emergency account \"Emergency 1\" last signed in 181 days ago."
	never := only(run([account({"idle_days": null, "last_sign_in": null})]))
	endswith(never.message, "never signed in.")
}

test_fail_when_nothing_watches if {
	finding := only(run([account({"controls": []})]))
	finding.key == {"about": "alert"}
	count(run([account({"controls": [], "idle_days": 181})])) == 2
}

test_depends_on_words_that_do_not_speak_of_an_alert if {
	finding := only(run([account({"controls": ["Two safes"]})]))
	count(finding.depends_on) == 1
}

test_depends_on_sign_ins if count(only(run([account({"activity_told": false})])).depends_on) == 1

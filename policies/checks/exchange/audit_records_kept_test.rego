package tenantlint.checks.exchange.audit_records_kept_test

import data.tenantlint.checks.exchange.audit_records_kept as check
import rego.v1

policy(name, duration, more) := object.union(
	{"Guid": name, "Name": name, "Enabled": true, "Priority": 10, "RetentionDuration": duration},
	more,
)

year := policy("Year", "TwelveMonths", {})

skus(plan) := [{"id": "s", "servicePlans": [{"servicePlanName": plan, "provisioningStatus": "Success"}]}]

premium := skus("M365_ADVANCED_AUDITING")

plain := skus("EXCHANGE_S_ENTERPRISE")

findings(policies, bought) := found if {
	found := check.findings with input as {
		"tenant": {"id": "t"},
		"parameters": {"min_months": 12},
		"collections": {"unified_audit_log_retention_policies": policies, "subscribed_skus": bought},
	}
}

test_pass_with_a_year_and_the_licence if {
	findings([year], premium) == set()
	findings([policy("Ten", "TenYears", {}), policy("Six", "SixMonths", {"Priority": 20})], premium) == set()
}

test_fail_without_a_policy_of_a_year if {
	every policies in [[], [policy("Six", "SixMonths", {})], [policy("Year", "TwelveMonths", {"Enabled": false})]] {
		some found in findings(policies, premium)
		found.message == "No audit retention policy in force keeps records for 12 months."
		found.depends_on == []
	}
}

test_fail_without_the_licence if {
	every bought in [plain, []] {
		some found in findings([year], bought)
		found.key == "licence"
		not found.depends_on
	}
}

test_fail_when_a_shorter_policy_goes_first if {
	some found in findings([year, policy("Week", "SevenDays", {"Priority": 1})], premium)
	found.message == "The audit retention policy Week goes first and keeps its records for 0 months only."
}

test_a_shorter_policy_without_a_priority_is_left if {
	findings([year, policy("Six", "SixMonths", {"Priority": null})], premium) == set()
}

by_licence(names) := found if {
	found := check.findings with input as {
		"tenant": {"id": "t"},
		"licences": names,
		"parameters": {"min_months": 12},
		"collections": {"unified_audit_log_retention_policies": [year]},
	}
}

test_licences_stand_in_for_plans if {
	by_licence(["audit_premium"]) == set()
	some found in by_licence([])
	found.key == "licence"
}

test_inconclusive_without_the_licences if {
	some found in check.findings with input as {
		"tenant": {"id": "t"},
		"licences": null,
		"parameters": {"min_months": 12},
		"collections": {"unified_audit_log_retention_policies": [year]},
	}
	found.depends_on == ["the licences (subscribed_skus)"]
}

test_inconclusive_when_the_duration_or_the_switch_is_not_told if {
	every one in [
		policy("Year", "Forever", {}),
		policy("Year", "TwelveMonths", {"Enabled": null}),
		policy("Year", null, {}),
	] {
		some found in findings([one], premium)
		found.depends_on == ["how long the audit retention policy Year keeps records"]
	}
}

package tenantlint.checks.conditional_access.report_only_safe_test

import data.tenantlint.checks.conditional_access.report_only_safe as check
import rego.v1

people(count_, handle) := {"population": handle, "count": count_, "names": [], "labels": []}

enabled(more) := object.union(
	{
		"policy": {"id": "r", "name": "R"},
		"exact": true,
		"nothing": false,
		"depends_on": [],
		"blocked": people(0, "b"),
		"perhaps_blocked": 0,
		"example": null,
		"asked": [{"demand": ["mfa"], "perhaps": 0, "example": null, "count": 4}],
		"locked_out": people(0, "l"),
		"administrators_lost": [],
	},
	more,
)

harmless := {"locked_out": people(0, "t"), "administrators_lost": []}

input_with(policies, together) := {
	"tenant": {"id": "t"},
	"parameters": {},
	"collections": {},
	"facts": {"lockout": {"report_only": {"policies": policies, "together": together}}},
}

run(policies, together) := found if found := check.findings with input as input_with(policies, together)

only(findings) := one if {
	count(findings) == 1
	some one in findings
}

test_pass_when_nobody_would_be_locked_out if run([enabled({})], harmless) == set()

test_fail_when_users_would_be_locked_out if {
	together := {"locked_out": people(2, "t"), "administrators_lost": []}
	finding := only(run([enabled({"locked_out": people(2, "l")})], together))
	finding.message == "The policy \"R\", once enabled, locks out 2 users."
	finding.population == ["l"]
	finding.evidence.asked_for_more == [{"demand": ["mfa"], "users": 4, "example": null}]
}

test_fail_when_no_administrator_would_be_left if {
	lost := [
		{"group": "global", "resource": "admin_portals"},
		{"group": "conditional_access", "resource": "admin_portals"},
	]
	finding := only(run([enabled({"administrators_lost": lost})], harmless))
	endswith(finding.message, "leaves no administrator who can reach admin portals.")
}

test_fail_when_they_do_harm_together if {
	finding := only(run([enabled({})], {"locked_out": people(1, "t"), "administrators_lost": []}))
	finding.message == "The report-only policies, once all are enabled, lock out 1 user."
	finding.key == "together"
}

test_depends_when_it_was_too_hard if {
	every one in [enabled({"exact": false}), enabled({"locked_out": null})] {
		count(only(run([one], {"locked_out": null, "administrators_lost": []})).depends_on) == 1
	}
}

test_not_applicable_without_report_only_policies if {
	reasons := check.not_applicable with input as input_with([], harmless)
	count(reasons) == 1
}

package tenantlint.checks.conditional_access.demands_can_be_met_test

import data.tenantlint.checks.conditional_access.demands_can_be_met as check
import rego.v1

policy := {"id": "p", "displayName": "Apps", "state": "enabled", "conditions": {"users": {"includeUsers": ["All"]}}}

demand(more) := object.union(
	{
		"policy": {"id": "p", "name": "Apps"},
		"reasons": ["platform"],
		"controls": ["approvedApplication"],
		"where": [{"platforms": ["windows"]}],
		"all_of_it": false,
		"certain": true,
		"depends_on": [],
		"population": "h",
		"count": 3,
		"labels": [],
	},
	more,
)

input_with(policies, demands) := {
	"tenant": {"id": "t"},
	"parameters": {"permitted_reasons": ["device_code_flow"]},
	"collections": {"conditional_access_policies": policies},
	"facts": {"lockout": {"unsatisfiable": {"demands": demands, "strengths": []}}},
}

run(demands) := found if found := check.findings with input as input_with([policy], demands)

only(findings) := one if {
	count(findings) == 1
	some one in findings
}

test_pass_when_all_can_be_met if run([]) == set()

test_pass_for_device_code_flow_alone_and_together if {
	run([demand({"reasons": ["device_code_flow"]}), demand({"reasons": ["device_code_flow", "platform"]})]) == set()
}

test_fail_on_platforms_without_the_control if {
	finding := only(run([demand({})]))
	finding.message == concat("", [
		"The policy \"Apps\" asks 3 users for approvedApplication, ",
		"which cannot be met on platforms that do not have it.",
	])
	finding.population == ["h"]
}

test_fail_for_people_without_account_here if {
	finding := only(run([demand({"reasons": ["external_people"], "count": 0, "labels": ["serviceProvider"]})]))
	contains(finding.message, "asks \"serviceProvider\" for")
	endswith(finding.message, "as people of another organization.")
}

test_depends_on_what_is_not_known if {
	only(run([demand({"certain": false, "depends_on": ["x"]})])).depends_on == ["x"]
}

test_not_applicable_without_policies_in_force if {
	every policies in [[], [{"id": "p", "displayName": null, "state": null}]] {
		reasons := check.not_applicable with input as input_with(policies, [])
		count(reasons) == 1
	}
}

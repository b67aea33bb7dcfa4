package tenantlint.checks.devices.non_compliance_acts_soon_test

import data.tenantlint.checks.devices.non_compliance_acts_soon as check
import rego.v1

run(policies, days, status) := found if {
	found := check.findings with input as {
		"parameters": {"max_grace_hours": 72, "max_checkin_days": 30},
		"facts": {"device_compliance": {"policies": policies}},
		"statuses": {"device_management_settings": status},
		"collections": {"device_management_settings": {"deviceComplianceCheckinThresholdDays": days}},
	}
}

policy(state, hours) := {
	"id": "p",
	"name": "<b>%s",
	"assigned": true,
	"targets": [],
	"grace": {"state": state, "hours": hours},
}

test_pass_within_days if run([policy("told", 72)], 30, "ok") == set()

test_pass_without_the_settings if run([policy("told", 0)], 300, "denied") == set()

test_fail_with_a_long_grace if {
	some one in run([policy("told", 73)], 30, "ok")
	one.message == "A device that fails the policy counts as compliant for 73 more hours."
	one.depends_on == []
}

test_fail_when_it_never_acts if {
	some one in run([policy("never", null)], 30, "ok")
	one.message == "The policy never marks a device as not compliant."
	one.depends_on == []
}

test_fail_when_silent_devices_stay if {
	some one in run([policy("told", 1)], 120, "ok")
	one.message == "A device that no longer reports stays compliant for too long."
}

test_depends_when_not_told if {
	found := run([object.union(policy("unknown", null), {"assigned": null})], null, "ok")
	{one.depends_on | some one in found} == {
		["assignments", "scheduledActionsForRule"],
		["deviceComplianceCheckinThresholdDays"],
	}
}

test_not_applicable_without_assigned_policies if {
	reasons := check.not_applicable with input as {"facts": {"device_compliance": {"policies": []}}}
	count(reasons) == 1
	run([], 300, "ok") == set()
}

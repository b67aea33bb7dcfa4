package tenantlint.checks.devices.compliant_means_updated_test

import data.tenantlint.checks.devices.compliant_means_updated as check
import rego.v1

findings(policies) := found if {
	found := check.findings with input as {"facts": {"device_compliance": {"policies": policies}}}
}

policy(state) := {
	"id": "p",
	"name": "<b>%s",
	"type": "ios",
	"assigned": true,
	"targets": ["all users"],
	"beside": [],
	"asks": {"version": {"state": state, "seen": {"osMinimumVersion": null}}},
}

test_pass_when_asked if findings([policy("asked")]) == set()

test_pass_when_a_policy_beside_it_asks if {
	findings([object.union(policy("not_asked"), {"beside": [1]}), policy("asked")]) == set()
}

test_fail_when_not_asked if {
	some one in findings([policy("not_asked")])
	one.message == "A device with any version of its system can be compliant."
	one.depends_on == []
	one.evidence == {"type": "ios", "assigned_to": ["all users"], "osMinimumVersion": null}
}

test_depends_when_not_told if {
	some one in findings([object.union(policy("unknown"), {"assigned": null})])
	one.depends_on == ["assignments", "version"]
}

test_not_applicable_when_nothing_can_ask if {
	reasons := check.not_applicable with input as {"facts": {"device_compliance": {"policies": [object.union(
		policy("not_asked"),
		{"assigned": false},
	)]}}}
	count(reasons) == 1
}

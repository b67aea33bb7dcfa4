package tenantlint.checks.devices.jailbroken_devices_not_compliant_test

import data.tenantlint.checks.devices.jailbroken_devices_not_compliant as check
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
	"asks": {"rooted": {"state": state, "seen": {"securityBlockJailbrokenDevices": null}}},
}

test_pass_when_asked if findings([policy("asked")]) == set()

test_pass_when_a_policy_beside_it_asks if {
	findings([object.union(policy("not_asked"), {"beside": [1]}), policy("asked")]) == set()
}

test_fail_when_not_asked if {
	some one in findings([policy("not_asked")])
	one.message == "A rooted or jailbroken device can be compliant."
	one.depends_on == []
	one.evidence == {"type": "ios", "assigned_to": ["all users"], "securityBlockJailbrokenDevices": null}
}

test_depends_when_not_told if {
	some one in findings([object.union(policy("unknown"), {"assigned": null})])
	one.depends_on == ["assignments", "rooted"]
}

test_not_applicable_when_nothing_can_ask if {
	reasons := check.not_applicable with input as {"facts": {"device_compliance": {"policies": [object.union(
		policy("not_asked"),
		{"assigned": false},
	)]}}}
	count(reasons) == 1
}

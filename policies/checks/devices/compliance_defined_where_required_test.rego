package tenantlint.checks.devices.compliance_defined_where_required_test

import data.tenantlint.checks.devices.compliance_defined_where_required as check
import rego.v1

leaning := {"id": "ca", "name": "<b>%s", "platforms": ["windows", "linux", "iOS"]}

policy := {"platform": "windows", "assigned": true}

run(policies, secure) := found if {
	found := check.findings with input as {
		"parameters": {"platforms": ["windows", "ios"]},
		"facts": {"device_compliance": {"policies": policies, "leaning": [leaning]}},
		"collections": {"device_management_settings": {"secureByDefault": secure}},
	}
}

test_pass_when_each_platform_has_a_policy if run([policy, {"platform": "iOS", "assigned": true}], false) == set()

test_pass_when_unjudged_devices_do_not_count if run([], true) == set()

test_fail_without_a_policy if {
	some one in run([policy, {"platform": "iOS", "assigned": false}], false)
	one.evidence == {"platforms": ["iOS"], "secureByDefault": false}
	one.depends_on == []
	contains(one.message, "on iOS no compliance policy says what that is")
	one.resource == {"kind": "conditionalAccessPolicy", "id": "ca", "name": "<b>%s"}
}

test_depends_when_the_default_is_not_told if {
	some one in run([policy], null)
	one.depends_on == ["secureByDefault"]
	startswith(one.message, "The snapshot does not tell what makes a device compliant on iOS")
}

test_depends_when_assignments_are_not_told if {
	some one in run([policy, {"platform": "iOS", "assigned": null}], false)
	one.depends_on == ["assignments"]
}

test_not_applicable_when_no_policy_leans_on_it if {
	reasons := check.not_applicable with input as {"facts": {"device_compliance": {"policies": [], "leaning": []}}}
	count(reasons) == 1
}

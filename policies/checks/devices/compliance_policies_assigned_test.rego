package tenantlint.checks.devices.compliance_policies_assigned_test

import data.tenantlint.checks.devices.compliance_policies_assigned as check
import rego.v1

findings(policies) := found if {
	found := check.findings with input as {"tenant": {"id": "t"}, "facts": {"device_compliance": {"policies": policies}}}
}

policy(assigned) := {"id": "p", "name": "<b>%s", "type": "ios", "assigned": assigned}

test_pass_when_assigned if findings([policy(true)]) == set()

test_fail_when_assigned_to_nobody if {
	some one in findings([policy(false)])
	one.message == "The compliance policy is assigned to nobody."
	one.resource == {"kind": "deviceCompliancePolicy", "id": "p", "name": "<b>%s"}
}

test_fail_without_policies if {
	some one in findings([])
	one.resource.kind == "tenant"
}

test_depends_when_not_told if {
	some one in findings([policy(null)])
	one.depends_on == ["assignments"]
}

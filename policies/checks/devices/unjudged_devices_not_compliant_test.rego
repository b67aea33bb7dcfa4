package tenantlint.checks.devices.unjudged_devices_not_compliant_test

import data.tenantlint.checks.devices.unjudged_devices_not_compliant as check
import rego.v1

findings(value) := found if {
	found := check.findings with input as {"collections": {"device_management_settings": {"secureByDefault": value}}}
}

test_pass_when_not_compliant if findings(true) == set()

test_fail_when_compliant if {
	some one in findings(false)
	one.message == "Devices without a compliance policy count as compliant."
	one.depends_on == []
	one.resource.kind == "deviceManagementSettings"
}

test_inconclusive_when_not_told if {
	every value in [null, "perhaps", 1] {
		some one in findings(value)
		one.depends_on == ["secureByDefault"]
	}
	bare := check.findings with input as {"collections": {}}
	count(bare) == 1
}

package tenantlint.checks.devices.devices_per_user_limited_test

import data.tenantlint.checks.devices.devices_per_user_limited as check
import rego.v1

findings(value) := found if {
	found := check.findings with input as {
		"parameters": {"max_devices": 20},
		"collections": {"device_registration_policy": {
			"id": "d",
			"displayName": "<b>%s",
			"userDeviceQuota": value,
		}},
	}
}

test_pass_as_it_should_be if {
	every value in [0, 5, 20] {
		findings(value) == set()
	}
}

test_fail_as_it_should_not_be if {
	every value in [21, 50, 2147483647] {
		some one in findings(value)
		one.message == "One person may register many devices."
		one.depends_on == []
		one.resource == {"kind": "deviceRegistrationPolicy", "id": "d", "name": "<b>%s"}
	}
}

test_inconclusive_when_not_told if {
	every value in [null, "perhaps", {"@odata.type": 7}] {
		some one in findings(value)
		one.depends_on == ["userDeviceQuota"]
	}
	bare := check.findings with input as {"parameters": {"max_devices": 20}, "collections": {}}
	count(bare) == 1
}

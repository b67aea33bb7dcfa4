package tenantlint.checks.devices.local_passwords_managed_test

import data.tenantlint.checks.devices.local_passwords_managed as check
import rego.v1

findings(value) := found if {
	found := check.findings with input as {
		"parameters": {"max_devices": 20},
		"collections": {"device_registration_policy": {
			"id": "d",
			"displayName": "<b>%s",
			"localAdminPassword": {"isEnabled": value},
		}},
	}
}

test_pass_as_it_should_be if {
	every value in [true] {
		findings(value) == set()
	}
}

test_fail_as_it_should_not_be if {
	every value in [false] {
		some one in findings(value)
		one.message == "The directory keeps no passwords of local administrators."
		one.depends_on == []
		one.resource == {"kind": "deviceRegistrationPolicy", "id": "d", "name": "<b>%s"}
	}
}

test_inconclusive_when_not_told if {
	every value in [null, "perhaps", {"@odata.type": 7}] {
		some one in findings(value)
		one.depends_on == ["localAdminPassword.isEnabled"]
	}
	bare := check.findings with input as {"parameters": {"max_devices": 20}, "collections": {}}
	count(bare) == 1
}

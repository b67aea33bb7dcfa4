package tenantlint.checks.devices.joining_makes_no_local_administrator_test

import data.tenantlint.checks.devices.joining_makes_no_local_administrator as check
import rego.v1

findings(value) := found if {
	found := check.findings with input as {
		"parameters": {"max_devices": 20},
		"collections": {"device_registration_policy": {
			"id": "d",
			"displayName": "<b>%s",
			"azureADJoin": {
				"allowedToJoin": all,
				"localAdmins": {"registeringUsers": value},
			},
		}},
	}
}

all := {"@odata.type": "#microsoft.graph.allDeviceRegistrationMembership"}

nobody := {"@odata.type": "#microsoft.graph.noDeviceRegistrationMembership"}

chosen := {"@odata.type": "#microsoft.graph.enumeratedDeviceRegistrationMembership", "users": ["u"], "groups": []}

empty := {"@odata.type": "#microsoft.graph.enumeratedDeviceRegistrationMembership", "users": [], "groups": []}

test_pass_as_it_should_be if {
	every value in [nobody, chosen, empty] {
		findings(value) == set()
	}
}

test_fail_as_it_should_not_be if {
	every value in [all] {
		some one in findings(value)
		one.message == "Everybody who joins a device becomes its administrator."
		one.depends_on == []
		one.resource == {"kind": "deviceRegistrationPolicy", "id": "d", "name": "<b>%s"}
	}
}

test_inconclusive_when_not_told if {
	every value in [null, "perhaps", {"@odata.type": 7}] {
		some one in findings(value)
		one.depends_on == ["azureADJoin.localAdmins.registeringUsers"]
	}
	bare := check.findings with input as {"parameters": {"max_devices": 20}, "collections": {}}
	count(bare) == 1
}

test_not_applicable_when_nobody_joins if {
	every who in [nobody, empty] {
		given := {"collections": {"device_registration_policy": {"azureADJoin": {"allowedToJoin": who}}}}
		found := check.findings with input as given
		found == set()
		reasons := check.not_applicable with input as given
		count(reasons) == 1
	}
}

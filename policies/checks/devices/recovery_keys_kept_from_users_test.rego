package tenantlint.checks.devices.recovery_keys_kept_from_users_test

import data.tenantlint.checks.devices.recovery_keys_kept_from_users as check
import rego.v1

findings(value) := found if {
	rights := {"allowedToReadBitlockerKeysForOwnedDevice": value}
	policy := {"id": "a", "displayName": "<b>%s", "defaultUserRolePermissions": rights}
	found := check.findings with input as {"collections": {"authorization_policy": policy}}
}

test_pass_when_they_do_not if findings(false) == set()

test_fail_when_they_do if {
	some one in findings(true)
	one.message == "Users read the recovery keys of their devices."
	one.resource.name == "<b>%s"
	one.depends_on == []
}

test_inconclusive_when_not_told if {
	some one in findings(null)
	one.depends_on == ["defaultUserRolePermissions.allowedToReadBitlockerKeysForOwnedDevice"]
}

# METADATA
# title: Users do not read the recovery keys of their devices
# description: >-
#   Looks at whether users read the BitLocker recovery keys of the devices that they own
#   (defaultUserRolePermissions.allowedToReadBitlockerKeysForOwnedDevice). The default is that they do.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity/devices/manage-device-identities
#     description: The device settings
#   - ref: https://learn.microsoft.com/graph/api/resources/defaultuserrolepermissions
#     description: defaultUserRolePermissions in Microsoft Graph
# custom:
#   id: DV015
#   severity: low
#   requires: [authorization_policy]
#   tags: [devices, strict]
#   bucket: situational
#   lenses: {risk_reduction: low, scope: all_users, effort: medium, user_impact: medium}
#   rationale: >-
#     The key undoes the encryption of the storage. Who has the device and one signed-in browser of its owner reads
#     the key from the portal, boots another system and changes or takes what is stored.
#   remediation: >-
#     Entra admin center > Devices > Device settings: Restrict users from recovering the BitLocker key(s) for their
#     owned devices: Yes. In Graph: PATCH /policies/authorizationPolicy with
#     defaultUserRolePermissions.allowedToReadBitlockerKeysForOwnedDevice false. The helpdesk then gives keys out.
#   mappings:
#     prowler: [entra_policy_default_user_cannot_read_bitlocker_keys]
#     cis_m365: ["5.1.4.6"]
#     mitre_attack: [T1555]
#     nist_800_53: [AC-6, SC-28]
package tenantlint.checks.devices.recovery_keys_kept_from_users

import data.tenantlint.lib.authorization_policy as authorization
import rego.v1

findings contains finding if {
	some finding in authorization.switch({
		"property": ["defaultUserRolePermissions", "allowedToReadBitlockerKeysForOwnedDevice"],
		"wanted": false,
		"about": "whether users read the recovery keys of their devices",
		"observed": "Users read the recovery keys of their devices.",
	})
}

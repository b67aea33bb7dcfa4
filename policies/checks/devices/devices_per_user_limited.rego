# METADATA
# title: One person registers a handful of devices
# description: >-
#   Looks at how many devices one person may have in the directory (userDeviceQuota). The default is 50.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity/devices/manage-device-identities
#     description: The device settings
#   - ref: https://learn.microsoft.com/graph/api/resources/deviceregistrationpolicy
#     description: deviceRegistrationPolicy in Microsoft Graph
# custom:
#   id: DV011
#   severity: low
#   requires: [device_registration_policy]
#   tags: [devices, strict]
#   bucket: situational
#   lenses: {risk_reduction: low, scope: all_users, effort: low, user_impact: low}
#   rationale: >-
#     Who has taken an account over registers devices with it, for persistence and to be taken for a managed one. A
#     low number shows in the list of devices, makes the owner ask, and stops scripts that register them by the
#     hundred.
#   remediation: >-
#     Entra admin center > Devices > Device settings: Maximum number of devices per user: 20 or fewer. In Graph:
#     userDeviceQuota in PUT /policies/deviceRegistrationPolicy.
#   parameters:
#     max_devices:
#       type: integer
#       default: 20
#       meaning: >-
#         The most devices of one person. Twenty leaves room for replaced ones; people who set up devices for others
#         need an account of their own.
#   mappings:
#     prowler: [entra_device_registration_max_devices_per_user_limited]
#     cis_m365: ["5.1.4.2"]
#     mitre_attack: [T1098.005]
#     nist_800_53: [AC-6, IA-3]
package tenantlint.checks.devices.devices_per_user_limited

import data.tenantlint.lib.devices
import data.tenantlint.lib.settings
import rego.v1

findings contains finding if {
	some finding in settings.within({
		"resource": devices.registration_resource,
		"object": devices.registration,
		"property": "userDeviceQuota",
		"least": 0,
		"most": input.parameters.max_devices,
		"about": "how many devices one person may have",
		"observed": "One person may register many devices.",
	})
}

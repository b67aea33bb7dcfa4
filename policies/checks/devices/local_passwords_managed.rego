# METADATA
# title: Passwords of local administrators are managed
# description: >-
#   Looks at whether the directory keeps and changes the passwords of local administrators of Windows devices
#   (localAdminPassword.isEnabled, Windows LAPS).
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity/devices/howto-manage-local-admin-passwords
#     description: Windows LAPS with Microsoft Entra ID
#   - ref: https://learn.microsoft.com/graph/api/resources/deviceregistrationpolicy
#     description: deviceRegistrationPolicy in Microsoft Graph
# custom:
#   id: DV014
#   severity: medium
#   requires: [device_registration_policy]
#   tags: [devices]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: devices, effort: medium, user_impact: none}
#   rationale: >-
#     Devices that were set up alike share the password of their local administrator. Who reads it on one of them
#     signs in on all, and goes from desk to desk until an administrator of the tenant has left something behind.
#   remediation: >-
#     Entra admin center > Devices > Device settings: Enable Microsoft Entra Local Administrator Password Solution
#     (LAPS): Yes, and a policy of Intune, Endpoint security > Account protection, that sets it on devices. In Graph:
#     localAdminPassword.isEnabled true.
#   mappings:
#     prowler: [entra_device_registration_laps_enabled]
#     cis_m365: ["5.1.4.5"]
#     mitre_attack: [T1078.003, T1021]
#     nist_800_53: [IA-5, AC-6]
package tenantlint.checks.devices.local_passwords_managed

import data.tenantlint.lib.devices
import data.tenantlint.lib.settings
import rego.v1

findings contains finding if {
	some finding in settings.switch({
		"resource": devices.registration_resource,
		"object": devices.registration,
		"property": ["localAdminPassword", "isEnabled"],
		"wanted": true,
		"about": "whether passwords of local administrators are managed",
		"observed": "The directory keeps no passwords of local administrators.",
	})
}

# METADATA
# title: Global Administrators are not local administrators of joined devices
# description: >-
#   Looks at whether Global Administrators become local administrators of every device that is joined from now on
#   (azureADJoin.localAdmins.enableGlobalAdmins). The default is on. Not applicable where nobody joins devices.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity/devices/assign-local-admin
#     description: Local administrators of joined devices
#   - ref: https://learn.microsoft.com/graph/api/resources/localadminsettings
#     description: localAdminSettings in Microsoft Graph
# custom:
#   id: DV012
#   severity: medium
#   requires: [device_registration_policy]
#   tags: [devices]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: devices, effort: low, user_impact: none}
#   rationale: >-
#     A Global Administrator who signs in on a member's device to help leaves credentials there that are worth the
#     whole tenant, and malware on it waits for just that. Without local rights there is no reason to sign in.
#   remediation: >-
#     Entra admin center > Devices > Device settings: Global administrator role is added as local administrator on the
#     device during Microsoft Entra join: No. In Graph: azureADJoin.localAdmins.enableGlobalAdmins false. Give the
#     role Microsoft Entra Joined Device Local Administrator, or LAPS, to those who help.
#   mappings:
#     maester: [MT.1090]
#     prowler: [entra_device_registration_global_admins_not_local_admins]
#     cis_m365: ["5.1.4.3"]
#     mitre_attack: [T1078.003, T1003]
#     nist_800_53: ["AC-6(5)", AC-6]
package tenantlint.checks.devices.global_administrators_are_no_local_ones

import data.tenantlint.lib.devices
import data.tenantlint.lib.settings
import rego.v1

findings contains finding if {
	not devices.nobody_joins
	some finding in settings.switch({
		"resource": devices.registration_resource,
		"object": devices.registration,
		"property": ["azureADJoin", "localAdmins", "enableGlobalAdmins"],
		"wanted": false,
		"about": "whether Global Administrators are local administrators of joined devices",
		"observed": "Global Administrators become local administrators of every joined device.",
	})
}

not_applicable contains "Nobody joins devices to the directory." if devices.nobody_joins

# METADATA
# title: Only chosen people join devices to the directory
# description: >-
#   Looks at who may join devices to Entra ID (azureADJoin.allowedToJoin): all users, chosen users and groups, or
#   nobody.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity/devices/manage-device-identities
#     description: The device settings
#   - ref: https://learn.microsoft.com/graph/api/resources/deviceregistrationpolicy
#     description: deviceRegistrationPolicy in Microsoft Graph
# custom:
#   id: DV010
#   severity: medium
#   requires: [device_registration_policy]
#   tags: [devices]
#   bucket: situational
#   lenses: {risk_reduction: medium, scope: all_users, effort: medium, user_impact: medium}
#   rationale: >-
#     A joined device is an identity of its own, gets a primary refresh token and often everything that managed
#     devices get. Whoever has one password joins a machine of his and keeps a foothold that outlives the change of
#     the password.
#   remediation: >-
#     Entra admin center > Devices > Device settings: Users may join devices to Microsoft Entra: Selected, with the
#     groups that set up devices, or None. In Graph: azureADJoin.allowedToJoin in PUT
#     /policies/deviceRegistrationPolicy.
#   mappings:
#     maester: [MT.1070]
#     prowler: [entra_device_registration_join_restricted]
#     cis_m365: ["5.1.4.1"]
#     mitre_attack: [T1098.005]
#     nist_800_53: [IA-3, AC-6]
package tenantlint.checks.devices.device_join_limited

import data.tenantlint.lib.devices
import data.tenantlint.lib.settings
import rego.v1

states := {"all": "bad", "chosen": "good", "nobody": "good", "unknown": "unknown"}

findings contains finding if {
	some finding in settings.verdict(
		{
			"resource": devices.registration_resource,
			"object": devices.registration,
			"property": ["azureADJoin", "allowedToJoin"],
			"about": "who joins devices",
			"observed": "All users join devices to the directory.",
		},
		states[devices.membership(["azureADJoin", "allowedToJoin"])],
	)
}

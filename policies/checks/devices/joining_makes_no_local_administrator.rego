# METADATA
# title: Who joins a device does not become its administrator
# description: >-
#   Looks at whether the person who joins a device becomes its local administrator
#   (azureADJoin.localAdmins.registeringUsers): everybody who joins one, chosen people, or nobody. Chosen people are
#   taken as meant. Not applicable where nobody joins devices.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity/devices/assign-local-admin
#     description: Local administrators of joined devices
#   - ref: https://learn.microsoft.com/graph/api/resources/localadminsettings
#     description: localAdminSettings in Microsoft Graph
# custom:
#   id: DV013
#   severity: medium
#   requires: [device_registration_policy]
#   tags: [devices]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: devices, effort: medium, user_impact: medium}
#   rationale: >-
#     What a local administrator opens can turn the antivirus off, read the tokens of everybody who signs in there and
#     settle below the system. People who work as administrators of their own device hand that to every attachment.
#   remediation: >-
#     Entra admin center > Devices > Device settings: Registering user is added as local administrator on the device
#     during Microsoft Entra join: None, or Selected for those who set devices up. In Graph:
#     azureADJoin.localAdmins.registeringUsers. Devices that are joined already keep their administrators.
#   mappings:
#     maester: [MT.1091]
#     prowler: [entra_device_registration_registering_user_not_local_admin]
#     cis_m365: ["5.1.4.4"]
#     mitre_attack: [T1078.003, T1562.001]
#     nist_800_53: [AC-6, "AC-6(10)"]
package tenantlint.checks.devices.joining_makes_no_local_administrator

import data.tenantlint.lib.devices
import data.tenantlint.lib.settings
import rego.v1

path := ["azureADJoin", "localAdmins", "registeringUsers"]

states := {"all": "bad", "chosen": "good", "nobody": "good", "unknown": "unknown"}

findings contains finding if {
	not devices.nobody_joins
	some finding in settings.verdict(
		{
			"resource": devices.registration_resource,
			"object": devices.registration,
			"property": path,
			"about": "who becomes administrator of a device by joining it",
			"observed": "Everybody who joins a device becomes its administrator.",
		},
		states[devices.membership(path)],
	)
}

not_applicable contains "Nobody joins devices to the directory." if devices.nobody_joins

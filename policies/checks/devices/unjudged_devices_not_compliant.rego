# METADATA
# title: A device that no compliance policy judges is not compliant
# description: >-
#   Looks at what Intune makes of a device to which no compliance policy is assigned (secureByDefault): compliant,
#   which is the default, or not compliant.
# related_resources:
#   - ref: https://learn.microsoft.com/intune/intune-service/protect/device-compliance-get-started
#     description: Compliance policies of Intune
#   - ref: https://learn.microsoft.com/graph/api/resources/intune-deviceconfig-devicemanagementsettings
#     description: deviceManagementSettings in Microsoft Graph
# custom:
#   id: DV001
#   severity: high
#   requires: [device_management_settings]
#   licences: [intune]
#   tags: [devices]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: devices, effort: low, user_impact: medium}
#   rationale: >-
#     Conditional Access takes compliant for looked at and found good. While devices without a policy count as
#     compliant, whoever has a password enrols any device of a kind that nobody thought of, and comes in as from a
#     managed one.
#   remediation: >-
#     Intune admin center > Devices > Compliance > Compliance settings: Mark devices with no compliance policy
#     assigned as: Not compliant. In Graph: settings.secureByDefault true on /deviceManagement. First assign a policy
#     for each platform in use (DV002, DV003).
#   mappings:
#     maester: [MT.1054]
#     prowler: [intune_device_compliance_policy_unassigned_devices_not_compliant_by_default]
#     cis_m365: ["4.1"]
#     mitre_attack: [T1078.004]
#     nist_800_53: [AC-3, CM-6, IA-3]
package tenantlint.checks.devices.unjudged_devices_not_compliant

import data.tenantlint.lib.findings as lib
import data.tenantlint.lib.settings
import rego.v1

findings contains finding if {
	some finding in settings.switch({
		"resource": lib.resource("deviceManagementSettings", "device_management_settings", "Compliance settings"),
		"object": lib.block(input, ["collections", "device_management_settings"]),
		"property": "secureByDefault",
		"wanted": true,
		"about": "what becomes of devices without a compliance policy",
		"observed": "Devices without a compliance policy count as compliant.",
	})
}

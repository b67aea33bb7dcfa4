# METADATA
# title: A compliant device has a system version that is still mended
# description: >-
#   Looks at every assigned compliance policy: whether it sets a least version of the system, a least build, permitted
#   builds or, on Android, a least security patch. The number itself is not judged, since what is still mended changes
#   every month. A policy of the same kind that surely reaches the same devices may ask it in its stead.
# related_resources:
#   - ref: https://learn.microsoft.com/intune/intune-service/protect/device-compliance-get-started
#     description: Compliance policies of Intune
# custom:
#   id: DV005
#   severity: medium
#   requires: [device_compliance_policies]
#   facts: [device_compliance]
#   licences: [intune]
#   tags: [devices]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: devices, effort: medium, user_impact: medium}
#   rationale: >-
#     Flaws of systems become public with the update that mends them. A device that has not taken updates for a year
#     can be taken over by opening a page or a message, and brings a signed-in user along.
#   remediation: >-
#     Intune admin center > Devices > Compliance > the policy > Device Properties: Minimum OS version, on Android
#     Minimum security patch level, and raise it with every release. In Graph: osMinimumVersion,
#     osMinimumBuildVersion, validOperatingSystemBuildRanges or minAndroidSecurityPatchLevel.
#   mappings:
#     mitre_attack: [T1203]
#     nist_800_53: [SI-2, CM-6]
package tenantlint.checks.devices.compliant_means_updated

import data.tenantlint.lib.devices
import rego.v1

findings contains finding if {
	some finding in devices.unasked({
		"question": "version",
		"about": "whether compliant devices need a least version",
		"observed": "A device with any version of its system can be compliant.",
	})
}

not_applicable contains "No assigned compliance policy can ask for a version." if not devices.can_ask("version")

# METADATA
# title: A rooted or jailbroken device is not compliant
# description: >-
#   Looks at every assigned compliance policy for iOS and Android: whether jailbroken or rooted devices are blocked,
#   or, on Android, the integrity of the device is attested. A policy of the same kind that surely reaches the same
#   devices may ask it in its stead.
# related_resources:
#   - ref: https://learn.microsoft.com/intune/intune-service/protect/device-compliance-get-started
#     description: Compliance policies of Intune
# custom:
#   id: DV007
#   severity: medium
#   requires: [device_compliance_policies]
#   facts: [device_compliance]
#   licences: [intune]
#   tags: [devices]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: devices, effort: low, user_impact: low}
#   rationale: >-
#     On a rooted telephone any app reads what the others keep: mail, files, tokens of signed-in users. Malware roots
#     devices to get there, and people who do it themselves open the same door.
#   remediation: >-
#     Intune admin center > Devices > Compliance > the policy > Device Health: Jailbroken devices or Rooted devices:
#     Block; on fully managed Android the Play Integrity Verdict. In Graph: securityBlockJailbrokenDevices or
#     securityRequireSafetyNetAttestationBasicIntegrity true.
#   mappings:
#     mitre_attack: [T1398, T1404]
#     nist_800_53: [AC-19, SI-7]
package tenantlint.checks.devices.jailbroken_devices_not_compliant

import data.tenantlint.lib.devices
import rego.v1

findings contains finding if {
	some finding in devices.unasked({
		"question": "rooted",
		"about": "whether rooted devices can be compliant",
		"observed": "A rooted or jailbroken device can be compliant.",
	})
}

not_applicable contains "No assigned compliance policy is about iOS or Android." if not devices.can_ask("rooted")

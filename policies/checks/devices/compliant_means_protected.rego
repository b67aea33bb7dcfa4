# METADATA
# title: A compliant device has working antivirus and no high threat
# description: >-
#   Looks at every assigned compliance policy: on Windows whether it asks for antivirus (antivirusRequired or
#   defenderEnabled), and on every platform whether it asks that a product against threats calls the device safe
#   enough (deviceThreatProtectionRequiredSecurityLevel or advancedThreatProtectionRequiredSecurityLevel). Policies of
#   the same kind that surely reach the same devices count together.
# related_resources:
#   - ref: https://learn.microsoft.com/intune/intune-service/protect/device-compliance-get-started
#     description: Compliance policies of Intune
#   - ref: https://learn.microsoft.com/intune/intune-service/protect/advanced-threat-protection
#     description: Compliance with the risk that Defender for Endpoint tells
# custom:
#   id: DV006
#   severity: medium
#   requires: [device_compliance_policies]
#   facts: [device_compliance]
#   licences: [intune]
#   tags: [devices]
#   bucket: situational
#   lenses: {risk_reduction: medium, scope: devices, effort: medium, user_impact: low}
#   rationale: >-
#     Malware on a device acts with the session of whoever is signed in, and no second factor stops it. A device on
#     which the antivirus is off or already reports an attack is let in as a safe one, until somebody notices.
#   remediation: >-
#     Intune admin center > Devices > Compliance > the policy: System Security > Antivirus: Require, and Microsoft
#     Defender for Endpoint > Require the device to be at or under the machine risk score: Low. In Graph:
#     antivirusRequired true, deviceThreatProtectionEnabled true and deviceThreatProtectionRequiredSecurityLevel
#     "low".
#   parameters:
#     max_threat:
#       type: string
#       default: low
#       meaning: >-
#         The highest threat level at which a device is still compliant: secured, low, medium or high. Low, since
#         medium means that threats wait on the device.
#     threat_platforms:
#       type: array
#       default: [windows, macOS, iOS, android]
#       meaning: >-
#         Platforms on which a threat level is asked for. All, as Defender for Endpoint tells it on each; take out
#         those for which there is no such product.
#   mappings:
#     mitre_attack: [T1204, T1539]
#     nist_800_53: [SI-3, SI-4, AC-19]
package tenantlint.checks.devices.compliant_means_protected

import data.tenantlint.lib.devices
import rego.v1

findings contains finding if {
	some finding in devices.unasked({
		"question": "antivirus",
		"about": "whether compliant devices have antivirus",
		"observed": "A Windows device can be compliant without antivirus.",
	})
}

not_applicable contains "No compliance policy is assigned." if count(devices.judged) == 0

order := ["secured", "low", "medium", "high"]

permitted := {level | some place, level in order; some most in place_of(input.parameters.max_threat); place <= most}

# An unknown word permits nothing but the strictest level.
place_of(word) := {place | some place, level in order; level == lower(word)} | {0}

judged(policy) if {
	policy.threat != null
	lower(policy.platform) in {lower(named) | some named in input.parameters.threat_platforms}
}

levels(policy) := {one.threat | some one in devices.together(policy)}

findings contains {
	"resource": devices.compliance_resource(policy),
	"message": message(levels(policy)),
	"evidence": object.union({"type": policy.type, "assigned_to": policy.targets}, policy.threat_seen),
	"key": {"question": "threat"},
	"depends_on": array.concat(devices.on_assignment(policy), ["threat level" | "unknown" in levels(policy)]),
} if {
	some policy in devices.judged
	judged(policy)
	count(levels(policy) & permitted) == 0
}

message(found) := "The snapshot does not tell at which threat level a device is still compliant." if {
	"unknown" in found
} else := "A device can be compliant whatever threat was found on it." if {
	count(found - {"none", "high"}) == 0
} else := sprintf("A device can be compliant at the threat level %s.", [strictest(found)])

strictest(found) := [level | some level in order; level in found][0]

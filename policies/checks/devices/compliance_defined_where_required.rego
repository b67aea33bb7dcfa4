# METADATA
# title: Where a compliant device is asked for, a policy says what that is
# description: >-
#   Looks at each enabled Conditional Access policy with the grant control compliantDevice, and at each platform that
#   it is about: an assigned compliance policy of Intune has to say what compliant means there, or devices without a
#   policy have to count as not compliant. Whether every device of a platform gets one is the subject of DV001. Linux
#   is left out, since its policies are kept elsewhere.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity/conditional-access/policy-all-users-device-compliance
#     description: Compliant devices in Conditional Access
#   - ref: https://learn.microsoft.com/intune/intune-service/protect/device-compliance-get-started
#     description: Compliance policies of Intune
# custom:
#   id: DV002
#   severity: high
#   requires: [conditional_access_policies, device_compliance_policies]
#   refines: [device_management_settings]
#   facts: [device_compliance]
#   licences: [intune]
#   tags: [devices, conditional-access]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: devices, effort: medium, user_impact: medium}
#   rationale: >-
#     The policy asks for a compliant device, and every enrolled device of that platform is one, whatever its state:
#     unencrypted, rooted, out of date. The control that replaces the second factor then stands for nothing, and
#     nobody sees it in the policy.
#   remediation: >-
#     Intune admin center > Devices > Compliance > Create policy for the platform, and assign it; then Compliance
#     settings: Mark devices with no compliance policy assigned as Not compliant (Graph: secureByDefault true in
#     /deviceManagement/settings).
#   parameters:
#     platforms:
#       type: array
#       default: [windows, macOS, iOS, android]
#       meaning: >-
#         Platforms for which a compliance policy is expected, as Conditional Access names them: those that Intune
#         judges by policies of this kind.
#   mappings:
#     mitre_attack: [T1078.004]
#     nist_800_53: [AC-3, CM-6, IA-3]
package tenantlint.checks.devices.compliance_defined_where_required

import data.tenantlint.lib.devices
import data.tenantlint.lib.findings as lib
import data.tenantlint.lib.settings
import rego.v1

leaning := input.facts.device_compliance.leaning

defined := {policy.platform | some policy in devices.policies; policy.assigned == true}

perhaps := {policy.platform | some policy in devices.judged}

not_applicable contains "No enabled policy asks for a compliant device." if count(leaning) == 0

# Devices without a policy: true when they count as not compliant, null when that is not told.
strict := settings.truth(settings.value(
	lib.block(input, ["collections", "device_management_settings"]),
	"secureByDefault",
))

undefined(policy) := sort([platform |
	some platform in policy.platforms
	lower(platform) in {lower(named) | some named in input.parameters.platforms}
	not platform in defined
])

findings contains finding if {
	strict != true
	some policy in leaning
	platforms := undefined(policy)
	count(platforms) > 0
	unknown := array.concat(
		["secureByDefault" | strict == null],
		["assignments" | every platform in platforms { platform in perhaps }],
	)
	finding := {
		"resource": lib.resource("conditionalAccessPolicy", policy.id, policy.name),
		"message": message(platforms, unknown),
		"evidence": {"platforms": platforms, "secureByDefault": strict},
		"key": {"platforms": platforms},
		"pointer": "/grantControls/builtInControls",
		"depends_on": unknown,
	}
}

message(platforms, unknown) := sprintf(
	"The policy asks for a compliant device; on %s no compliance policy says what that is, and every enrolled one is.",
	[concat(", ", platforms)],
) if {
	count(unknown) == 0
} else := sprintf("The snapshot does not tell what makes a device compliant on %s.", [concat(", ", platforms)])

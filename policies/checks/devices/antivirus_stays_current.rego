# METADATA
# title: Antivirus policies update within hours and scan by plan
# description: >-
#   Looks at how often signatures are updated, whether that happens before a scan, and whether a day for scans is set.
#   Judged are the antivirus policies of endpoint security that are assigned and set the antivirus itself, together
#   with those that surely reach the same devices; what none of them sets is what Windows does by default. Policies of
#   the settings catalog are not read.
# related_resources:
#   - ref: https://learn.microsoft.com/intune/intune-service/protect/endpoint-security-antivirus-policy
#     description: Antivirus policies of endpoint security
#   - ref: https://learn.microsoft.com/windows/client-management/mdm/policy-csp-defender
#     description: The settings of Windows' antivirus and their defaults
# custom:
#   id: DV018
#   severity: medium
#   requires: [device_management_configuration_policies]
#   facts: [antivirus]
#   licences: [intune]
#   tags: [devices, antivirus, strict]
#   bucket: situational
#   lenses: {risk_reduction: medium, scope: devices, effort: low, user_impact: low}
#   rationale: >-
#     Signatures of yesterday do not know the malware of today. A device that updates once a day, or scans what is
#     stored on it never, keeps what came in before it was known.
#   remediation: >-
#     Intune admin center > Endpoint security > Antivirus > the policy: Signature Update Interval: 4 or fewer, Check
#     For Signatures Before Running Scan: Enabled, Schedule Scan Day: any but No scheduled scan. In Graph: settings of
#     /deviceManagement/configurationPolicies/{id}, such as
#     device_vendor_msft_policy_config_defender_signatureupdateinterval.
#   parameters:
#     max_hours:
#       type: integer
#       default: 4
#       meaning: >-
#         Hours between updates of signatures. Four, as Microsoft publishes several times a day.
#   mappings:
#     maester: [MT.1158, MT.1160, MT.1163]
#     mitre_attack: [T1562.001, T1204]
#     nist_800_53: [SI-3]
package tenantlint.checks.devices.antivirus_stays_current

import data.tenantlint.lib.antivirus
import rego.v1

asks := [
	{
		"setting": "signatureupdateinterval",
		"least": 1,
		"most": input.parameters.max_hours,
		"default": 8,
		"observed": "Signatures are updated too seldom",
	},
	{
		"setting": "checkforsignaturesbeforerunningscan",
		"allowed": [1],
		"default": 0,
		"observed": "Scans run with signatures that may be old",
	},
	{"setting": "schedulescanday", "least": 0, "most": 7, "default": 0, "observed": "No scan is planned"},
]

findings contains finding if some finding in antivirus.wrong(asks)

not_applicable contains reason if some reason in antivirus.not_applicable

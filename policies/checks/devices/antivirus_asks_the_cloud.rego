# METADATA
# title: Antivirus policies use the cloud and block what it suspects
# description: >-
#   Looks at whether the antivirus asks the cloud about files that it does not know, sends it samples, waits for its
#   answer and blocks at a high level. Judged are the antivirus policies of endpoint security that are assigned and
#   set the antivirus itself, together with those that surely reach the same devices; what none of them sets is what
#   Windows does by default. Policies of the settings catalog are not read.
# related_resources:
#   - ref: https://learn.microsoft.com/intune/intune-service/protect/endpoint-security-antivirus-policy
#     description: Antivirus policies of endpoint security
#   - ref: https://learn.microsoft.com/windows/client-management/mdm/policy-csp-defender
#     description: The settings of Windows' antivirus and their defaults
# custom:
#   id: DV017
#   severity: medium
#   requires: [device_management_configuration_policies]
#   facts: [antivirus]
#   licences: [intune]
#   tags: [devices, antivirus, strict]
#   bucket: situational
#   lenses: {risk_reduction: medium, scope: devices, effort: low, user_impact: low}
#   rationale: >-
#     New malware is in no list of signatures for hours; the cloud knows it in seconds. An antivirus that does not
#     ask, or does not wait for the answer, lets the first wave of every campaign through.
#   remediation: >-
#     Intune admin center > Endpoint security > Antivirus > the policy: Allow Cloud Protection: Allowed, Cloud Block
#     Level: High, Cloud Extended Timeout: 50, Submit Samples Consent: Send safe samples automatically. In Graph:
#     settings of /deviceManagement/configurationPolicies/{id}, such as
#     device_vendor_msft_policy_config_defender_cloudblocklevel.
#   parameters:
#     min_seconds:
#       type: integer
#       default: 30
#       meaning: >-
#         Seconds beyond the first ten that a suspicious file waits for the cloud. Thirty, since most answers come
#         within that time; the service permits fifty.
#   mappings:
#     maester: [MT.1150, MT.1161, MT.1162, MT.1171]
#     mitre_attack: [T1562.001, T1204]
#     nist_800_53: [SI-3]
package tenantlint.checks.devices.antivirus_asks_the_cloud

import data.tenantlint.lib.antivirus
import rego.v1

asks := [
	{
		"setting": "allowcloudprotection",
		"allowed": [1],
		"default": 1,
		"observed": "The cloud is not asked",
	},
	{
		"setting": "cloudblocklevel",
		"allowed": [2, 4, 6],
		"default": 0,
		"observed": "The cloud blocks what is certain only",
	},
	{
		"setting": "cloudextendedtimeout",
		"least": input.parameters.min_seconds,
		"default": 0,
		"observed": "Suspicious files run before the cloud has answered",
	},
	{
		"setting": "submitsamplesconsent",
		"allowed": [1, 3],
		"default": 1,
		"observed": "No samples go to the cloud by themselves",
	},
]

findings contains finding if some finding in antivirus.wrong(asks)

not_applicable contains reason if some reason in antivirus.not_applicable

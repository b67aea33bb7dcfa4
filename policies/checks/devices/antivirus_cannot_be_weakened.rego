# METADATA
# title: Antivirus policies block what is unwanted and cannot be weakened
# description: >-
#   Looks at whether unwanted applications and known bad addresses are blocked and not only noted, whether local
#   administrators can add exceptions, and how long what was found is kept; 0 days means for ever. Judged are the
#   antivirus policies of endpoint security that are assigned and set the antivirus itself, together with those that
#   surely reach the same devices; what none of them sets is what Windows does by default. Policies of the settings
#   catalog are not read.
# related_resources:
#   - ref: https://learn.microsoft.com/intune/intune-service/protect/endpoint-security-antivirus-policy
#     description: Antivirus policies of endpoint security
#   - ref: https://learn.microsoft.com/windows/client-management/mdm/policy-csp-defender
#     description: The settings of Windows' antivirus and their defaults
# custom:
#   id: DV019
#   severity: medium
#   requires: [device_management_configuration_policies]
#   facts: [antivirus]
#   licences: [intune]
#   tags: [devices, antivirus, strict]
#   bucket: situational
#   lenses: {risk_reduction: medium, scope: devices, effort: low, user_impact: low}
#   rationale: >-
#     Attackers do not switch the antivirus off, they add an exception for their folder. Unwanted programs and bad
#     addresses are how they come in, and what was found and thrown away at once cannot be looked at afterwards.
#   remediation: >-
#     Intune admin center > Endpoint security > Antivirus > the policy: Disable Local Admin Merge: Disable Local Admin
#     Merge, PUA Protection: on, Enable Network Protection: Enabled (block mode), Days To Retain Cleaned Malware: 30
#     or more. In Graph: settings of /deviceManagement/configurationPolicies/{id}, such as
#     device_vendor_msft_defender_configuration_disablelocaladminmerge.
#   parameters:
#     min_days:
#       type: integer
#       default: 30
#       meaning: >-
#         Days that what was found is kept at the least. Thirty, so that an investigation still finds it.
#   mappings:
#     maester: [MT.1164, MT.1165, MT.1166, MT.1168]
#     mitre_attack: [T1562.001, T1204]
#     nist_800_53: [SI-3]
package tenantlint.checks.devices.antivirus_cannot_be_weakened

import data.tenantlint.lib.antivirus
import rego.v1

asks := [
	{
		"setting": "puaprotection",
		"allowed": [1],
		"default": 0,
		"observed": "Unwanted applications are not blocked",
	},
	{
		"setting": "enablenetworkprotection",
		"allowed": [1],
		"default": 0,
		"observed": "Known bad addresses are not blocked",
	},
	{
		"setting": "disablelocaladminmerge",
		"allowed": [1],
		"default": 0,
		"observed": "Local administrators add exceptions",
	},
	{
		"setting": "daystoretaincleanedmalware",
		"allowed": [0],
		"least": input.parameters.min_days,
		"default": 0,
		"observed": "What was found is thrown away too soon",
	},
]

findings contains finding if some finding in antivirus.wrong(asks)

not_applicable contains reason if some reason in antivirus.not_applicable

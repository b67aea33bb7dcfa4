# METADATA
# title: Antivirus policies keep every kind of scan on
# description: >-
#   Looks at whether archives, behaviour, mail, scripts, files as they are opened, removable drives and network files
#   are scanned, in both directions. Judged are the antivirus policies of endpoint security that are assigned and set
#   the antivirus itself, together with those that surely reach the same devices; what none of them sets is what
#   Windows does by default. Policies of the settings catalog are not read.
# related_resources:
#   - ref: https://learn.microsoft.com/intune/intune-service/protect/endpoint-security-antivirus-policy
#     description: Antivirus policies of endpoint security
#   - ref: https://learn.microsoft.com/windows/client-management/mdm/policy-csp-defender
#     description: The settings of Windows' antivirus and their defaults
# custom:
#   id: DV016
#   severity: medium
#   requires: [device_management_configuration_policies]
#   facts: [antivirus]
#   licences: [intune]
#   tags: [devices, antivirus, strict]
#   bucket: situational
#   lenses: {risk_reduction: medium, scope: devices, effort: low, user_impact: low}
#   rationale: >-
#     Each kind of scan that is off is a way in: a script that was not looked at, a drive that was plugged in, an
#     attachment inside an archive. Malware that runs on one device acts as whoever is signed in there.
#   remediation: >-
#     Intune admin center > Endpoint security > Antivirus > the policy: Allow Archive Scanning, Allow Behavior
#     Monitoring, Allow Email Scanning, Allow Realtime Monitoring, Allow Script Scanning, Allow Scanning Network
#     Files, Allow Full Scan Removable Drive Scanning: Allowed; Real Time Scan Direction: both. In Graph: settings of
#     /deviceManagement/configurationPolicies/{id}, such as
#     device_vendor_msft_policy_config_defender_allowemailscanning.
#   mappings:
#     maester: [MT.1148, MT.1149, MT.1151, MT.1152, MT.1153, MT.1154, MT.1156, MT.1167]
#     mitre_attack: [T1562.001, T1204]
#     nist_800_53: [SI-3]
package tenantlint.checks.devices.antivirus_watches_everything

import data.tenantlint.lib.antivirus
import data.tenantlint.lib.findings as lib
import rego.v1

asks := [
	scan("allowarchivescanning", 1, "Archives are not scanned"),
	scan("allowbehaviormonitoring", 1, "Behaviour of programs is not watched"),
	scan("allowemailscanning", 0, "Mail is not scanned"),
	scan("allowfullscanremovabledrivescanning", 1, "Removable drives are not scanned"),
	scan("allowrealtimemonitoring", 1, "Files are not scanned as they are opened"),
	scan("allowscanningnetworkfiles", 1, "Files in the network are not scanned"),
	scan("allowscriptscanning", 1, "Scripts are not scanned"),
	{
		"setting": "realtimescandirection",
		"allowed": [0],
		"default": 0,
		"observed": "Files are scanned in one direction only",
	},
]

scan(setting, usual, observed) := {
	"setting": setting,
	"allowed": [1],
	"default": usual,
	"observed": observed,
}

findings contains finding if some finding in antivirus.wrong(asks)

findings contains {
	"resource": lib.tenant,
	"message": "No antivirus policy is assigned to Windows devices.",
	"evidence": {"policies": [policy.name | some policy in antivirus.policies]},
} if {
	count(antivirus.judged) == 0
}

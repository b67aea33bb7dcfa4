# METADATA
# title: What users report reaches the security team
# description: >-
#   Messages that users report as phishing or junk have to be sent to an address of the organization (or a tool of
#   others with an address), and reports of Teams messages have to be taken. Reports that go to Microsoft alone teach
#   its filter and nobody here.
# related_resources:
#   - ref: https://learn.microsoft.com/defender-office-365/submissions-user-reported-messages-custom-mailbox
#     description: User reported settings
# custom:
#   id: DO047
#   severity: medium
#   requires: [report_submission_policies]
#   tags: [mail, teams, monitoring, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: all_users, effort: low, user_impact: none}
#   rationale: >-
#     The first person who sees through an attack is often the only warning. When the report reaches somebody who can
#     look for the same message elsewhere, the others are spared; when it goes nowhere, people stop reporting.
#   remediation: >-
#     Microsoft Defender portal, Settings, Email & collaboration, User reported settings: send reports to Microsoft
#     and to a mailbox of your own, and monitor reported messages in Teams (Set-ReportSubmissionPolicy
#     -ReportPhishToCustomizedAddress $true -ReportPhishAddresses address, and the same for junk).
#   mappings:
#     cis_m365: ["8.6.1"]
#     prowler: [defender_chat_report_policy_configured]
#     mitre_attack: [T1566]
#     nist_800_53: [IR-6]
package tenantlint.checks.defender_office.user_reports_reach_somebody

import data.tenantlint.lib.exchange
import data.tenantlint.lib.findings as results
import data.tenantlint.lib.mail_settings
import rego.v1

wants := [
	{
		"any": [own("ReportPhishToCustomizedAddress", "ReportPhishAddresses"), third_party],
		"words": "sends reported phishing to nobody in the organization",
	},
	{
		"any": [own("ReportJunkToCustomizedAddress", "ReportJunkAddresses"), third_party],
		"words": "sends reported junk to nobody in the organization",
	},
	{
		"any": [
			[{"property": "ReportChatMessageToCustomizedAddressEnabled", "is": true}],
			[{"property": "ReportChatMessageEnabled", "is": true}],
		],
		"words": "takes no reports of messages in Teams",
	},
]

own(switch, list) := [{"property": switch, "is": true}, {"property": list, "filled": true}]

third_party := own("EnableThirdPartyAddress", "ThirdPartyReportAddresses")

policies := results.collection("report_submission_policies")

findings contains finding if {
	some policy in policies
	resource := exchange.resource("reportSubmissionPolicy", policy)
	some want in wants
	one := mail_settings.verdict({"layer": "", "name": resource.name, "policy": policy, "policy_unknown": null}, want)
	one.state != "good"
	finding := {
		"resource": resource,
		"key": want.words,
		"message": sprintf("The policy for what users report %s%s.", [certainty(one.state), want.words]),
		"depends_on": sort({unknown | one.state == "unknown"; some unknown in one.unknowns}),
		"evidence": {name: object.get(policy, name, null) | some name in one.properties},
	}
}

certainty(state) := "perhaps " if {
	state == "unknown"
} else := ""

# There is none until somebody opens the page, and reports then go to Microsoft alone.
findings contains {
	"resource": results.tenant,
	"message": "Nobody has set where that goes which users report.",
	"evidence": {"report_submission_policies": []},
} if {
	count(policies) == 0
}

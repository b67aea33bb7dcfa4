# METADATA
# title: Malware and phishing in Teams messages are taken out later
# description: >-
#   Zero-hour auto purge for Teams (ZapEnabled of the Teams protection policy) has to be on. Not told is never taken
#   for on.
# related_resources:
#   - ref: https://learn.microsoft.com/defender-office-365/mdo-support-teams-about
#     description: Defender for Office 365 in Teams
# custom:
#   id: DO032
#   severity: medium
#   requires: [teams_protection_policies]
#   licences: [defender_office_p2]
#   tags: [teams, phishing, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: all_users, effort: low, user_impact: low}
#   rationale: >-
#     Chats from outside and from stolen accounts carry the same links as mail, and people trust them more. When the
#     service learns that one of them is bad, the purge takes it out of every chat; without it the link waits for the
#     next reader.
#   remediation: >-
#     Microsoft Defender portal, Settings, Email & collaboration, Microsoft Teams protection, Zero-hour auto purge:
#     On (Set-TeamsProtectionPolicy -Identity "Teams Protection Policy" -ZapEnabled $true).
#   mappings:
#     cis_m365: ["2.4.4"]
#     prowler: [defender_zap_for_teams_enabled]
#     mitre_attack: [T1566.003]
#     nist_800_53: [SI-3]
package tenantlint.checks.defender_office.teams_messages_removed_after_delivery

import data.tenantlint.lib.exchange
import data.tenantlint.lib.findings as results
import data.tenantlint.lib.settings
import rego.v1

findings contains finding if {
	some policy in results.collection("teams_protection_policies")
	some finding in settings.switch({
		"resource": exchange.resource("teamsProtectionPolicy", policy),
		"object": policy,
		"property": "ZapEnabled",
		"wanted": true,
		"about": "whether zero-hour auto purge works in Teams",
		"observed": "Malware and phishing in Teams messages stay where they are when they are found later.",
	})
}

# METADATA
# title: People can report a message in Teams as a threat
# description: >-
#   Looks in every messaging policy at whether its users can report messages as a security risk. Where the reports
#   go is set in Defender and is not looked at here. Policies that Microsoft ships beside the global one (AllOn,
#   AllOff, Kiosk and their like) are left out: nobody can change them, and they are not meant to be assigned. To
#   whom a policy is assigned Teams' configuration does not tell.
# related_resources:
#   - ref: https://learn.microsoft.com/defender-office-365/submissions-teams
#     description: Reports of messages in Teams
#   - ref: https://learn.microsoft.com/powershell/module/microsoftteams/set-csteamsmessagingpolicy
#     description: Set-CsTeamsMessagingPolicy
# custom:
#   id: TM022
#   severity: medium
#   requires: [teams_messaging_policies]
#   tags: [teams, detection]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: all_users, effort: low, user_impact: none}
#   rationale: >-
#     The first person who doubts a message is often the only warning before the next one clicks. Without a button
#     the doubt stays with that person, and the attacker goes on writing to colleagues.
#   remediation: >-
#     Teams admin center, Messaging, Messaging policies, each policy: Report a security concern on
#     (Set-CsTeamsMessagingPolicy -Identity Global -AllowSecurityEndUserReporting $true).
#   mappings:
#     prowler: [teams_security_reporting_enabled]
#     mitre_attack: [T1566.003]
#     nist_800_53: [IR-6, SI-8]
package tenantlint.checks.teams.people_can_report_messages

import data.tenantlint.lib.teams
import rego.v1

findings contains finding if {
	some finding in teams.switches("teams_messaging_policies", {
		"property": "AllowSecurityEndUserReporting",
		"wanted": true,
		"about": "whether people can report a message as a threat",
		"observed": "gives people no way to report a message as a threat",
	})
}

# METADATA
# title: Staff do not chat in meetings of organizations that are not trusted
# description: >-
#   Looks in every meeting policy at whether its users can read and write chat in meetings that an organization
#   holds which the external access settings do not permit. Policies that Microsoft ships beside the global one
#   (AllOn, AllOff, Kiosk and their like) are left out: nobody can change them, and they are not meant to be
#   assigned. To whom a policy is assigned Teams' configuration does not tell.
# related_resources:
#   - ref: https://learn.microsoft.com/microsoftteams/manage-meeting-chat
#     description: Chat in meetings
#   - ref: https://learn.microsoft.com/powershell/module/microsoftteams/set-csteamsmeetingpolicy
#     description: Set-CsTeamsMeetingPolicy
# custom:
#   id: TM020
#   severity: low
#   requires: [teams_meeting_policies]
#   tags: [teams, meetings, strict]
#   bucket: situational
#   lenses: {risk_reduction: low, scope: all_users, effort: low, user_impact: medium}
#   rationale: >-
#     An invitation to a meeting gets a stranger around the list of permitted organizations: in that meeting's chat
#     links and files reach staff, and what staff write is kept by the other side.
#   remediation: >-
#     Teams admin center, Meetings, Meeting policies, each policy, Meeting engagement: External meeting chat off
#     (Set-CsTeamsMeetingPolicy -Identity Global -AllowExternalNonTrustedMeetingChat $false).
#   mappings:
#     prowler: [teams_meeting_external_chat_disabled]
#     cis_m365: ["8.5.8"]
#     mitre_attack: [T1566.003]
#     nist_800_53: [AC-4]
package tenantlint.checks.teams.no_chat_in_foreign_meetings

import data.tenantlint.lib.teams
import rego.v1

findings contains finding if {
	some finding in teams.switches("teams_meeting_policies", {
		"property": "AllowExternalNonTrustedMeetingChat",
		"wanted": false,
		"about": "whether people may write in meetings of organizations that are not trusted",
		"observed": "lets people write in meetings of organizations that are not trusted",
	})
}

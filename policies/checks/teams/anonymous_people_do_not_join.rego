# METADATA
# title: Anonymous people do not join meetings
# description: >-
#   Looks in every meeting policy at whether people without an account can join meetings of its users. Policies that
#   Microsoft ships beside the global one (AllOn, AllOff, Kiosk and their like) are left out: nobody can change
#   them, and they are not meant to be assigned. To whom a policy is assigned Teams' configuration does not tell.
# related_resources:
#   - ref: https://learn.microsoft.com/microsoftteams/anonymous-users-in-meetings
#     description: Anonymous participants in meetings
#   - ref: https://learn.microsoft.com/powershell/module/microsoftteams/set-csteamsmeetingpolicy
#     description: Set-CsTeamsMeetingPolicy
# custom:
#   id: TM017
#   severity: low
#   requires: [teams_meeting_policies]
#   tags: [teams, meetings, strict]
#   bucket: situational
#   lenses: {risk_reduction: low, scope: all_users, effort: low, user_impact: medium}
#   rationale: >-
#     An anonymous participant writes any name into the field. The person who admits them from the lobby has nothing
#     else to go by, and the record of the meeting has nothing that could be traced afterwards.
#   remediation: >-
#     Teams admin center, Meetings, Meeting policies, each policy, Meeting join & lobby: Anonymous users can join a
#     meeting off (Set-CsTeamsMeetingPolicy -Identity Global -AllowAnonymousUsersToJoinMeeting $false, and the same
#     for each custom policy).
#   mappings:
#     maester: [MT.1046]
#     prowler: [teams_meeting_anonymous_user_join_disabled]
#     secure_score: [meeting_restrictanonymousjoin_v1]
#     cis_m365: ["8.5.1"]
#     mitre_attack: [T1125]
#     nist_800_53: [SC-15a, IA-8]
package tenantlint.checks.teams.anonymous_people_do_not_join

import data.tenantlint.lib.teams
import rego.v1

findings contains finding if {
	some finding in teams.switches("teams_meeting_policies", {
		"property": "AllowAnonymousUsersToJoinMeeting",
		"wanted": false,
		"about": "whether anonymous people may join meetings",
		"observed": "lets anonymous people join meetings",
	})
}

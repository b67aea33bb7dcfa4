# METADATA
# title: Anonymous users cannot start Teams meetings
# description: >-
#   Looks in every meeting policy, the global one and those that are assigned to people (Tag:), at
#   AllowAnonymousUsersToStartMeeting. The setting reaches dial-in callers too, so it counts even where anonymous
#   users may not join. Policies that Microsoft ships beside the global one (AllOn, AllOff, Kiosk and their like) are
#   left out: nobody can change them, and they are not meant to be assigned. To whom a policy is assigned Teams'
#   configuration does not tell. A policy that does not tell the setting leaves the verdict open.
# related_resources:
#   - ref: https://learn.microsoft.com/microsoftteams/anonymous-users-in-meetings
#     description: Anonymous participants in meetings
#   - ref: https://learn.microsoft.com/powershell/module/teams/set-csteamsmeetingpolicy
#     description: Set-CsTeamsMeetingPolicy -AllowAnonymousUsersToStartMeeting
# custom:
#   id: TM002
#   severity: medium
#   requires: [teams_meeting_policies]
#   tags: [teams, meetings, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: low, scope: all_users, effort: low, user_impact: low}
#   rationale: >-
#     Meeting links travel in invitations and calendars. If a person without an account can start the meeting, an
#     outsider can use the organization's own meeting room unseen: to pose as its staff before invited partners, or
#     to wait in a room that employees then join without a lobby in between.
#   remediation: >-
#     Teams admin center, Meetings, Meeting policies, each policy, Meeting join & lobby: anonymous users and dial-in
#     callers can start a meeting: off. Set-CsTeamsMeetingPolicy -Identity Global
#     -AllowAnonymousUsersToStartMeeting $false, and the same for each custom policy.
#   mappings:
#     secure_score: [meeting_anonymousstartmeeting_v1]
#     scuba: [MS.TEAMS.1.2v2]
#     cis_m365: ["8.5.2"]
#     maester: [MT.1047]
#     prowler: [teams_meeting_anonymous_user_start_disabled]
#     nist_800_53: [SC-15a]
package tenantlint.checks.teams.anonymous_users_cannot_start_meetings

import data.tenantlint.lib.settings
import data.tenantlint.lib.teams
import rego.v1

policies := teams.policies("teams_meeting_policies")

findings contains finding if {
	some finding in teams.none("teams_meeting_policies", policies)
}

findings contains finding if {
	some policy in policies
	some finding in settings.switch(teams.asked("teams_meeting_policies", policy, {
		"property": "AllowAnonymousUsersToStartMeeting",
		"wanted": false,
		"about": "whether anonymous users may start meetings",
		"observed": "lets anonymous users and dial-in callers start meetings",
		"evidence": {"AllowAnonymousUsersToJoinMeeting": settings.value(policy, "AllowAnonymousUsersToJoinMeeting")},
	}))
}

# METADATA
# title: Callers by telephone wait in the lobby of meetings
# description: >-
#   Looks in every meeting policy at whether people who dial in by telephone are let in without waiting. Policies
#   that Microsoft ships beside the global one (AllOn, AllOff, Kiosk and their like) are left out: nobody can change
#   them, and they are not meant to be assigned. To whom a policy is assigned Teams' configuration does not tell.
# related_resources:
#   - ref: https://learn.microsoft.com/microsoftteams/who-can-bypass-meeting-lobby
#     description: Who can bypass the lobby
#   - ref: https://learn.microsoft.com/powershell/module/microsoftteams/set-csteamsmeetingpolicy
#     description: Set-CsTeamsMeetingPolicy
# custom:
#   id: TM006
#   severity: low
#   requires: [teams_meeting_policies]
#   tags: [teams, meetings, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: low, scope: all_users, effort: low, user_impact: low}
#   rationale: >-
#     A caller is a number in the list of participants and nothing more; numbers can be forged. With the conference
#     number and its code, which stand in every invitation, a stranger listens without a name or an account.
#   remediation: >-
#     Teams admin center, Meetings, Meeting policies, each policy, Meeting join & lobby: People dialing in can
#     bypass the lobby off (Set-CsTeamsMeetingPolicy -Identity Global -AllowPSTNUsersToBypassLobby $false, and the
#     same for each custom policy).
#   mappings:
#     scuba: [MS.TEAMS.1.3v1, MS.TEAMS.1.5v1]
#     maester: [MT.1042]
#     prowler: [teams_meeting_dial_in_lobby_bypass_disabled]
#     secure_score: [meeting_pstnusersbypasslobby_v1]
#     cis_m365: ["8.5.4"]
#     mitre_attack: [T1123]
#     nist_800_53: [SC-15a]
package tenantlint.checks.teams.callers_wait_in_the_lobby

import data.tenantlint.lib.teams
import rego.v1

findings contains finding if {
	some finding in teams.switches("teams_meeting_policies", {
		"property": "AllowPSTNUsersToBypassLobby",
		"wanted": false,
		"about": "whether callers by telephone wait in the lobby",
		"observed": "lets callers by telephone into meetings past the lobby",
	})
}

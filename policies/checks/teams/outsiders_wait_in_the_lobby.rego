# METADATA
# title: Anonymous people and people from outside wait in the lobby of meetings
# description: >-
#   Looks in every meeting policy at who is let in without waiting (AutoAdmittedUsers). Callers by telephone have a
#   switch of their own, which is TM006. Policies that Microsoft ships beside the global one (AllOn, AllOff, Kiosk
#   and their like) are left out: nobody can change them, and they are not meant to be assigned. To whom a policy is
#   assigned Teams' configuration does not tell.
# related_resources:
#   - ref: https://learn.microsoft.com/microsoftteams/who-can-bypass-meeting-lobby
#     description: Who can bypass the lobby
#   - ref: https://learn.microsoft.com/powershell/module/microsoftteams/set-csteamsmeetingpolicy
#     description: Set-CsTeamsMeetingPolicy
# custom:
#   id: TM004
#   severity: medium
#   requires: [teams_meeting_policies]
#   tags: [teams, meetings, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: all_users, effort: low, user_impact: low}
#   rationale: >-
#     Links to meetings are passed on with invitations, calendars and chats. Where strangers enter past the lobby,
#     whoever holds the link sits in the meeting, hears what is said and sees what is shown before anybody notices
#     the name in the list.
#   remediation: >-
#     Teams admin center, Meetings, Meeting policies, each policy, Meeting join & lobby: Who can bypass the lobby:
#     People in my org, or stricter (Set-CsTeamsMeetingPolicy -Identity Global -AutoAdmittedUsers
#     EveryoneInCompanyExcludingGuests, and the same for each custom policy).
#   parameters:
#     accepted:
#       type: array
#       default: ["EveryoneInCompany", "EveryoneInCompanyExcludingGuests", "InvitedUsers", "OrganizerOnly"]
#       meaning: >-
#         who may enter without waiting; the default accepts everything that keeps uninvited strangers in the lobby,
#         and not EveryoneInSameAndFederatedCompany, which with open federation is every organization
#   mappings:
#     scuba: [MS.TEAMS.1.3v1]
#     maester: [MT.1045]
#     prowler: [teams_meeting_external_lobby_bypass_disabled]
#     secure_score: [meeting_autoadmitusers_v1]
#     cis_m365: ["8.5.3"]
#     mitre_attack: [T1078, T1125]
#     nist_800_53: [SC-15a]
package tenantlint.checks.teams.outsiders_wait_in_the_lobby

import data.tenantlint.lib.teams
import rego.v1

findings contains finding if {
	some finding in teams.choices("teams_meeting_policies", {
		"property": "AutoAdmittedUsers",
		"allowed": input.parameters.accepted,
		"known": teams.admitted,
		"about": "who waits in the lobby",
		"observed": "lets people from outside into meetings past the lobby",
	})
}

# METADATA
# title: Anonymous people do not write in meeting chats
# description: >-
#   Looks in every meeting policy at whether people without an account can write in the chat of a meeting. A policy
#   under which they cannot join at all is fine, whatever it says of the chat. Policies that Microsoft ships beside
#   the global one (AllOn, AllOff, Kiosk and their like) are left out: nobody can change them, and they are not
#   meant to be assigned. To whom a policy is assigned Teams' configuration does not tell.
# related_resources:
#   - ref: https://learn.microsoft.com/microsoftteams/manage-meeting-chat
#     description: Chat in meetings
#   - ref: https://learn.microsoft.com/powershell/module/microsoftteams/set-csteamsmeetingpolicy
#     description: Set-CsTeamsMeetingPolicy
# custom:
#   id: TM019
#   severity: low
#   requires: [teams_meeting_policies]
#   tags: [teams, meetings]
#   bucket: situational
#   lenses: {risk_reduction: low, scope: all_users, effort: low, user_impact: low}
#   rationale: >-
#     A link in a meeting's chat is clicked by people who trust the room they are in. Nothing says who the anonymous
#     writer was once the meeting is over.
#   remediation: >-
#     Teams admin center, Meetings, Meeting policies, each policy, Meeting engagement: Meeting chat: On for everyone
#     but anonymous users (Set-CsTeamsMeetingPolicy -Identity Global -MeetingChatEnabledType
#     EnabledExceptAnonymous).
#   mappings:
#     prowler: [teams_meeting_chat_anonymous_users_disabled]
#     cis_m365: ["8.5.5"]
#     mitre_attack: [T1566.003]
#     nist_800_53: [SC-15a]
package tenantlint.checks.teams.anonymous_people_do_not_chat

import data.tenantlint.lib.settings
import data.tenantlint.lib.teams
import rego.v1

# Anonymous people who cannot join do not write, either.
open_policies := [policy |
	some policy in teams.policies("teams_meeting_policies")
	not settings.truth(settings.value(policy, "AllowAnonymousUsersToJoinMeeting")) == false
]

findings contains finding if {
	some finding in teams.none("teams_meeting_policies", teams.policies("teams_meeting_policies"))
}

findings contains finding if {
	some policy in open_policies
	some finding in settings.choice(teams.asked("teams_meeting_policies", policy, {
		"property": "MeetingChatEnabledType",
		"allowed": ["Disabled", "EnabledExceptAnonymous", "EnabledInMeetingOnlyForAllExceptAnonymous"],
		"known": ["Disabled", "Enabled", "EnabledExceptAnonymous", "EnabledInMeetingOnlyForAllExceptAnonymous"],
		"about": "whether anonymous people may write in meeting chats",
		"observed": "lets anonymous people write in meeting chats",
		"evidence": {"AllowAnonymousUsersToJoinMeeting": settings.value(policy, "AllowAnonymousUsersToJoinMeeting")},
	}))
}

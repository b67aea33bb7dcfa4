# METADATA
# title: Anonymous users cannot start Teams meetings
# description: >-
#   Looks at every meeting policy, the global one and those that are assigned to people (Tag:), for
#   AllowAnonymousUsersToStartMeeting. The setting reaches dial-in callers too, so it counts even where anonymous
#   users may not join. Which policy a user has is not looked at: a policy that allows it is one assignment away. A
#   policy that does not tell the setting leaves the verdict open.
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

import data.tenantlint.lib.findings as results
import rego.v1

property := "AllowAnonymousUsersToStartMeeting"

policies := results.collection("teams_meeting_policies")

name_of(policy) := results.text(object.get(policy, "Identity", null), "unknown")

finding(policy, message, depends_on) := {
	"resource": results.resource("teamsMeetingPolicy", name, name),
	"message": sprintf("The meeting policy %s %s.", [name, message]),
	"depends_on": depends_on,
	"evidence": {
		property: object.get(policy, property, null),
		"AllowAnonymousUsersToJoinMeeting": object.get(policy, "AllowAnonymousUsersToJoinMeeting", null),
	},
	"pointer": sprintf("/%s", [property]),
} if {
	name := name_of(policy)
}

findings contains finding(policy, "lets anonymous users and dial-in callers start meetings", []) if {
	some policy in policies
	object.get(policy, property, null) == true
}

findings contains finding(policy, "does not tell whether anonymous users may start meetings", [unknown]) if {
	some policy in policies
	not is_boolean(object.get(policy, property, null))
	unknown := sprintf("%s of the meeting policy %s", [property, name_of(policy)])
}

# Every tenant has the global policy: a list without any is not the whole list.
findings contains missing if {
	count(policies) == 0
	missing := {
		"resource": results.tenant,
		"message": "The snapshot holds no meeting policy, not even the global one.",
		"depends_on": ["the meeting policies of Teams"],
		"evidence": {},
	}
}

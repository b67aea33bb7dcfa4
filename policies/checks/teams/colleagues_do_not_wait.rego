# METADATA
# title: Colleagues enter meetings without waiting in the lobby
# description: >-
#   Looks in the global meeting policy at whether people of the organization are let in directly. CISA asks for it,
#   so that the check is part of the profile scuba only: a stricter lobby is no weakness. Other policies may keep
#   colleagues waiting for the meetings of those who have them.
# related_resources:
#   - ref: https://learn.microsoft.com/microsoftteams/who-can-bypass-meeting-lobby
#     description: Who can bypass the lobby
#   - ref: https://learn.microsoft.com/powershell/module/microsoftteams/set-csteamsmeetingpolicy
#     description: Set-CsTeamsMeetingPolicy
# custom:
#   id: TM005
#   severity: low
#   requires: [teams_meeting_policies]
#   tags: [teams, meetings, peer-only]
#   bucket: situational
#   lenses: {risk_reduction: low, scope: all_users, effort: low, user_impact: low}
#   rationale: >-
#     A lobby that is full of colleagues at every meeting trains organizers to admit everybody with one click. The
#     stranger among them is let in with the rest, and the lobby protects nothing.
#   remediation: >-
#     Teams admin center, Meetings, Meeting policies, Global, Meeting join & lobby: Who can bypass the lobby: People
#     in my org (Set-CsTeamsMeetingPolicy -Identity Global -AutoAdmittedUsers EveryoneInCompany).
#   mappings:
#     scuba: [MS.TEAMS.1.4v1]
#     nist_800_53: [AC-3]
package tenantlint.checks.teams.colleagues_do_not_wait

import data.tenantlint.lib.findings as results
import data.tenantlint.lib.settings
import data.tenantlint.lib.teams
import rego.v1

policies := teams.global_policies("teams_meeting_policies")

findings contains finding if {
	some policy in policies
	some finding in settings.choice(teams.asked("teams_meeting_policies", policy, {
		"property": "AutoAdmittedUsers",
		"allowed": [
			"Everyone",
			"EveryoneInSameAndFederatedCompany",
			"EveryoneInCompany",
			"EveryoneInCompanyExcludingGuests",
		],
		"known": teams.admitted,
		"about": "whether colleagues wait in the lobby",
		"observed": "keeps colleagues waiting in the lobby",
	}))
}

findings contains {
	"resource": results.tenant,
	"message": "The snapshot does not hold the global meeting policy.",
	"depends_on": ["the global meeting policy"],
	"evidence": {},
} if {
	count(policies) == 0
}

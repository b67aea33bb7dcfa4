# METADATA
# title: Meetings are recorded only by people who were given leave to
# description: >-
#   Looks in the global meeting policy, which everybody has who was given no other, at whether meetings can be
#   recorded. A policy of its own for those who record is the exception that the title means; the evidence names
#   such policies. Whether recordings expire is not looked at.
# related_resources:
#   - ref: https://learn.microsoft.com/microsoftteams/meeting-recording
#     description: Meeting recording
#   - ref: https://learn.microsoft.com/powershell/module/microsoftteams/set-csteamsmeetingpolicy
#     description: Set-CsTeamsMeetingPolicy
# custom:
#   id: TM007
#   severity: low
#   requires: [teams_meeting_policies]
#   tags: [teams, meetings, strict]
#   bucket: situational
#   lenses: {risk_reduction: low, scope: all_users, effort: low, user_impact: medium}
#   rationale: >-
#     A recording keeps what was said in confidence, with faces and shared screens, as a file that is shared and
#     searched like any other. A thief of one account takes months of meetings along with the documents.
#   remediation: >-
#     Teams admin center, Meetings, Meeting policies, Global, Recording & transcription: Meeting recording off
#     (Set-CsTeamsMeetingPolicy -Identity Global -AllowCloudRecording $false). Give a policy of its own to those who
#     need to record.
#   mappings:
#     scuba: [MS.TEAMS.1.6v1]
#     prowler: [teams_meeting_recording_disabled]
#     cis_m365: ["8.5.9"]
#     mitre_attack: [T1125, T1123]
#     nist_800_53: [CM-7]
package tenantlint.checks.teams.recording_by_exception

import data.tenantlint.lib.findings as results
import data.tenantlint.lib.settings
import data.tenantlint.lib.teams
import rego.v1

policies := teams.global_policies("teams_meeting_policies")

exceptions := sort([teams.name(policy) |
	some policy in teams.policies("teams_meeting_policies")
	not teams.is_global(policy)
	settings.truth(settings.value(policy, "AllowCloudRecording")) == true
])

findings contains finding if {
	some policy in policies
	some finding in settings.switch(teams.asked("teams_meeting_policies", policy, {
		"property": "AllowCloudRecording",
		"wanted": false,
		"about": "whether meetings can be recorded",
		"observed": "lets people record meetings",
		"evidence": {"other policies that let people record": exceptions},
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

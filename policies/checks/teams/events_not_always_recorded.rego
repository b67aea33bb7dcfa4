# METADATA
# title: Live events are recorded only when the organizer chooses to
# description: >-
#   Looks in every policy for live events at whether each event is recorded whatever the organizer wants. Policies
#   that Microsoft ships beside the global one (AllOn, AllOff, Kiosk and their like) are left out: nobody can change
#   them, and they are not meant to be assigned. To whom a policy is assigned Teams' configuration does not tell.
# related_resources:
#   - ref: https://learn.microsoft.com/microsoftteams/teams-live-events/set-teams-live-events-policies-using-powershell
#     description: Policies for live events
#   - ref: https://learn.microsoft.com/powershell/module/microsoftteams/set-csteamsmeetingbroadcastpolicy
#     description: Set-CsTeamsMeetingBroadcastPolicy
# custom:
#   id: TM008
#   severity: low
#   requires: [teams_meeting_broadcast_policies]
#   tags: [teams, meetings, strict]
#   bucket: situational
#   lenses: {risk_reduction: low, scope: all_users, effort: low, user_impact: low}
#   rationale: >-
#     What is recorded without a decision is kept without an owner: nobody thinks of deleting it, or of who may
#     watch it. Questions and answers of an internal event then lie open for whoever finds the file.
#   remediation: >-
#     Teams admin center, Meetings, Live events policies, each policy: Record an event: Organizer can record or
#     Never record (Set-CsTeamsMeetingBroadcastPolicy -Identity Global -BroadcastRecordingMode UserOverride).
#   mappings:
#     scuba: [MS.TEAMS.1.7v2]
#     mitre_attack: [T1125]
#     nist_800_53: [AC-21a]
package tenantlint.checks.teams.events_not_always_recorded

import data.tenantlint.lib.teams
import rego.v1

findings contains finding if {
	some finding in teams.choices("teams_meeting_broadcast_policies", {
		"property": "BroadcastRecordingMode",
		"allowed": ["AlwaysDisabled", "UserOverride"],
		"known": ["AlwaysEnabled", "AlwaysDisabled", "UserOverride"],
		"about": "whether events are always recorded",
		"observed": "records every event",
	})
}

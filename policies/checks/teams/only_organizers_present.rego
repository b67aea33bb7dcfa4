# METADATA
# title: Only organizers and those whom they name present in meetings
# description: >-
#   Looks in every meeting policy at who presents when the organizer chooses nothing else. Policies that Microsoft
#   ships beside the global one (AllOn, AllOff, Kiosk and their like) are left out: nobody can change them, and they
#   are not meant to be assigned. To whom a policy is assigned Teams' configuration does not tell.
# related_resources:
#   - ref: https://learn.microsoft.com/microsoftteams/meeting-who-present-request-control
#     description: Who can present and request control
#   - ref: https://learn.microsoft.com/powershell/module/microsoftteams/set-csteamsmeetingpolicy
#     description: Set-CsTeamsMeetingPolicy
# custom:
#   id: TM018
#   severity: low
#   requires: [teams_meeting_policies]
#   tags: [teams, meetings, strict]
#   bucket: situational
#   lenses: {risk_reduction: low, scope: all_users, effort: low, user_impact: medium}
#   rationale: >-
#     Presenters share their screen, admit people from the lobby, mute and remove others and start recordings. Where
#     everybody is one, the stranger who got in can do all of that, too.
#   remediation: >-
#     Teams admin center, Meetings, Meeting policies, each policy, Content sharing: Who can present: Only organizers
#     and co-organizers (Set-CsTeamsMeetingPolicy -Identity Global -DesignatedPresenterRoleMode
#     OrganizerOnlyUserOverride).
#   mappings:
#     maester: [MT.1037]
#     prowler: [teams_meeting_presenters_restricted]
#     secure_score: [meeting_designatedpresenter_v1]
#     cis_m365: ["8.5.6"]
#     nist_800_53: [SC-15a]
package tenantlint.checks.teams.only_organizers_present

import data.tenantlint.lib.teams
import rego.v1

findings contains finding if {
	some finding in teams.choices("teams_meeting_policies", {
		"property": "DesignatedPresenterRoleMode",
		"allowed": ["OrganizerOnlyUserOverride"],
		"known": [
			"EveryoneUserOverride",
			"EveryoneInCompanyUserOverride",
			"EveryoneInSameAndFederatedCompanyUserOverride",
			"OrganizerOnlyUserOverride",
		],
		"about": "who presents",
		"observed": "lets others than the organizers present from the start",
	})
}

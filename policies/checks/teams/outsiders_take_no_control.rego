# METADATA
# title: People from outside cannot take control of a shared screen
# description: >-
#   Looks in every meeting policy at whether participants from outside the organization can be given control of a
#   shared desktop or window, or ask for it. Policies that Microsoft ships beside the global one (AllOn, AllOff,
#   Kiosk and their like) are left out: nobody can change them, and they are not meant to be assigned. To whom a
#   policy is assigned Teams' configuration does not tell.
# related_resources:
#   - ref: https://learn.microsoft.com/microsoftteams/meeting-who-present-request-control
#     description: Who can present and request control
#   - ref: https://learn.microsoft.com/powershell/module/microsoftteams/set-csteamsmeetingpolicy
#     description: Set-CsTeamsMeetingPolicy
# custom:
#   id: TM003
#   severity: medium
#   requires: [teams_meeting_policies]
#   tags: [teams, meetings]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: all_users, effort: low, user_impact: low}
#   rationale: >-
#     Who holds control of a shared screen types and clicks with the rights of the person who shares it, inside
#     mail, files and administration portals that are open there. Callers who pose as support ask for exactly this,
#     and one careless yes is enough.
#   remediation: >-
#     Teams admin center, Meetings, Meeting policies, each policy, Content sharing: External participants can give
#     or request control off (Set-CsTeamsMeetingPolicy -Identity Global -AllowExternalParticipantGiveRequestControl
#     $false, and the same for each custom policy).
#   mappings:
#     scuba: [MS.TEAMS.1.1v1]
#     maester: [MT.1048]
#     prowler: [teams_meeting_external_control_disabled]
#     secure_score: [meeting_externalrequestcontrol_v1]
#     cis_m365: ["8.5.7"]
#     mitre_attack: [T1219, T1566.004]
#     nist_800_53: [AC-17a]
package tenantlint.checks.teams.outsiders_take_no_control

import data.tenantlint.lib.teams
import rego.v1

findings contains finding if {
	some finding in teams.switches("teams_meeting_policies", {
		"property": "AllowExternalParticipantGiveRequestControl",
		"wanted": false,
		"about": "whether people from outside may take control of a shared screen",
		"observed": "lets people from outside take control of a shared screen",
	})
}

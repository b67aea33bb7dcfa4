# METADATA
# title: Staff do not chat with private Teams accounts
# description: >-
#   Looks in the federation settings at whether staff can chat and meet with Teams accounts that no organization
#   manages, and counts external access policies that take this from all their users. Not applicable in the US
#   government clouds, which have no contact with private accounts.
# related_resources:
#   - ref: https://learn.microsoft.com/microsoftteams/trusted-organizations-external-meetings-chat
#     description: External meetings and chat with people and organizations
#   - ref: https://learn.microsoft.com/powershell/module/microsoftteams/set-cstenantfederationconfiguration
#     description: Set-CsTenantFederationConfiguration
# custom:
#   id: TM010
#   severity: low
#   requires: [teams_federation_configuration]
#   refines: [teams_external_access_policies, teams_tenant]
#   tags: [teams, external-access, strict]
#   bucket: situational
#   lenses: {risk_reduction: low, scope: all_users, effort: low, user_impact: medium}
#   rationale: >-
#     A chat with a private account takes files and answers to a place where the organization has no retention, no
#     audit and no say. It also accustoms staff to names that nobody has proved.
#   remediation: >-
#     Teams admin center, Users, External access, Organization settings: People in my organization can communicate
#     with Teams users whose accounts aren't managed by an organization off (Set-CsTenantFederationConfiguration
#     -AllowTeamsConsumer $false).
#   mappings:
#     scuba: [MS.TEAMS.2.3v2]
#     prowler: [teams_unmanaged_communication_disabled]
#     cis_m365: ["8.2.2"]
#     mitre_attack: [T1567, T1566.003]
#     nist_800_53: ["CM-7", "SC-7(10)(a)"]
package tenantlint.checks.teams.staff_do_not_write_to_private_accounts

import data.tenantlint.lib.settings
import data.tenantlint.lib.teams
import rego.v1

# What every external access policy would have to leave on.
personal := ["EnableTeamsConsumerAccess"]

not_applicable contains teams.no_private_accounts if teams.government

findings contains finding if {
	not teams.government
	some finding in settings.verdict(
		{
			"resource": teams.federation_holder,
			"object": teams.federation,
			"property": "AllowTeamsConsumer",
			"about": "whether staff can write to private Teams accounts",
			"observed": "Staff can chat and meet with private Teams accounts.",
			"evidence": {
				"policies_that_allow": teams.leaving(personal),
			},
		},
		state,
	)
}

access := settings.truth(settings.value(teams.federation, "AllowTeamsConsumer"))

state := "good" if {
	access == false
} else := "good" if {
	teams.off_for_everyone(personal)
} else := "bad" if {
	access == true
} else := "unknown"

# METADATA
# title: Private Teams accounts cannot start a conversation with staff
# description: >-
#   Looks in the federation settings at whether people with Teams accounts that no organization manages can write to
#   staff on their own. Contact that is off altogether counts, whatever the second switch says; so does it when
#   every external access policy takes it from its users. Not applicable in the US government clouds, which have no
#   contact with private accounts.
# related_resources:
#   - ref: https://learn.microsoft.com/microsoftteams/trusted-organizations-external-meetings-chat
#     description: External meetings and chat with people and organizations
#   - ref: https://learn.microsoft.com/powershell/module/microsoftteams/set-cstenantfederationconfiguration
#     description: Set-CsTenantFederationConfiguration
# custom:
#   id: TM009
#   severity: medium
#   requires: [teams_federation_configuration]
#   refines: [teams_external_access_policies, teams_tenant]
#   tags: [teams, external-access, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: all_users, effort: low, user_impact: low}
#   rationale: >-
#     Anybody makes a private Teams account in a minute, under any name. A message from it lands beside those of
#     colleagues, past every mail filter; attackers pose as the help desk there, and send people to fake sign-in
#     pages or ask for a look at the screen.
#   remediation: >-
#     Teams admin center, Users, External access, Organization settings: External users with Teams accounts not
#     managed by an organization can contact users in my organization off (Set-CsTenantFederationConfiguration
#     -AllowTeamsConsumerInbound $false).
#   mappings:
#     scuba: [MS.TEAMS.2.2v2]
#     prowler: [teams_external_users_cannot_start_conversations]
#     cis_m365: ["8.2.3"]
#     mitre_attack: [T1566.003]
#     nist_800_53: [CM-7, SI-8]
package tenantlint.checks.teams.private_accounts_cannot_write_first

import data.tenantlint.lib.settings
import data.tenantlint.lib.teams
import rego.v1

# What every external access policy would have to leave on.
personal := ["EnableTeamsConsumerAccess", "EnableTeamsConsumerInbound"]

not_applicable contains teams.no_private_accounts if teams.government

findings contains finding if {
	not teams.government
	some finding in settings.verdict(
		{
			"resource": teams.federation_holder,
			"object": teams.federation,
			"property": "AllowTeamsConsumerInbound",
			"about": "whether people with private Teams accounts can write first",
			"observed": "People with private Teams accounts can start a conversation with staff.",
			"evidence": {
				"AllowTeamsConsumer": settings.value(teams.federation, "AllowTeamsConsumer"),
				"policies_that_allow": teams.leaving(personal),
			},
		},
		state,
	)
}

access := settings.truth(settings.value(teams.federation, "AllowTeamsConsumer"))

inbound := settings.truth(settings.value(teams.federation, "AllowTeamsConsumerInbound"))

# Contact that is off altogether is off in both directions, whatever the second switch still says.
state := "good" if {
	false in {access, inbound}
} else := "good" if {
	teams.off_for_everyone(personal)
} else := "bad" if {
	access == true
	inbound == true
} else := "unknown"

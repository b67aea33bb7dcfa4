# METADATA
# title: Only chosen apps of the organization's own can be installed in Teams
# description: >-
#   Looks at whether people can install apps that somebody uploaded for the organization unless they are blocked one
#   by one. The tenant's own setting decides where the snapshot tells it (app centric management took the place of
#   permission policies); otherwise every permission policy is judged: a list of allowed apps restricts, a list of
#   blocked ones leaves all others open. Leave for chosen people and groups is a finding, since it is for all such
#   apps.
# related_resources:
#   - ref: https://learn.microsoft.com/microsoftteams/app-centric-management
#     description: Which apps people can use
#   - ref: https://learn.microsoft.com/microsoftteams/teams-app-permission-policies
#     description: App permission policies
# custom:
#   id: TM016
#   severity: low
#   requires: [teams_app_permission_policies|teams_app_settings]
#   tags: [teams, applications]
#   bucket: situational
#   lenses: {risk_reduction: low, scope: all_users, effort: medium, user_impact: low}
#   rationale: >-
#     An uploaded app comes from no store and was reviewed by nobody. Whoever has one account that may upload brings
#     code and a bot under the organization's own name before all its staff.
#   remediation: >-
#     Teams admin center, Teams apps, Manage apps, Actions, Org-wide app settings: Custom apps off, then allow
#     single apps (Set-M365UnifiedTenantSettings -SettingName PrivateApp -SettingValue None). In tenants that still
#     have permission policies: Teams apps, Permission policies, allow specific apps and block all others
#     (PrivateCatalogAppsType AllowedAppList).
#   mappings:
#     scuba: [MS.TEAMS.5.3v2]
#     cis_m365: ["8.4.1"]
#     mitre_attack: [T1566.003]
#     nist_800_53: [CM-11]
package tenantlint.checks.teams.own_apps_chosen

import data.tenantlint.lib.teams
import rego.v1

findings contains finding if {
	some finding in teams.apps({
		"setting": "PrivateApp",
		"property": "PrivateCatalogAppsType",
		"whose": "apps of the organization's own",
	})
}

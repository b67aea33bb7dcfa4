# METADATA
# title: Only chosen apps of third parties can be installed in Teams
# description: >-
#   Looks at whether people can install apps of third parties in Teams unless they are blocked one by one. The
#   tenant's own setting decides where the snapshot tells it (app centric management took the place of permission
#   policies); otherwise every permission policy is judged: a list of allowed apps restricts, a list of blocked ones
#   leaves all others open. Leave for chosen people and groups is a finding, since it is for all such apps.
# related_resources:
#   - ref: https://learn.microsoft.com/microsoftteams/app-centric-management
#     description: Which apps people can use
#   - ref: https://learn.microsoft.com/microsoftteams/teams-app-permission-policies
#     description: App permission policies
# custom:
#   id: TM015
#   severity: medium
#   requires: [teams_app_permission_policies|teams_app_settings]
#   tags: [teams, applications, foundational]
#   bucket: situational
#   lenses: {risk_reduction: medium, scope: all_users, effort: medium, user_impact: medium}
#   rationale: >-
#     An app in a team reads messages, files and names of its members and takes them to its maker. Staff install
#     what a colleague recommends; nobody asks who runs it, and what it was given does not come back when it is
#     removed.
#   remediation: >-
#     Teams admin center, Teams apps, Manage apps, Actions, Org-wide app settings: Third-party apps off, then allow
#     single apps (Set-M365UnifiedTenantSettings -SettingName GlobalApp -SettingValue None). In tenants that still
#     have permission policies: Teams apps, Permission policies, allow specific apps and block all others
#     (GlobalCatalogAppsType AllowedAppList).
#   mappings:
#     scuba: [MS.TEAMS.5.2v2]
#     cis_m365: ["8.4.1"]
#     mitre_attack: [T1528, T1567]
#     nist_800_53: [CM-11]
package tenantlint.checks.teams.third_party_apps_chosen

import data.tenantlint.lib.teams
import rego.v1

findings contains finding if {
	some finding in teams.apps({
		"setting": "GlobalApp",
		"property": "GlobalCatalogAppsType",
		"whose": "apps of third parties",
	})
}

# METADATA
# title: Only chosen apps of Microsoft can be installed
# description: >-
#   Looks at whether people can install Microsoft's own apps in Teams unless they are blocked one by one. The
#   tenant's own setting decides where the snapshot tells it (app centric management took the place of permission
#   policies); otherwise every permission policy is judged: a list of allowed apps restricts, a list of blocked ones
#   leaves all others open. Leave for chosen people and groups is a finding, since it is for all such apps.
# related_resources:
#   - ref: https://learn.microsoft.com/microsoftteams/app-centric-management
#     description: Which apps people can use
#   - ref: https://learn.microsoft.com/microsoftteams/teams-app-permission-policies
#     description: App permission policies
# custom:
#   id: TM014
#   severity: low
#   requires: [teams_app_permission_policies|teams_app_settings]
#   tags: [teams, applications, strict]
#   bucket: situational
#   lenses: {risk_reduction: low, scope: all_users, effort: medium, user_impact: medium}
#   rationale: >-
#     Each app is one more place where data of the organization lies, and one more feature that staff use without
#     anybody having looked at it. Microsoft's apps are no threat by themselves; what they share and keep is decided
#     by defaults.
#   remediation: >-
#     Teams admin center, Teams apps, Manage apps, Actions, Org-wide app settings: Microsoft apps off, then allow
#     single apps (Set-M365UnifiedTenantSettings -SettingName DefaultApp -SettingValue None). In tenants that still
#     have permission policies: Teams apps, Permission policies, allow specific apps and block all others
#     (DefaultCatalogAppsType AllowedAppList).
#   mappings:
#     scuba: [MS.TEAMS.5.1v2]
#     nist_800_53: [CM-11]
package tenantlint.checks.teams.microsoft_apps_chosen

import data.tenantlint.lib.teams
import rego.v1

findings contains finding if {
	some finding in teams.apps({
		"setting": "DefaultApp",
		"property": "DefaultCatalogAppsType",
		"whose": "apps of Microsoft",
	})
}

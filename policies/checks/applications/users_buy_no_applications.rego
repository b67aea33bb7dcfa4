# METADATA
# title: Users start no trials and install no store applications on their own
# description: >-
#   Reads two switches for the whole organization: whether users may install from the Office store
#   (isOfficeStoreEnabled), and whether they may start trials of services (isAppAndServicesTrialEnabled).
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/microsoft-365/admin/manage/manage-addins-in-the-admin-center
#     description: Add-ins and user owned apps
#   - ref: https://learn.microsoft.com/en-us/graph/api/resources/adminappsandservices
#     description: adminAppsAndServices in Microsoft Graph
# custom:
#   id: AP024
#   severity: low
#   requires: [apps_and_services_settings]
#   tags: [applications]
#   bucket: situational
#   lenses: {risk_reduction: low, scope: all_users, effort: low, user_impact: medium}
#   rationale: >-
#     Add-ins run inside mail and documents and see what is open in them; trials bring services that nobody has set up,
#     with sharing as the vendor delivers it. Both start with one click of a single person and stay, unknown to those
#     who answer for the data.
#   remediation: >-
#     Microsoft 365 admin center > Settings > Org settings > User owned apps and services: clear both boxes. In Graph:
#     PATCH /beta/admin/appsAndServices {"settings": {"isOfficeStoreEnabled": false, "isAppAndServicesTrialEnabled":
#     false}}.
#   mappings:
#     secure_score: [admincenter_owned_apps_and_services]
#     cis_m365: ["1.3.4"]
#     mitre_attack: [T1137.006]
package tenantlint.checks.applications.users_buy_no_applications

import data.tenantlint.lib.findings as lib
import data.tenantlint.lib.settings
import rego.v1

switches := {
	"isOfficeStoreEnabled": {
		"observed": "Users may install add-ins from the Office store.",
		"about": "whether users may install from the Office store",
	},
	"isAppAndServicesTrialEnabled": {
		"observed": "Users may start trials of services for the organization.",
		"about": "whether users may start trials",
	},
}

findings contains finding if {
	some name, words in switches
	some finding in settings.switch(object.union(words, {
		"resource": lib.resource("appsAndServicesSettings", "apps_and_services_settings", "User owned apps and services"),
		"object": lib.block(input, ["collections", "apps_and_services_settings"]),
		"property": ["settings", name],
		"wanted": false,
		"key": {"switch": name},
	}))
}

# METADATA
# title: Microsoft's own tools for administrators are open to assigned people only
# description: >-
#   Looks for the service principals of Microsoft's command-line tools and explorers and reports those to which every
#   user may sign in (appRoleAssignmentRequired). A principal that is not there limits nobody: it is made on the
#   first sign-in, open to all. Disabled ones are closed.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity-platform/howto-restrict-your-app-to-a-set-of-users
#     description: Restrict an application to a set of users
#   - ref: https://learn.microsoft.com/en-us/graph/api/resources/serviceprincipal
#     description: servicePrincipal in Microsoft Graph
# custom:
#   id: AP023
#   severity: medium
#   requires: [service_principals]
#   facts: [application_assignment]
#   tags: [applications, strict]
#   bucket: situational
#   lenses: {risk_reduction: medium, scope: all_users, effort: low, user_impact: low}
#   rationale: >-
#     These tools are where an intruder with an ordinary account begins: they read users, groups, roles and policies
#     by the thousand, with Microsoft's own name in the log. Device code phishing asks for just these. People who do
#     not administer have no need of them.
#   remediation: >-
#     Entra admin center > Entra ID > Enterprise apps > the tool > Properties: Assignment required, Yes; then assign
#     administrators. Where the principal is missing, make it first: New-MgServicePrincipal -AppId, then PATCH
#     /servicePrincipals/{id} {"appRoleAssignmentRequired": true}.
#   parameters:
#     applications:
#       type: array
#       default:
#         - 14d82eec-204b-4c2f-b7e8-296a70dab67e
#         - de8bc8b5-d9f9-48b1-a8ad-b748da725064
#         - 1b730954-1685-4b74-9bfd-dac224a7b894
#       meaning: >-
#        Application ids of the tools: by default Microsoft Graph Command Line Tools, Graph Explorer and Azure Active
#        Directory PowerShell, which read the whole directory.
#   mappings:
#     maester: [MT.1186]
#     mitre_attack: [T1087.004, T1069.003]
package tenantlint.checks.applications.admin_tools_assigned

import data.tenantlint.lib.applications
import data.tenantlint.lib.findings as lib
import data.tenantlint.lib.settings
import rego.v1

tools := input.facts.application_assignment.microsoft

findings contains finding if {
	some id in input.parameters.applications
	not tools[lower(id)]
	finding := {
		"resource": lib.tenant,
		"key": {"application": lower(id)},
		"message": sprintf("The tool %s has no principal here that would limit who signs in to it.", [id]),
		"evidence": {"appId": id, "servicePrincipal": null},
	}
}

findings contains finding if {
	some id in input.parameters.applications
	row := tools[lower(id)]
	row.enabled != false
	some finding in settings.switch({
		"resource": applications.about(object.union(row, {"origin": "microsoft"}), {}).resource,
		"object": {"appRoleAssignmentRequired": row.required},
		"property": "appRoleAssignmentRequired",
		"wanted": true,
		"observed": "Every user may sign in to this tool for administrators.",
		"about": "who may sign in to this tool for administrators",
	})
}

# METADATA
# title: Applications of others are open to assigned people only
# description: >-
#   Looks at service principals of applications that another tenant publishes and reports those to which every user
#   may sign in (appRoleAssignmentRequired). Applications that are disabled, Microsoft's own and those of the
#   parameter are left out.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity-platform/howto-restrict-your-app-to-a-set-of-users
#     description: Restrict an application to a set of users
#   - ref: https://learn.microsoft.com/en-us/graph/api/resources/serviceprincipal
#     description: servicePrincipal in Microsoft Graph
# custom:
#   id: AP022
#   severity: low
#   requires: [service_principals]
#   facts: [application_assignment]
#   tags: [applications, strict]
#   bucket: situational
#   lenses: {risk_reduction: low, scope: all_users, effort: medium, user_impact: medium}
#   rationale: >-
#     An application that was bought for one team is open to all, so that everybody's profile and data can reach its
#     vendor, and a breach there touches the whole organization. With assignment somebody decides who needs it, and
#     can tell afterwards who had it.
#   remediation: >-
#     Entra admin center > Entra ID > Enterprise apps > the application > Properties: Assignment required, Yes; then
#     Users and groups. In Graph: PATCH /servicePrincipals/{id} {"appRoleAssignmentRequired": true}.
#   parameters:
#     permitted_applications:
#       type: array
#       default: []
#       meaning: >-
#        Applications (name, object id or application id) that you decided on. None by default, since each of them is
#        a decision that should be written down.
#   mappings:
#     maester: [MT.1075]
#     mitre_attack: [T1199, T1528]
package tenantlint.checks.applications.third_party_applications_assigned

import data.tenantlint.lib.applications
import data.tenantlint.lib.settings
import rego.v1

findings contains finding if {
	permitted := input.parameters.permitted_applications
	some row in applications.judged(input.facts.application_assignment.foreign, permitted)
	some finding in settings.switch({
		"resource": applications.about(row, {}).resource,
		"object": {"appRoleAssignmentRequired": row.required},
		"property": "appRoleAssignmentRequired",
		"wanted": true,
		"observed": "Every user may sign in to this application of another tenant.",
		"about": "who may sign in to this application of another tenant",
	})
}

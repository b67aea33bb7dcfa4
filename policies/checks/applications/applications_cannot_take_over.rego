# METADATA
# title: No application has a permission with which it can make itself Global Administrator
# description: >-
#   Looks for application permissions that are enough by themselves to reach every directory role: assigning roles,
#   granting permissions, giving out sign-in methods of administrators, federating domains
#   (policies/data/application_permissions.json, path direct). Applications that are disabled, Microsoft's own and
#   those of the parameter are left out.
#   A permission of Graph, Exchange or SharePoint that none of the lists has is told as an open question.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/graph/permissions-reference
#     description: Permissions of Microsoft Graph
#   - ref: https://learn.microsoft.com/en-us/entra/identity/enterprise-apps/manage-application-permissions
#     description: Review permissions granted to applications
# custom:
#   id: AP013
#   severity: critical
#   requires: [app_role_assignments, service_principals]
#   refines: [applications]
#   facts: [application_power]
#   tags: [applications, permissions, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: applications, effort: medium, user_impact: low}
#   rationale: >-
#     Such an application is a Global Administrator whose password is a secret in a script. It has no second factor,
#     no Conditional Access policy for people holds it, and nobody sees it at work. Whoever finds the secret, or owns
#     the application, or may edit applications, has the tenant.
#   remediation: >-
#     Entra admin center > Entra ID > Enterprise apps > the application > Permissions: revoke what it does not need,
#     and give it the narrowest permission that serves (Sites.Selected for named sites, RBAC for applications for
#     named mailboxes). In Graph: DELETE /servicePrincipals/{id}/appRoleAssignments/{id}.
#   parameters:
#     permitted_applications:
#       type: array
#       default: []
#       meaning: >-
#        Applications (name, object id or application id) that you decided on. None by default, since each of them is
#        a decision that should be written down.
#   mappings:
#     maester: [MT.1050]
#     mitre_attack: [T1098.003, T1078.004]
package tenantlint.checks.applications.applications_cannot_take_over

import data.tenantlint.lib.applications
import rego.v1

findings contains finding if {
	permitted := input.parameters.permitted_applications
	some finding in applications.holding("direct", "can make itself Global Administrator", permitted)
}

# A permission that no list has may be one of these.
findings contains finding if {
	some finding in applications.unknown(input.parameters.permitted_applications)
}

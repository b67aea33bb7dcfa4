# METADATA
# title: No application has a permission that leads to Global Administrator by a detour
# description: >-
#   Looks for application permissions from which one more step leads to a directory role: editing a stronger
#   application, joining groups that give access, loosening what a role asks for
#   (policies/data/application_permissions.json, path indirect). Whether that step is open depends on what else is in
#   the tenant, so that each application is a decision. Applications that are disabled, Microsoft's own and those of
#   the parameter are left out.
#   A permission of Graph, Exchange or SharePoint that none of the lists has is told as an open question.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/graph/permissions-reference
#     description: Permissions of Microsoft Graph
#   - ref: https://learn.microsoft.com/en-us/entra/identity/enterprise-apps/manage-application-permissions
#     description: Review permissions granted to applications
# custom:
#   id: AP014
#   severity: high
#   requires: [app_role_assignments, service_principals]
#   refines: [applications]
#   facts: [application_power]
#   tags: [applications, permissions, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: applications, effort: medium, user_impact: low}
#   rationale: >-
#     The permission looks harmless in a list: write access to groups, or to applications. Attackers read such lists
#     as routes. An application that may add a secret to any other one is as strong as the strongest of them, and
#     nobody notices until it is used.
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
#     maester: [MT.1051]
#     mitre_attack: [T1098.001, T1098.003]
package tenantlint.checks.applications.applications_cannot_take_over_in_steps

import data.tenantlint.lib.applications
import rego.v1

findings contains finding if {
	permitted := input.parameters.permitted_applications
	some finding in applications.holding("indirect", "can reach Global Administrator by a detour", permitted)
}

# A permission that no list has may be one of these.
findings contains finding if {
	some finding in applications.unknown(input.parameters.permitted_applications)
}

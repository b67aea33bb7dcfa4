# METADATA
# title: Applications have broad delegated permissions for everybody only when they are known
# description: >-
#   Looks at delegated permissions that were granted for all users (admin consent) and that reach administration, or
#   mail, files and chats (scopes of policies/data/application_permissions.json). With such a grant the application
#   acts with the rights of whoever signs in to it. Applications that are disabled, Microsoft's own and those of the
#   parameter are left out.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/enterprise-apps/manage-application-permissions
#     description: Review permissions granted to applications
#   - ref: https://learn.microsoft.com/en-us/graph/api/resources/oauth2permissiongrant
#     description: oAuth2PermissionGrant in Microsoft Graph
# custom:
#   id: AP021
#   severity: medium
#   requires: [oauth2_permission_grants, service_principals]
#   facts: [delegated_grants]
#   tags: [applications, consent]
#   bucket: situational
#   lenses: {risk_reduction: medium, scope: all_users, effort: medium, user_impact: low}
#   rationale: >-
#     With one click an administrator answered for everybody: nobody is asked again. The day an administrator opens
#     the application, it holds an administrator's rights; and if its publisher is broken into, the attacker has the
#     mail of all who use it.
#   remediation: >-
#     Entra admin center > Entra ID > Enterprise apps > the application > Permissions > Admin consent: revoke what it
#     does not need; require assignment, so that only those who need it sign in to it. In Graph: PATCH
#     /oauth2PermissionGrants/{id} with the scope that is left, or Remove-MgOauth2PermissionGrant.
#   parameters:
#     permitted_applications:
#       type: array
#       default: []
#       meaning: >-
#        Applications (name, object id or application id) that you decided on. None by default, since each of them is
#        a decision that should be written down.
#   mappings:
#     mitre_attack: [T1528, T1550.001]
package tenantlint.checks.applications.tenant_wide_grants_narrow

import data.tenantlint.lib.applications
import data.tenantlint.lib.findings as lib
import rego.v1

findings contains finding if {
	some row in applications.judged(input.facts.delegated_grants.applications, input.parameters.permitted_applications)
	finding := object.union(
		applications.about(row, {"administration": row.takeover, "data": row.data, "grants": row.grants}),
		{"message": sprintf("%s acts for everybody who signs in to it, with %s.", [
			applications.whose(row),
			lib.named(array.concat(row.takeover, row.data)),
		])},
	)
}

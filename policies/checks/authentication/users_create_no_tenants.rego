# METADATA
# title: Users create no tenants
# description: >-
#   Looks at defaultUserRolePermissions.allowedToCreateTenants of the authorization policy: whether every member makes
#   new tenants, whose administrator he then is.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/fundamentals/users-default-permissions
#     description: Default permissions of users
#   - ref: https://learn.microsoft.com/en-us/graph/api/resources/authorizationpolicy
#     description: authorizationPolicy in Microsoft Graph
# custom:
#   id: AU033
#   severity: low
#   requires: [authorization_policy]
#   tags: [users, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: low, scope: all_users, effort: low, user_impact: low}
#   rationale: >-
#     A tenant that a colleague made is outside of every policy: no logs, no Conditional Access, an administrator whom
#     nobody appointed. Data that is put there is lost to the organization when the person leaves, and looks like its
#     own until then.
#   remediation: >-
#     Entra admin center > Entra ID > Users > User settings: Restrict non-admin users from creating tenants, Yes. In
#     Graph: PATCH /policies/authorizationPolicy {"defaultUserRolePermissions": {"allowedToCreateTenants": false}}.
#     Who needs it gets the role Tenant Creator.
#   mappings:
#     maester: [MT.1068]
#     prowler: [entra_policy_ensure_default_user_cannot_create_tenants]
#     cis_m365: ["5.1.2.3"]
#     mitre_attack: [T1098]
#     nist_800_53: [AC-6(10)]
package tenantlint.checks.authentication.users_create_no_tenants

import data.tenantlint.lib.authorization_policy
import rego.v1

findings contains finding if {
	some finding in authorization_policy.switch({
		"property": ["defaultUserRolePermissions", "allowedToCreateTenants"],
		"wanted": false,
		"about": "whether users create tenants",
		"observed": "Users create tenants.",
	})
}

# METADATA
# title: Users create no security groups
# description: >-
#   Looks at defaultUserRolePermissions.allowedToCreateSecurityGroups of the authorization policy: whether every
#   member makes security groups in portals, by interface and by PowerShell.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/fundamentals/users-default-permissions
#     description: Default permissions of users
#   - ref: https://learn.microsoft.com/en-us/graph/api/resources/authorizationpolicy
#     description: authorizationPolicy in Microsoft Graph
# custom:
#   id: AU034
#   severity: low
#   requires: [authorization_policy]
#   tags: [groups, strict]
#   bucket: situational
#   lenses: {risk_reduction: low, scope: all_users, effort: low, user_impact: medium}
#   rationale: >-
#     Security groups carry access to applications, sites and licences. Groups that anybody makes and owns pile up
#     without a purpose on record, and one with a name like that of a real group gets access meant for the other.
#   remediation: >-
#     Entra admin center > Entra ID > Groups > General: Users can create security groups in Azure portals, API or
#     PowerShell, No. In Graph: PATCH /policies/authorizationPolicy {"defaultUserRolePermissions":
#     {"allowedToCreateSecurityGroups": false}}.
#   mappings:
#     maester: [MT.1069]
#     prowler: [entra_policy_default_user_cannot_create_security_groups]
#     mitre_attack: [T1098]
#     nist_800_53: [AC-6(10)]
package tenantlint.checks.authentication.users_create_no_security_groups

import data.tenantlint.lib.authorization_policy
import rego.v1

findings contains finding if {
	some finding in authorization_policy.switch({
		"property": ["defaultUserRolePermissions", "allowedToCreateSecurityGroups"],
		"wanted": false,
		"about": "whether users create security groups",
		"observed": "Users create security groups.",
	})
}

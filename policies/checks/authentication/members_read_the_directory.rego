# METADATA
# title: Members can read the directory as Microsoft 365 expects
# description: >-
#   Looks at defaultUserRolePermissions.allowedToReadOtherUsers of the authorization policy. It is asked for by EIDSCA
#   alone: taking the right away breaks Teams, Planner and others and hides little, since the address book shows the
#   same people; the check is in no other profile.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/fundamentals/users-default-permissions
#     description: Default permissions of users
#   - ref: https://learn.microsoft.com/en-us/graph/api/resources/authorizationpolicy
#     description: authorizationPolicy in Microsoft Graph
# custom:
#   id: AU032
#   severity: low
#   requires: [authorization_policy]
#   tags: [users, peer-only]
#   bucket: situational
#   lenses: {risk_reduction: low, scope: all_users, effort: low, user_impact: high}
#   rationale: >-
#     Services of Microsoft 365 look people up as the signed-in user. Where they may not, sharing and chats fail in
#     ways that nobody connects with the setting, and people turn to other tools for their work.
#   remediation: >-
#     There is no switch in the portal (Entra admin center). In Graph: PATCH /policies/authorizationPolicy
#     {"defaultUserRolePermissions": {"allowedToReadOtherUsers": true}}.
#   mappings:
#     eidsca: [AP14]
#     nist_800_53: [AC-3]
package tenantlint.checks.authentication.members_read_the_directory

import data.tenantlint.lib.authorization_policy
import rego.v1

findings contains finding if {
	some finding in authorization_policy.switch({
		"property": ["defaultUserRolePermissions", "allowedToReadOtherUsers"],
		"wanted": true,
		"about": "whether members read other users",
		"observed": "Members cannot read other users of the directory.",
	})
}

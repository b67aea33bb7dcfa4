# METADATA
# title: Nobody joins the tenant by a mail address alone
# description: >-
#   Looks at allowEmailVerifiedUsersToJoinOrganization of the authorization policy: whether whoever has a mailbox in
#   one of the tenant's domains makes an account in the tenant by himself.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/users/directory-self-service-signup
#     description: Self-service sign-up
#   - ref: https://learn.microsoft.com/en-us/graph/api/resources/authorizationpolicy
#     description: authorizationPolicy in Microsoft Graph
# custom:
#   id: AU030
#   severity: medium
#   requires: [authorization_policy]
#   tags: [users, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: tenant, effort: low, user_impact: low}
#   rationale: >-
#     An account that nobody hired appears in the directory, with the rights of a member, outside of the joining and
#     leaving that the organization knows. A shared mailbox, a former colleague's forwarding or a mistyped alias is
#     enough for it.
#   remediation: >-
#     There is no switch in the portal (Entra admin center). In Graph: PATCH /policies/authorizationPolicy
#     {"allowEmailVerifiedUsersToJoinOrganization": false}, in PowerShell Update-MgPolicyAuthorizationPolicy.
#   mappings:
#     eidsca: [AP06]
#     mitre_attack: [T1136.003]
#     nist_800_53: [AC-2]
package tenantlint.checks.authentication.email_sign_up_cannot_join

import data.tenantlint.lib.authorization_policy
import rego.v1

findings contains finding if {
	some finding in authorization_policy.switch({
		"property": "allowEmailVerifiedUsersToJoinOrganization",
		"wanted": false,
		"about": "whether people join by a mail address",
		"observed": "People join the tenant by a mail address alone.",
	})
}

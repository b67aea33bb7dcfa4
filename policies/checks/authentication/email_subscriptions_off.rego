# METADATA
# title: Users do not sign up for services with their mail address
# description: >-
#   Looks at allowedToSignUpEmailBasedSubscriptions of the authorization policy: whether users obtain trial and free
#   services of Microsoft with their work address.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/users/directory-self-service-signup
#     description: Self-service sign-up
#   - ref: https://learn.microsoft.com/en-us/graph/api/resources/authorizationpolicy
#     description: authorizationPolicy in Microsoft Graph
# custom:
#   id: AU031
#   severity: low
#   requires: [authorization_policy]
#   tags: [users, strict]
#   bucket: situational
#   lenses: {risk_reduction: low, scope: all_users, effort: low, user_impact: medium}
#   rationale: >-
#     Services that nobody chose begin to hold the organization's data, outside of its settings, its backups and its
#     contracts. Nobody knows of them until the person leaves.
#   remediation: >-
#     There is no switch in the portal (Entra admin center). In Graph: PATCH /policies/authorizationPolicy
#     {"allowedToSignUpEmailBasedSubscriptions": false}, in PowerShell Update-MgPolicyAuthorizationPolicy.
#   mappings:
#     eidsca: [AP05]
#     nist_800_53: [CM-11]
package tenantlint.checks.authentication.email_subscriptions_off

import data.tenantlint.lib.authorization_policy
import rego.v1

findings contains finding if {
	some finding in authorization_policy.switch({
		"property": "allowedToSignUpEmailBasedSubscriptions",
		"wanted": false,
		"about": "whether users sign up for services by mail address",
		"observed": "Users sign up for services with their mail address.",
	})
}

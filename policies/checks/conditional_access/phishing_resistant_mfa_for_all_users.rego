# METADATA
# title: Every user needs phishing-resistant authentication
# description: >-
#   Asks whether any enabled user can sign in with a modern client without phishing-resistant methods (FIDO2
#   keys and passkeys, Windows Hello for Business, multifactor certificates), over all enabled policies
#   together. An authentication strength that accepts one weaker method as well forces nothing.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/policy-all-users-mfa-strength
#     description: Microsoft's policy template with an authentication strength
#   - ref: https://learn.microsoft.com/en-us/entra/identity/authentication/concept-authentication-strengths
#     description: Which methods are phishing-resistant
# custom:
#   id: CA016
#   severity: medium
#   requires: [conditional_access_policies]
#   refines:
#     - security_defaults
#     - authentication_strengths
#     - named_locations
#     - users
#     - groups
#     - group_members
#     - role_assignments
#     - role_assignment_schedule_instances
#   facts: [coverage.phishing_resistant_mfa]
#   licences: [entra_p1]
#   tags: [conditional-access, mfa, situational]
#   bucket: situational
#   lenses: {risk_reduction: high, scope: all_users, effort: high, user_impact: medium}
#   rationale: >-
#     Ready-made proxies pass codes and push approvals on and keep the session; they are rented by the week.
#     Methods that are bound to the site's address are the only ones that they cannot pass on.
#   remediation: >-
#     Let everybody register a passkey, a security key or Windows Hello, starting with those who pay invoices
#     and those who administrate. Entra admin center > Entra ID > Conditional Access > New policy: Users: all
#     users, excluding the emergency accounts; Target resources: all resources; Grant: require authentication
#     strength > Phishing-resistant MFA. In Graph: grantControls.authenticationStrength.id
#     "00000000-0000-0000-0000-000000000004".
#   parameters:
#     permitted_application_exclusions:
#       type: array
#       default: []
#       meaning: >-
#         Ids of applications that may be open. Empty, since a policy for all resources needs to leave out none.
#   mappings:
#     scuba: [MS.AAD.3.1v1]
#     maester: [CISA.MS.AAD.3.1]
#     nist_800_53: [IA-2(1), IA-2(2), IA-5c, IA-5g, IA-2(8)]
package tenantlint.checks.conditional_access.phishing_resistant_mfa_for_all_users

import data.tenantlint.lib.coverage
import rego.v1

answer := coverage.beside_applications(
	input.facts.coverage.phishing_resistant_mfa,
	input.parameters.permitted_application_exclusions,
)

findings contains finding if some finding in coverage.findings(answer, {})

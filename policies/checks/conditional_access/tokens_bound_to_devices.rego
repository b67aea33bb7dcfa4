# METADATA
# title: Tokens of Windows apps work on their own device only
# description: >-
#   Asks whether any enabled account of this tenant can use a desktop app for Exchange, SharePoint or Teams on
#   Windows with a token that is not bound to the device, over all enabled policies together: where no policy
#   lays the session control Require token protection or blocks the sign-in. Browsers do not know the control.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/concept-token-protection
#     description: What token protection covers and needs
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/concept-conditional-access-session
#     description: Session controls
# custom:
#   id: CA049
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
#   facts: [sessions.token_protection]
#   licences: [entra_p1]
#   tags: [conditional-access, sessions, tokens, strict, situational]
#   bucket: situational
#   lenses: {risk_reduction: medium, scope: all_users, effort: medium, user_impact: medium}
#   rationale: >-
#     A token that was taken from one computer works on any other, and no second factor is asked for again.
#     Bound to the key in the device's chip it is worthless elsewhere, which ends a whole class of attacks after
#     the first foothold.
#   remediation: >-
#     Entra admin center > Entra ID > Conditional Access > New policy, report-only first: Users: all users,
#     excluding guests and the emergency accounts; Target resources: Office 365 Exchange Online, Office 365
#     SharePoint Online, Microsoft Teams Services; Conditions > Device platforms: Windows; Client apps: Mobile
#     apps and desktop clients; Session: Require token protection for sign-in sessions. In Graph:
#     sessionControls.secureSignInSession {isEnabled true}.
#   mappings:
#     prowler: [entra_conditional_access_policy_token_protection_enforced]
#     mitre_attack: [T1528, T1550.001]
#     nist_800_53: [IA-5, SC-23]
package tenantlint.checks.conditional_access.tokens_bound_to_devices

import data.tenantlint.lib.coverage
import rego.v1

findings contains finding if some finding in coverage.findings(input.facts.sessions.token_protection, {})

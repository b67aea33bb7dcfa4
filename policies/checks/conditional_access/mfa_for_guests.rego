# METADATA
# title: Guests need multifactor authentication
# description: >-
#   Asks whether any guest or other external user can sign in with a modern client without multifactor
#   authentication, over all enabled policies together. All six types of guests and external users are looked
#   at: accounts in the directory by name, and those without an account here as types. Whether the guest
#   answers the second factor here or at home is a matter of cross-tenant access settings, and does not change
#   whether one is asked for.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/policy-guests-mfa-strength
#     description: Microsoft's policy template for guests
#   - ref: https://learn.microsoft.com/en-us/entra/external-id/authentication-conditional-access
#     description: Conditional Access for external users
# custom:
#   id: CA013
#   severity: high
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
#   facts: [coverage.guests_mfa]
#   tags: [conditional-access, mfa, guests, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: guests, effort: low, user_impact: low}
#   rationale: >-
#     Nobody here resets a guest's password, sees the guest's risk or knows when the guest leaves the
#     partner. A guest account with a password alone gives whoever holds the partner's mailbox what was
#     shared with it, under a trusted name.
#   remediation: >-
#     Entra admin center > Entra ID > Conditional Access > New policy: Users: guest or external users, all
#     types, all organizations; Target resources: all resources; Grant: require MFA. Trust MFA of partners
#     under Cross-tenant access settings, so that their people answer it at home. In Graph:
#     conditions.users.includeGuestsOrExternalUsers, grantControls.builtInControls ["mfa"].
#   parameters:
#     permitted_application_exclusions:
#       type: array
#       default: []
#       meaning: >-
#         Ids of applications that may be open. Empty, since a policy for all resources needs to leave out none.
#   mappings:
#     maester: [MT.1016]
#     prowler: [entra_conditional_access_policy_mfa_enforced_for_guest_users]
#     mitre_attack: [T1078, T1078.004]
package tenantlint.checks.conditional_access.mfa_for_guests

import data.tenantlint.lib.coverage
import rego.v1

answer := coverage.beside_applications(
	input.facts.coverage.guests_mfa,
	input.parameters.permitted_application_exclusions,
)

findings contains finding if some finding in coverage.findings(answer, {})

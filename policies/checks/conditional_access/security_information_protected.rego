# METADATA
# title: Registering security information needs more than a password
# description: >-
#   Asks whether any enabled account of this tenant can register or change security information (the user
#   action registersecurityinfo) from outside all named locations with neither MFA nor a managed device, over
#   all enabled policies together. Policies for all resources do not reach user actions.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity/conditional-access/policy-all-users-security-info-registration
#     description: Microsoft's policy template for security information
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/concept-conditional-access-cloud-apps
#     description: User actions as targets
# custom:
#   id: CA010
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
#   facts: [coverage.security_information]
#   licences: [entra_p1]
#   tags: [conditional-access, mfa, registration, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: all_users, effort: low, user_impact: low}
#   rationale: >-
#     Whoever knows the password of an account that has not registered a second factor yet registers one of
#     their own, and is from then on the user, MFA included. New starters and accounts that were never used
#     are looked for with exactly this aim.
#   remediation: >-
#     Entra admin center > Entra ID > Conditional Access > New policy: Users: all users, excluding guests and
#     the emergency accounts; Target resources > User actions: Register security information; Grant: require
#     MFA (new starters use a temporary access pass), or block outside trusted locations. In Graph:
#     conditions.applications.includeUserActions ["urn:user:registersecurityinfo"],
#     grantControls.builtInControls ["mfa"].
#   mappings:
#     maester: [MT.1011]
#     mitre_attack: [T1078, T1078.004]
package tenantlint.checks.conditional_access.security_information_protected

import data.tenantlint.lib.coverage
import rego.v1

findings contains finding if some finding in coverage.findings(input.facts.coverage.security_information, {})

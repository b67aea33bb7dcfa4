# METADATA
# title: Users at high risk are blocked or change their password
# description: >-
#   Asks whether any enabled account of this tenant can sign in at high user risk with a modern client without
#   a secure password change (passwordChange or riskRemediation, which both force MFA), over all enabled
#   policies together; or, where blocking is required, at all. The risk of guests is kept by their home tenant,
#   so that guests are not asked about.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/policy-risk-based-user
#     description: Microsoft's policy template for user risk
#   - ref: https://learn.microsoft.com/en-us/entra/id-protection/concept-identity-protection-risks
#     description: What user risk is made of
# custom:
#   id: CA009
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
#   facts: [coverage.user_risk_high, coverage.user_risk_high_blocked]
#   licences: [entra_p2]
#   tags: [conditional-access, risk, identity-protection]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: all_users, effort: low, user_impact: low}
#   rationale: >-
#     High user risk mostly means that the password was found for sale, or that an attacker already acts as
#     the user. As long as the old password works, every factor beside it is all that is left, and registered
#     sessions go on.
#   remediation: >-
#     Entra admin center > Entra ID > Conditional Access > New policy: Users: all users, excluding the
#     emergency accounts; Target resources: all resources; Conditions > User risk: high; Grant: require risk
#     remediation, or require password change together with MFA; Session: sign-in frequency every time. Or
#     block. In Graph: conditions.userRiskLevels ["high"], grantControls {operator "AND", builtInControls
#     ["mfa","passwordChange"]}.
#   parameters:
#     permitted_application_exclusions:
#       type: array
#       default: []
#       meaning: >-
#         Ids of applications that may be open. Empty, since a policy for all resources needs to leave out none.
#     required:
#       type: string
#       default: remediation
#       meaning: >-
#         What is required at high user risk: remediation (a secure password change, or a block), or
#         block. CISA's baseline requires block.
#   mappings:
#     secure_score: [UserRiskPolicy]
#     scuba: [MS.AAD.2.1v1]
#     maester: [MT.1013, CISA.MS.AAD.2.1, MT.1049]
#     prowler: [entra_identity_protection_user_risk_enabled]
#     nist_800_53: [AC-2(12), AC-2(13)]
package tenantlint.checks.conditional_access.user_risk_answered

import data.tenantlint.lib.coverage
import rego.v1

required := input.facts.coverage.user_risk_high_blocked if {
	input.parameters.required == "block"
} else := input.facts.coverage.user_risk_high

answer := coverage.beside_applications(required, input.parameters.permitted_application_exclusions)

findings contains finding if some finding in coverage.findings(answer, {})

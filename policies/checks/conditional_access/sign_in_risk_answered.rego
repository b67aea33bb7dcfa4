# METADATA
# title: Risky sign-ins are blocked or need multifactor authentication
# description: >-
#   Asks for each level of sign-in risk in the parameter whether any enabled user can sign in at it with a
#   modern client without multifactor authentication (or, where blocking is required, without being blocked at
#   high risk), over all enabled policies together. MFA that is asked of everybody counts at every level.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/policy-risk-based-sign-in
#     description: Microsoft's policy template for sign-in risk
#   - ref: https://learn.microsoft.com/en-us/entra/id-protection/concept-identity-protection-risks
#     description: What sign-in risk is made of
# custom:
#   id: CA008
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
#   facts: [coverage.sign_in_risk_high, coverage.sign_in_risk_high_blocked, coverage.sign_in_risk_medium]
#   licences: [entra_p2]
#   tags: [conditional-access, risk, identity-protection]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: all_users, effort: low, user_impact: low}
#   rationale: >-
#     Identity Protection sees what no static rule sees: a password spray under way, an anonymous address, a
#     token that was used in two countries. A tenant that pays for the signal and lets the sign-in pass all
#     the same learns of the intrusion from the log, days later.
#   remediation: >-
#     Entra admin center > Entra ID > Conditional Access > New policy: Users: all users, excluding the
#     emergency accounts; Target resources: all resources; Conditions > Sign-in risk: high and medium; Grant:
#     require MFA (an authentication strength), or block at high; Session: sign-in frequency every time. Keep
#     sign-in risk and user risk in policies of their own. In Graph: conditions.signInRiskLevels
#     ["high","medium"], grantControls.builtInControls ["mfa"].
#   parameters:
#     permitted_application_exclusions:
#       type: array
#       default: []
#       meaning: >-
#         Ids of applications that may be open. Empty, since a policy for all resources needs to leave out none.
#     levels:
#       type: array
#       default: [high, medium]
#       meaning: >-
#         Levels of sign-in risk that must be answered (high, medium). Both are what Microsoft's template
#         has.
#     required:
#       type: string
#       default: mfa
#       meaning: >-
#         What is required at high risk: mfa (or a block), or block. CISA's baseline requires block.
#   mappings:
#     secure_score: [SigninRiskPolicy]
#     scuba: [MS.AAD.2.3v1]
#     maester: [MT.1012, CISA.MS.AAD.2.3, MT.1049]
#     prowler:
#       - entra_identity_protection_sign_in_risk_enabled
#       - entra_conditional_access_policy_block_high_medium_sign_in_risk
#     nist_800_53: [AC-2(12), AC-2(13)]
package tenantlint.checks.conditional_access.sign_in_risk_answered

import data.tenantlint.lib.coverage
import rego.v1

beside(answer) := coverage.beside_applications(answer, input.parameters.permitted_application_exclusions)

findings contains finding if some finding in (high | medium)

high := coverage.findings(beside(input.facts.coverage.sign_in_risk_high_blocked), {"level": "high"}) if {
	"high" in input.parameters.levels
	input.parameters.required == "block"
} else := coverage.findings(beside(input.facts.coverage.sign_in_risk_high), {"level": "high"}) if {
	"high" in input.parameters.levels
} else := set()

medium := coverage.findings(beside(input.facts.coverage.sign_in_risk_medium), {"level": "medium"}) if {
	"medium" in input.parameters.levels
} else := set()

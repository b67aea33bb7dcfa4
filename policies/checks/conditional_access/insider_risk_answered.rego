# METADATA
# title: Sign-ins at elevated insider risk are blocked
# description: >-
#   Asks whether any enabled account of this tenant can sign in with a modern client while Purview rates its
#   insider risk as elevated (adaptive protection), over all enabled policies together. People of other
#   organizations are not asked about: their risk is rated at home.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/policy-risk-based-insider-block
#     description: Microsoft's policy template for insider risk
#   - ref: https://learn.microsoft.com/en-us/purview/insider-risk-management-adaptive-protection
#     description: Adaptive protection, which gives the levels
# custom:
#   id: CA047
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
#   facts: [coverage.insider_risk]
#   licences: [entra_p1]
#   tags: [conditional-access, risk, strict, situational]
#   bucket: situational
#   lenses: {risk_reduction: medium, scope: some_users, effort: medium, user_impact: medium}
#   rationale: >-
#     Elevated means that somebody with access has already behaved as people do before they carry data away:
#     mass downloads, resignation, files sent outside. Each hour of access more is data more, and most of it can
#     be taken by an ordinary sign-in.
#   remediation: >-
#     Turn on adaptive protection in the Purview portal (Insider risk management). Then Entra admin center >
#     Entra ID > Conditional Access > New policy: Users: all users, excluding the emergency accounts; Target
#     resources: all resources or Office 365; Conditions > Insider risk: elevated; Grant: block access. In
#     Graph: conditions.insiderRiskLevels "elevated", grantControls.builtInControls ["block"].
#   parameters:
#     permitted_application_exclusions:
#       type: array
#       default: []
#       meaning: >-
#         Ids of applications that may be open. Empty, since data can be carried away through any of them.
#   mappings:
#     prowler:
#       - entra_conditional_access_policy_block_elevated_insider_risk
#       - entra_conditional_access_policy_block_o365_elevated_insider_risk
#     mitre_attack: [T1078.004, T1530]
#     nist_800_53: ["AC-2(12)", PS-3]
package tenantlint.checks.conditional_access.insider_risk_answered

import data.tenantlint.lib.coverage
import rego.v1

answer := coverage.beside_applications(
	input.facts.coverage.insider_risk,
	input.parameters.permitted_application_exclusions,
)

findings contains finding if some finding in coverage.findings(answer, {})

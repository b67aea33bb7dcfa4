# METADATA
# title: Every user needs multifactor authentication for every application
# description: >-
#   Asks whether any enabled user can sign in with a modern client without multifactor authentication, over all
#   enabled policies together: several policies that each cover a part count as what they are in union, and a
#   gap that only appears where two exclusions meet is found. `mfa` and authentication strengths whose methods
#   are all multifactor count; a grant that accepts another control instead (mfa OR compliant device) forces
#   nothing. Legacy clients are the subject of CA001. Security defaults ask for a second factor when Microsoft
#   finds it necessary: that is no guarantee, so that the verdict is left open.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/policy-all-users-mfa-strength
#     description: Microsoft's policy template that asks all users for MFA
#   - ref: https://learn.microsoft.com/en-us/entra/identity/authentication/concept-authentication-strengths
#     description: Which methods an authentication strength accepts
#   - ref: https://learn.microsoft.com/en-us/entra/fundamentals/security-defaults
#     description: What security defaults enforce
# custom:
#   id: CA002
#   severity: critical
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
#   facts: [coverage.mfa]
#   tags: [conditional-access, mfa, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: all_users, effort: medium, user_impact: medium}
#   rationale: >-
#     Passwords are guessed, reused, phished and sold. Where one application or one group of users needs no
#     second factor, an attacker with a password looks for exactly that way in, reads mail and files, and
#     moves on from there with a trusted identity. Most account takeovers in Microsoft 365 end at a second
#     factor.
#   remediation: >-
#     Entra admin center > Entra ID > Conditional Access > New policy: Users: all users, excluding the
#     emergency accounts only; Target resources: all resources; Grant: require authentication strength
#     (Multifactor authentication, better Phishing-resistant MFA). Run it report-only, then turn it on. Where
#     a policy exists, the finding names what it leaves out. In Graph: conditions.users.includeUsers ["All"],
#     conditions.applications.includeApplications ["All"], conditions.clientAppTypes ["all"],
#     grantControls.authenticationStrength or builtInControls ["mfa"], state "enabled". Without Entra ID P1
#     turn on security defaults.
#   parameters:
#     permitted_application_exclusions:
#       type: array
#       default: []
#       meaning: >-
#         Ids of applications that may be open without MFA, such as Microsoft Intune Enrollment
#         (d4ebce55-015a-49b5-a083-c84d1797ae8c) while devices are enrolled before a second factor is
#         registered. Empty, since every application left out is open with a password alone.
#   mappings:
#     secure_score: [MFARegistrationV2]
#     scuba: [MS.AAD.3.2v1, MS.AAD.3.2v2]
#     cis_m365: ["5.2.2.2"]
#     maester: [MT.1007, CISA.MS.AAD.3.2]
#     prowler: [entra_users_mfa_enabled]
#     mitre_attack: [T1110, T1110.001, T1110.002, T1110.003]
#     nist_800_53: [IA-2(1), IA-2(2)]
package tenantlint.checks.conditional_access.mfa_for_all_users

import data.tenantlint.lib.coverage
import rego.v1

answer := coverage.beside_applications(
	input.facts.coverage.mfa,
	input.parameters.permitted_application_exclusions,
)

findings contains finding if some finding in coverage.findings(answer, {})

# METADATA
# title: Legacy authentication is blocked for every user
# description: >-
#   Asks whether any enabled user can sign in with a legacy client (Exchange ActiveSync, and other clients such
#   as POP, IMAP and SMTP AUTH) over all enabled policies together. Legacy clients can meet no grant control,
#   so that a policy with any grant control stops them; session controls do not. Security defaults count. The
#   finding says for whom, in which application and under which conditions such a sign-in is open, and which
#   policies nearly stop it.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/policy-block-legacy-authentication
#     description: Microsoft's policy template that blocks legacy authentication
#   - ref: https://learn.microsoft.com/en-us/entra/fundamentals/security-defaults
#     description: What security defaults enforce
# custom:
#   id: CA001
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
#   facts: [coverage.legacy_authentication]
#   tags: [conditional-access, legacy-auth, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: all_users, effort: low, user_impact: low}
#   rationale: >-
#     POP, IMAP, SMTP AUTH and old Office clients send a password and nothing else. Whoever guesses or buys
#     one password signs in with it, past every policy that asks for a second factor; password spraying is
#     aimed at these protocols for that reason. One mailbox taken like this is enough for invoice fraud from
#     a genuine address.
#   remediation: >-
#     Entra admin center > Entra ID > Conditional Access > New policy: Users: all users, excluding the
#     emergency accounts only; Target resources: all resources; Conditions > Client apps: Exchange ActiveSync
#     clients and Other clients; Grant: block access. Run it report-only first and read the sign-in logs by
#     client app. In Graph: conditions.clientAppTypes ["exchangeActiveSync","other"],
#     conditions.users.includeUsers ["All"], conditions.applications.includeApplications ["All"],
#     grantControls.builtInControls ["block"], state "enabled".
#   parameters:
#     permitted_application_exclusions:
#       type: array
#       default: []
#       meaning: >-
#         Ids of applications in which legacy clients may stay open. Empty, since no application needs
#         legacy authentication by design.
#   mappings:
#     secure_score: [BlockLegacyAuthentication]
#     scuba: [MS.AAD.1.1v1]
#     cis_m365: ["5.2.2.3"]
#     maester: [MT.1009, MT.1010, CISA.MS.AAD.1.1, MT.1033]
#     prowler: [entra_legacy_authentication_blocked]
#     mitre_attack: [T1110, T1110.001, T1110.002, T1110.003, T1078, T1078.004]
#     nist_800_53: [CM-7]
package tenantlint.checks.conditional_access.legacy_authentication_blocked

import data.tenantlint.lib.coverage
import rego.v1

answer := coverage.beside_applications(
	input.facts.coverage.legacy_authentication,
	input.parameters.permitted_application_exclusions,
)

findings contains finding if some finding in coverage.findings(answer, {})

# METADATA
# title: No session is handed to another device by authentication transfer
# description: >-
#   Asks whether any enabled user can carry a session over to another device by authentication transfer (the QR
#   code by which a desktop app signs in a phone), over all enabled policies together. Only a block stops it.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/policy-block-authentication-flows
#     description: Microsoft's policy template that blocks authentication flows
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/concept-authentication-flows
#     description: Device code flow and authentication transfer as conditions
# custom:
#   id: CA048
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
#   facts: [coverage.authentication_transfer]
#   licences: [entra_p1]
#   tags: [conditional-access, authentication-transfer, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: all_users, effort: low, user_impact: low}
#   rationale: >-
#     With the transfer a session moves to a device that never passed the second factor itself. Whoever has an
#     unlocked computer in front of them for a minute, or talks a person into showing or scanning a code, takes
#     the session along on a phone of their own.
#   remediation: >-
#     Entra admin center > Entra ID > Conditional Access > New policy: Users: all users, excluding the emergency
#     accounts; Target resources: all resources; Conditions > Authentication flows: Authentication transfer;
#     Grant: block access. In Graph: conditions.authenticationFlows.transferMethods "authenticationTransfer"
#     (with deviceCodeFlow, joined by a comma), grantControls.builtInControls ["block"].
#   parameters:
#     permitted_application_exclusions:
#       type: array
#       default: []
#       meaning: >-
#         Ids of applications that may be open. Empty, since every application that is left out is a way in.
#   mappings:
#     prowler: [entra_conditional_access_policy_authentication_transfer_blocked]
#     mitre_attack: [T1528, T1550.001]
#     nist_800_53: [CM-7]
package tenantlint.checks.conditional_access.authentication_transfer_blocked

import data.tenantlint.lib.coverage
import rego.v1

answer := coverage.beside_applications(
	input.facts.coverage.authentication_transfer,
	input.parameters.permitted_application_exclusions,
)

findings contains finding if some finding in coverage.findings(answer, {})

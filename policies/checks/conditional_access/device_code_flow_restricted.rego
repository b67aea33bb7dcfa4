# METADATA
# title: Device code flow is blocked, or only possible from named locations
# description: >-
#   Asks whether any enabled user can sign in by device code flow from an address that is in no named location,
#   over all enabled policies together. A policy that demands a managed device stops the flow too, since the
#   flow carries no device state. What stays open inside named locations only counts as restricted.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/policy-block-authentication-flows
#     description: Microsoft's policy template that blocks authentication flows
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/concept-authentication-flows
#     description: Device code flow and authentication transfer as conditions
# custom:
#   id: CA007
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
#   facts: [coverage.device_code_flow]
#   licences: [entra_p1]
#   tags: [conditional-access, device-code, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: all_users, effort: low, user_impact: low}
#   rationale: >-
#     In device code phishing the attacker starts a sign-in and sends the code to the victim, who types it
#     into Microsoft's genuine page and answers the second factor there. The attacker receives the tokens. No
#     false page is involved, so that neither training nor MFA by push helps; few people ever need the flow.
#   remediation: >-
#     Entra admin center > Entra ID > Conditional Access > New policy: Users: all users, excluding the
#     emergency accounts and what truly needs the flow (meeting room devices, by account); Target resources:
#     all resources; Conditions > Authentication flows: Device code flow; Grant: block access. Where it is
#     needed, allow it from one named location. In Graph: conditions.authenticationFlows.transferMethods
#     "deviceCodeFlow", grantControls.builtInControls ["block"].
#   parameters:
#     permitted_application_exclusions:
#       type: array
#       default: []
#       meaning: >-
#         Ids of applications that may be open. Empty, since a policy for all resources needs to leave out none.
#   mappings:
#     scuba: [MS.AAD.3.9v1]
#     maester: [MT.1052]
#     prowler: [entra_conditional_access_policy_device_code_flow_blocked]
#     nist_800_53: [CM-7]
package tenantlint.checks.conditional_access.device_code_flow_restricted

import data.tenantlint.lib.coverage
import rego.v1

answer := coverage.beside_applications(
	input.facts.coverage.device_code_flow,
	input.parameters.permitted_application_exclusions,
)

findings contains finding if some finding in coverage.findings(answer, {})

# METADATA
# title: A password alone never opens a session on an unmanaged device
# description: >-
#   Asks whether any enabled user can sign in with a modern client with neither multifactor authentication nor a
#   managed device, over all enabled policies together. It is the weaker sister of CA002, for tenants that let
#   compliant or hybrid joined devices in without a second factor: a grant of mfa OR compliantDevice OR
#   domainJoinedDevice passes here and not there.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity/conditional-access/policy-alt-all-users-compliant-hybrid-or-mfa
#     description: Microsoft's policy template that accepts a managed device or MFA
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/concept-conditional-access-grant
#     description: Grant controls, and what one of several means
# custom:
#   id: CA030
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
#   facts: [coverage.mfa_or_managed_device]
#   tags: [conditional-access, mfa, devices, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: all_users, effort: medium, user_impact: medium}
#   rationale: >-
#     A leaked or guessed password is then all that an attacker needs, from any computer in the world. Neither a
#     second factor nor the device stands in the way, so that mail and files are read before anybody notices.
#   remediation: >-
#     Entra admin center > Entra ID > Conditional Access > New policy: Users: all users, excluding the emergency
#     accounts; Target resources: all resources; Grant: require MFA, require device to be marked as compliant,
#     require hybrid joined device, with Require one of the selected controls; better MFA for everybody (CA002).
#     In Graph: grantControls {operator "OR", builtInControls ["mfa","compliantDevice","domainJoinedDevice"]}.
#   parameters:
#     permitted_application_exclusions:
#       type: array
#       default: []
#       meaning: >-
#         Ids of applications that may be open. Empty, since every application that is left out is a way in.
#   mappings:
#     prowler: [entra_conditional_access_policy_compliant_device_hybrid_joined_device_mfa_required]
#     mitre_attack: [T1078.004, T1110]
#     nist_800_53: ["IA-2(1)", "IA-2(2)"]
package tenantlint.checks.conditional_access.password_never_enough_on_unmanaged_devices

import data.tenantlint.lib.coverage
import rego.v1

answer := coverage.beside_applications(
	input.facts.coverage.mfa_or_managed_device,
	input.parameters.permitted_application_exclusions,
)

findings contains finding if some finding in coverage.findings(answer, {})

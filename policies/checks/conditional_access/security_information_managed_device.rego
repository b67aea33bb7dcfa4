# METADATA
# title: Registering security information needs a managed device
# description: >-
#   Asks whether any enabled account of this tenant can register or change security information (the user
#   action registersecurityinfo) from a device that is neither compliant nor hybrid joined, over all enabled
#   policies together. Policies for all resources do not reach user actions.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity/conditional-access/policy-all-users-security-info-registration
#     description: Microsoft's policy template for security information
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/concept-conditional-access-grant
#     description: Compliant and hybrid joined devices as grant controls
# custom:
#   id: CA017
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
#   facts: [coverage.security_information_managed_device]
#   licences: [entra_p1]
#   tags: [conditional-access, devices, registration, situational]
#   bucket: situational
#   lenses: {risk_reduction: medium, scope: all_users, effort: medium, user_impact: medium}
#   rationale: >-
#     A second factor is only as good as the moment at which it was registered. Where that moment happens on
#     any device, an attacker who got past the first factor once adds a method of their own and stays.
#   remediation: >-
#     Entra admin center > Entra ID > Conditional Access > New policy: Users: all users, excluding guests and
#     the emergency accounts; Target resources > User actions: Register security information; Grant: require
#     device to be marked as compliant, or require hybrid joined device. In Graph:
#     conditions.applications.includeUserActions ["urn:user:registersecurityinfo"],
#     grantControls.builtInControls ["compliantDevice","domainJoinedDevice"].
#   mappings:
#     scuba: [MS.AAD.3.8v1]
#     maester: [CISA.MS.AAD.3.8]
#     prowler: [entra_managed_device_required_for_mfa_registration]
#     nist_800_53: [AC-20b, IA-3]
package tenantlint.checks.conditional_access.security_information_managed_device

import data.tenantlint.lib.coverage
import rego.v1

findings contains finding if {
	some finding in coverage.findings(input.facts.coverage.security_information_managed_device, {})
}

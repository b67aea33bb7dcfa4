# METADATA
# title: Managed devices are required
# description: >-
#   Asks whether any enabled account of this tenant can sign in with a modern client on one of the platforms in
#   the parameter from a device that is neither compliant nor hybrid joined, over all enabled policies
#   together. A grant that accepts something else instead (compliant device OR mfa) demands no managed device.
#   Guests are not asked about: their devices are managed at home.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/policy-all-users-device-compliance
#     description: Microsoft's policy template for managed devices
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/concept-conditional-access-grant
#     description: Compliant and hybrid joined devices as grant controls
# custom:
#   id: CA015
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
#   facts: [coverage.managed_device]
#   licences: [entra_p1]
#   tags: [conditional-access, devices, situational]
#   bucket: situational
#   lenses: {risk_reduction: high, scope: all_users, effort: high, user_impact: medium}
#   rationale: >-
#     A stolen session or a phished second factor is of little use to an attacker whose own device is turned
#     away. On devices that nobody manages there may be no disk encryption, no updates and somebody else's
#     software beside company data.
#   remediation: >-
#     Enrol the devices first. Entra admin center > Entra ID > Conditional Access > New policy: Users: all
#     users, excluding guests and the emergency accounts; Target resources: all resources; Grant: require
#     device to be marked as compliant, or require hybrid joined device (require one of them). Set the
#     parameter platforms to those that you manage. In Graph: grantControls {operator "OR", builtInControls
#     ["compliantDevice","domainJoinedDevice"]}.
#   parameters:
#     permitted_application_exclusions:
#       type: array
#       default: []
#       meaning: >-
#         Ids of applications that may be open. Empty, since a policy for all resources needs to leave out none.
#     platforms:
#       type: array
#       default: [android, iOS, windows, macOS, linux]
#       meaning: >-
#         The platforms on which a managed device is required, in Graph's words; unknown stands for what
#         is not recognised (CA014).
#   mappings:
#     scuba: [MS.AAD.3.7v1]
#     maester: [MT.1001, CISA.MS.AAD.3.7]
#     prowler:
#       - entra_managed_device_required_for_authentication
#       - entra_conditional_access_policy_mdm_compliant_device_required
#     nist_800_53: [AC-20b, IA-3]
package tenantlint.checks.conditional_access.managed_devices_required

import data.tenantlint.lib.coverage
import rego.v1

on_platforms := coverage.on_platforms(input.facts.coverage.managed_device, input.parameters.platforms)

answer := coverage.beside_applications(on_platforms, input.parameters.permitted_application_exclusions)

findings contains finding if some finding in coverage.findings(answer, {})

# METADATA
# title: Unknown device platforms are blocked or strongly protected
# description: >-
#   Asks whether any enabled account of this tenant can sign in with a modern client on a platform that
#   Conditional Access does not recognise, with neither phishing-resistant MFA nor a managed device, over all
#   enabled policies together.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity/conditional-access/policy-all-users-device-unknown-unsupported
#     description: Microsoft's policy template for unknown platforms
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/concept-conditional-access-conditions
#     description: Device platforms are read from the user agent
# custom:
#   id: CA014
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
#   facts: [coverage.unknown_platforms]
#   licences: [entra_p1]
#   tags: [conditional-access, devices, situational]
#   bucket: situational
#   lenses: {risk_reduction: medium, scope: all_users, effort: low, user_impact: low}
#   rationale: >-
#     The platform is read from what the client says of itself. Policies for Windows, macOS, iOS and Android
#     are passed by a client that claims to be something else, unless what is not recognised is treated as
#     the strictest case.
#   remediation: >-
#     Entra admin center > Entra ID > Conditional Access > New policy: Users: all users, excluding the
#     emergency accounts; Target resources: all resources; Conditions > Device platforms: include any device,
#     exclude Android, iOS, Windows, macOS and Linux; Grant: block access. In Graph: conditions.platforms
#     {includePlatforms ["all"], excludePlatforms
#     ["android","iOS","windows","macOS","linux","windowsPhone"]}, grantControls.builtInControls ["block"].
#   mappings:
#     maester: [MT.1015]
#     prowler: [entra_conditional_access_policy_block_unknown_device_platforms]
#     mitre_attack: [T1078, T1078.004]
package tenantlint.checks.conditional_access.unknown_platforms_restricted

import data.tenantlint.lib.coverage
import rego.v1

findings contains finding if some finding in coverage.findings(input.facts.coverage.unknown_platforms, {})

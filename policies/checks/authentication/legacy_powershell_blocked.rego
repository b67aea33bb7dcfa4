# METADATA
# title: The retired MSOnline PowerShell cannot sign in
# description: >-
#   Looks at blockMsolPowerShell of the authorization policy. The module MSOnline reads the directory through an
#   interface that Conditional Access and newer logs do not follow; Microsoft has retired it.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/powershell/microsoftgraph/migration-steps
#     description: From MSOnline to Microsoft Graph PowerShell
#   - ref: https://learn.microsoft.com/en-us/graph/api/resources/authorizationpolicy
#     description: authorizationPolicy in Microsoft Graph
# custom:
#   id: AU029
#   severity: medium
#   requires: [authorization_policy]
#   tags: [legacy-auth, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: tenant, effort: low, user_impact: low}
#   rationale: >-
#     Tools for attackers are built on the old interface: with any account they list all users, groups, roles and
#     methods, and leave fewer traces than through Graph. Nothing that Microsoft supports needs it any more.
#   remediation: >-
#     There is no switch in the portal (Entra admin center). In Graph: PATCH /policies/authorizationPolicy
#     {"blockMsolPowerShell": true}. Move the last scripts to Microsoft Graph PowerShell before.
#   mappings:
#     maester: [MT.1185]
#     mitre_attack: [T1087.004, T1059.001]
#     nist_800_53: [CM-7]
package tenantlint.checks.authentication.legacy_powershell_blocked

import data.tenantlint.lib.authorization_policy
import rego.v1

findings contains finding if {
	some finding in authorization_policy.switch({
		"property": "blockMsolPowerShell",
		"wanted": true,
		"about": "whether the MSOnline module is blocked",
		"observed": "The retired MSOnline PowerShell can read the directory.",
	})
}

# METADATA
# title: Administrators cannot reset their own passwords by self-service
# description: >-
#   Looks at allowedToUseSSPR of the authorization policy, which despite its name is about administrators alone: with
#   it they reset their passwords by two methods of Microsoft's fixed choice, a mail to a private address among them,
#   whatever the tenant's methods policy says.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/authentication/concept-sspr-policy
#     description: Password reset by administrators
#   - ref: https://learn.microsoft.com/en-us/graph/api/resources/authorizationpolicy
#     description: authorizationPolicy in Microsoft Graph
# custom:
#   id: AU021
#   severity: medium
#   requires: [authorization_policy]
#   tags: [passwords, privileged-access, strict]
#   bucket: situational
#   lenses: {risk_reduction: medium, scope: administrators, effort: low, user_impact: low}
#   rationale: >-
#     A code in a private mailbox and a call are enough to set a new password for an administrator. Whoever controls
#     those two controls the account, past the methods policy that forbids both as factors. Administrators are few
#     enough to be helped in person.
#   remediation: >-
#     There is no switch in the portal. In Graph: PATCH /policies/authorizationPolicy {"allowedToUseSSPR": false} (in
#     PowerShell Update-MgPolicyAuthorizationPolicy -AllowedToUseSspr:$false). Keep emergency accounts so that nobody
#     is locked out; the setting is shown in the Entra admin center > Entra ID > Password reset > Administrator
#     policy.
#   mappings:
#     eidsca: [AP01]
#     mitre_attack: [T1098, T1556]
#     nist_800_53: [IA-5]
package tenantlint.checks.authentication.administrators_reset_no_passwords_themselves

import data.tenantlint.lib.authorization_policy
import rego.v1

findings contains finding if {
	some finding in authorization_policy.switch({
		"property": "allowedToUseSSPR",
		"wanted": false,
		"about": "whether administrators reset their own passwords",
		"observed": "Administrators can reset their own passwords by self-service.",
	})
}

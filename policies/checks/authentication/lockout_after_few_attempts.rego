# METADATA
# title: Smart lockout begins after few wrong passwords
# description: >-
#   Looks at LockoutThreshold of the directory setting Password Rule Settings. A tenant without the setting has
#   Microsoft's default, ten attempts (three in the US government clouds). Changing it needs Entra ID P1.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/authentication/howto-password-smart-lockout
#     description: Smart lockout
#   - ref: https://learn.microsoft.com/en-us/graph/api/resources/groupsetting
#     description: groupSetting in Microsoft Graph
# custom:
#   id: AU019
#   severity: low
#   requires: [group_settings]
#   tags: [passwords, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: low, scope: all_users, effort: low, user_impact: low}
#   rationale: >-
#     Each try before the lockout is a guess for free. A threshold that was raised for peace at the help desk gives
#     password spraying as many more words to try on every account, each hour of each day.
#   remediation: >-
#     Entra admin center > Entra ID > Authentication methods > Password protection: Lockout threshold, 10 or fewer. In
#     Graph: PATCH /groupSettings/{id} with LockoutThreshold "10". Where Active Directory is behind pass-through
#     authentication, keep it below the threshold there.
#   parameters:
#     max_attempts:
#       type: integer
#       default: 10
#       meaning: >-
#         Most wrong passwords before the account is locked for a while. Ten is Microsoft's default, and leaves room
#         for people who mistype.
#   mappings:
#     eidsca: [PR06]
#     prowler: [entra_password_protection_lockout_threshold_limited]
#     mitre_attack: [T1110.001, T1110.003]
#     nist_800_53: [AC-7]
package tenantlint.checks.authentication.lockout_after_few_attempts

import data.tenantlint.lib.directory_settings
import rego.v1

findings contains finding if {
	some finding in directory_settings.within("Password Rule Settings", "LockoutThreshold", {
		"most": input.parameters.max_attempts,
		"about": "after how many wrong passwords an account is locked",
		"observed": sprintf("Accounts are locked after %v wrong passwords.", [read]),
	})
}

read := directory_settings.read("Password Rule Settings", "LockoutThreshold")

# METADATA
# title: Smart lockout lasts at least a minute
# description: >-
#   Looks at LockoutDurationInSeconds of the directory setting Password Rule Settings: the first lockout, which
#   Microsoft lengthens with each repetition. A tenant without the setting has Microsoft's default, 60 seconds.
#   Changing it needs Entra ID P1.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/authentication/howto-password-smart-lockout
#     description: Smart lockout
#   - ref: https://learn.microsoft.com/en-us/graph/api/resources/groupsetting
#     description: groupSetting in Microsoft Graph
# custom:
#   id: AU020
#   severity: low
#   requires: [group_settings]
#   tags: [passwords, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: low, scope: all_users, effort: low, user_impact: low}
#   rationale: >-
#     A lockout of a few seconds slows nobody but people. A program that guesses waits it out and goes on, so that the
#     limit on attempts is worth nothing.
#   remediation: >-
#     Entra admin center > Entra ID > Authentication methods > Password protection: Lockout duration in seconds, 60 or
#     more. In Graph: PATCH /groupSettings/{id} with LockoutDurationInSeconds "60".
#   parameters:
#     min_seconds:
#       type: integer
#       default: 60
#       meaning: >-
#         Fewest seconds of the first lockout. Microsoft's default is 60; less is no hindrance to a program.
#   mappings:
#     eidsca: [PR05]
#     prowler: [entra_password_protection_lockout_duration_configured]
#     mitre_attack: [T1110.001, T1110.003]
#     nist_800_53: [AC-7]
package tenantlint.checks.authentication.lockout_lasts

import data.tenantlint.lib.directory_settings
import rego.v1

findings contains finding if {
	some finding in directory_settings.within("Password Rule Settings", "LockoutDurationInSeconds", {
		"least": input.parameters.min_seconds,
		"about": "how long a lockout lasts",
		"observed": sprintf("The first lockout lasts %v seconds.", [read]),
	})
}

read := directory_settings.read("Password Rule Settings", "LockoutDurationInSeconds")

# METADATA
# title: Sign-ins are repeated within a day on unmanaged devices
# description: >-
#   Asks whether any enabled user can stay signed in with a modern client on a device that is neither compliant
#   nor hybrid joined for longer than the parameter allows, over all enabled policies together: where no policy
#   lays a sign-in frequency of so many hours, blocks the sign-in or demands a managed device. Where several
#   frequencies apply, Entra takes the shortest. Without any policy the frequency is ninety days.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/policy-all-users-persistent-browser
#     description: Microsoft's policy template for unmanaged devices
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/concept-session-lifetime
#     description: Sign-in frequency and persistent browser sessions
# custom:
#   id: CA032
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
#   facts: [sessions.unmanaged_frequency]
#   licences: [entra_p1]
#   tags: [conditional-access, sessions, devices, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: all_users, effort: low, user_impact: medium}
#   rationale: >-
#     A stolen session cookie is worth as long as the session lasts, and on a device that nobody manages it is
#     stolen most easily. After a day the attacker needs the second factor again; after ninety days the mailbox
#     has been copied.
#   remediation: >-
#     Entra admin center > Entra ID > Conditional Access > New policy: Users: all users; Target resources: all
#     resources; Conditions > Filter for devices: include device.trustType -ne "ServerAD" -and
#     device.isCompliant -ne True; Session: Sign-in frequency: 1 hour to 24 hours. In Graph:
#     sessionControls.signInFrequency {isEnabled true, value, type "hours", frequencyInterval "timeBased"}.
#   parameters:
#     max_hours:
#       type: integer
#       default: 24
#       meaning: >-
#         After how many hours at most people sign in again. A working day is short enough to stop a stolen
#         session, and long enough that people do not answer prompts from habit.
#   mappings:
#     maester: [MT.1018]
#     prowler: [entra_conditional_access_policy_corporate_device_sign_in_frequency_enforced]
#     mitre_attack: [T1539, T1550.004]
#     nist_800_53: [AC-12, IA-11]
package tenantlint.checks.conditional_access.sign_in_repeated_on_unmanaged_devices

import data.tenantlint.lib.coverage
import data.tenantlint.lib.sessions
import rego.v1

answer := sessions.within(
	input.facts.sessions.unmanaged_frequency.at_most,
	input.parameters.max_hours,
	"stay signed in on an unmanaged device for more than %d hours",
)

findings contains finding if some finding in coverage.findings(answer, {})

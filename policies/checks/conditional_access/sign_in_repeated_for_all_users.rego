# METADATA
# title: Sign-ins are repeated after a set time on every device
# description: >-
#   Asks whether any enabled user can stay signed in with a modern client for longer than the parameter allows,
#   on any device, over all enabled policies together: where no policy lays a sign-in frequency of so many hours
#   or blocks the sign-in. Where several frequencies apply, Entra takes the shortest.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/concept-session-lifetime
#     description: Sign-in frequency and persistent browser sessions
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/concept-conditional-access-session
#     description: Session controls
# custom:
#   id: CA033
#   severity: low
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
#   facts: [sessions.all_users_frequency]
#   licences: [entra_p1]
#   tags: [conditional-access, sessions, strict, situational]
#   bucket: situational
#   lenses: {risk_reduction: low, scope: all_users, effort: low, user_impact: high}
#   rationale: >-
#     Without a limit a session renews itself for ninety days. Malware that takes a token from a managed
#     computer, too, then works on from elsewhere for a season; a limit ends it. Too short a limit teaches
#     people to answer every prompt, which is why this check is not in the baseline.
#   remediation: >-
#     Entra admin center > Entra ID > Conditional Access > New policy: Users: all users, excluding the emergency
#     accounts; Target resources: all resources; Session: Sign-in frequency: 7 days. In Graph:
#     sessionControls.signInFrequency {isEnabled true, value 7, type "days", frequencyInterval "timeBased"}.
#   parameters:
#     max_hours:
#       type: integer
#       default: 168
#       meaning: >-
#         After how many hours at most everybody signs in again. A week: shorter times make people answer
#         prompts without reading.
#   mappings:
#     prowler: [entra_conditional_access_policy_sign_in_frequency_all_users]
#     mitre_attack: [T1539, T1550.004]
#     nist_800_53: [AC-12, IA-11]
package tenantlint.checks.conditional_access.sign_in_repeated_for_all_users

import data.tenantlint.lib.coverage
import data.tenantlint.lib.sessions
import rego.v1

answer := sessions.within(
	input.facts.sessions.all_users_frequency.at_most,
	input.parameters.max_hours,
	"stay signed in for more than %d hours",
)

findings contains finding if some finding in coverage.findings(answer, {})

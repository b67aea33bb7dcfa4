# METADATA
# title: Administrators sign in again within hours and leave no browser session behind
# description: >-
#   Asks two things for each privileged role, over all enabled policies together: whether a holder can stay
#   signed in with a modern client for longer than the parameter allows, and whether a browser session can
#   outlast the browser. Holders are users with the role for the whole tenant, active or eligible; an eligible
#   one is judged with the role activated.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/policy-all-users-persistent-browser
#     description: Microsoft's policy template for browser sessions
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/concept-session-lifetime
#     description: Sign-in frequency and persistent browser sessions
# custom:
#   id: CA034
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
#     - role_eligibility_schedule_instances
#   facts: [sessions.administrators]
#   licences: [entra_p1]
#   tags: [conditional-access, sessions, privileged-access, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: administrators, effort: low, user_impact: medium}
#   rationale: >-
#     The longer an administrator's session lives, the longer it can be stolen, and a stolen one changes
#     policies and makes accounts without any prompt. Administrators who sign in for a task and out again leave
#     little to take.
#   remediation: >-
#     Entra admin center > Entra ID > Conditional Access > New policy: Users: directory roles (all that the
#     finding lists), excluding the emergency accounts; Target resources: all resources; Session: Sign-in
#     frequency: 4 hours; Persistent browser session: never persistent. In Graph:
#     sessionControls.signInFrequency {isEnabled true, value 4, type "hours"} and persistentBrowser {isEnabled
#     true, mode "never"}.
#   parameters:
#     max_hours:
#       type: integer
#       default: 4
#       meaning: >-
#         After how many hours at most an administrator signs in again. Half a working day, as the CIS benchmark
#         has it for accounts with a mailbox beside.
#     tiers:
#       type: array
#       default: [takeover]
#       meaning: >-
#         Tiers of roles to look at (takeover, limited, reader: policies/data/privileged_roles.json). The
#         default has the roles from which the tenant or its main data can be taken over.
#   mappings:
#     prowler: [entra_admin_users_sign_in_frequency_enabled]
#     secure_score: [aad_sign_in_freq_session_timeout]
#     cis_m365: ["5.2.2.4"]
#     mitre_attack: [T1539, T1550.004]
#     nist_800_53: [AC-12, IA-11]
package tenantlint.checks.conditional_access.administrators_sessions_short

import data.tenantlint.lib.administrators
import data.tenantlint.lib.sessions
import rego.v1

frequency := sessions.at_most(input.facts.sessions.administrators.frequency, input.parameters.max_hours).answer

again := sprintf("having to sign in again within %d hours", [input.parameters.max_hours])

lasting := "losing the browser session when the browser closes"

of_part(found, part) := {told |
	some finding in found
	told := object.union(finding, {"key": object.union(finding.key, {"part": part})})
}

findings contains finding if {
	tiers := input.parameters.tiers
	persistence := input.facts.sessions.administrators.persistence
	some finding in union({
		of_part(administrators.findings(frequency, tiers, again), "frequency"),
		of_part(administrators.findings(persistence, tiers, lasting), "persistence"),
	})
}

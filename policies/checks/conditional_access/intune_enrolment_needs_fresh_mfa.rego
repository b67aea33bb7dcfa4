# METADATA
# title: Enrolling a device in Intune needs multifactor authentication at that moment
# description: >-
#   Asks two things about the application Microsoft Intune Enrollment, over all enabled policies together:
#   whether any enabled account of this tenant can sign in to it without multifactor authentication, and whether
#   a sign-in from before is enough, since no policy asks for a new one every time.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/mem/intune/enrollment/multi-factor-authentication
#     description: Multifactor authentication for enrolment
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/concept-session-lifetime
#     description: Sign-in frequency and persistent browser sessions
# custom:
#   id: CA053
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
#   facts: [coverage.intune_enrolment, sessions.intune_enrolment]
#   licences: [entra_p1, intune]
#   tags: [conditional-access, devices, mfa, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: all_users, effort: low, user_impact: low}
#   rationale: >-
#     An enrolled device may become a compliant one, and a compliant device opens what policies keep for managed
#     devices. Whoever has a stolen session or a password makes that device their own, with the company's
#     certificates and VPN profiles on it.
#   remediation: >-
#     Entra admin center > Entra ID > Conditional Access > New policy: Users: all users, excluding the emergency
#     accounts; Target resources: Microsoft Intune Enrollment; Grant: require MFA; Session: Sign-in frequency:
#     every time. In Graph: conditions.applications.includeApplications
#     ["d4ebce55-015a-49b5-a083-c84d1797ae8c"], grantControls.builtInControls ["mfa"],
#     sessionControls.signInFrequency {isEnabled true, frequencyInterval "everyTime"}.
#   mappings:
#     prowler: [entra_intune_enrollment_sign_in_frequency_every_time]
#     mitre_attack: [T1098.005]
#     nist_800_53: [IA-3, IA-11]
package tenantlint.checks.conditional_access.intune_enrolment_needs_fresh_mfa

import data.tenantlint.lib.coverage
import rego.v1

findings contains finding if {
	some finding in union({
		coverage.findings(input.facts.coverage.intune_enrolment, {"part": "mfa"}),
		coverage.findings(input.facts.sessions.intune_enrolment, {"part": "every_time"}),
	})
}

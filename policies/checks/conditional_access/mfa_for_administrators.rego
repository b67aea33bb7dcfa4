# METADATA
# title: Administrators need multifactor authentication
# description: >-
#   Asks for each privileged role whether a holder can sign in with a modern client without multifactor
#   authentication, over all enabled policies together. Holders are users with the role for the whole tenant,
#   active or eligible; an eligible one is judged with the role activated, since that is when the role is used.
#   Where the holders are not known, somebody with the role and nothing else is judged. Security defaults ask
#   holders of fourteen roles for MFA at every sign-in.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/policy-old-require-mfa-admin
#     description: Microsoft's policy template for administrators
#   - ref: https://learn.microsoft.com/en-us/entra/fundamentals/security-defaults
#     description: What security defaults enforce
#   - ref: https://learn.microsoft.com/en-us/entra/identity/role-based-access-control/permissions-reference
#     description: Built-in roles and their PRIVILEGED label
# custom:
#   id: CA006
#   severity: critical
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
#   facts: [coverage.administrators.mfa]
#   tags: [conditional-access, mfa, privileged-access, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: administrators, effort: low, user_impact: low}
#   rationale: >-
#     An administrator whose password alone opens a session hands over the tenant with that password: it is
#     enough to guess it, to find it in a leak or to phish it once. Roles that are activated for an hour are
#     no exception, since the attacker activates them too.
#   remediation: >-
#     Entra admin center > Entra ID > Conditional Access > New policy: Users: directory roles (all that the
#     finding lists); Target resources: all resources; Grant: require authentication strength (better
#     Phishing-resistant MFA, see CA003). Exclude the emergency accounts only. Without Entra ID P1 turn on
#     security defaults. In Graph: conditions.users.includeRoles, grantControls.authenticationStrength or
#     builtInControls ["mfa"], state "enabled".
#   parameters:
#     tiers:
#       type: array
#       default: [takeover]
#       meaning: >-
#         Tiers of roles to protect (takeover, limited, reader: policies/data/privileged_roles.json). The
#         default has the roles from which the tenant or its main data can be taken over.
#   mappings:
#     secure_score: [AdminMFAV2]
#     maester: [MT.1006]
#     prowler: [entra_admin_users_mfa_enabled]
#     mitre_attack: [T1110, T1078, T1078.004]
package tenantlint.checks.conditional_access.mfa_for_administrators

import data.tenantlint.lib.administrators
import rego.v1

findings contains finding if {
	some finding in administrators.findings(
		input.facts.coverage.administrators.mfa,
		input.parameters.tiers,
		"MFA",
	)
}

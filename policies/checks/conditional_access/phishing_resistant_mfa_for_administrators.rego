# METADATA
# title: Administrators need phishing-resistant authentication
# description: >-
#   Asks for each privileged role whether a holder can sign in with a modern client without phishing-resistant
#   methods (FIDO2 keys and passkeys, Windows Hello for Business, multifactor certificates), over all enabled
#   policies together. Holders are users with the role for the whole tenant, active or eligible; an eligible
#   one is judged with the role activated, since that is when the role is used. An authentication strength that
#   accepts one weaker method as well forces nothing. Where the holders are not known, somebody with the role
#   and nothing else is judged.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/policy-admin-phish-resistant-mfa
#     description: Microsoft's policy template for administrators
#   - ref: https://learn.microsoft.com/en-us/entra/identity/authentication/concept-authentication-strengths
#     description: Which methods are phishing-resistant
#   - ref: https://learn.microsoft.com/en-us/entra/identity/role-based-access-control/permissions-reference
#     description: Built-in roles and their PRIVILEGED label
# custom:
#   id: CA003
#   severity: high
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
#   facts: [coverage.administrators.phishing_resistant_mfa]
#   licences: [entra_p1]
#   tags: [conditional-access, mfa, privileged-access, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: administrators, effort: medium, user_impact: low}
#   rationale: >-
#     A proxy that sits between an administrator and the sign-in page passes codes and push approvals on and
#     keeps the session. With it the attacker holds the administrator's role: new accounts, new credentials
#     on applications, policies switched off. Methods bound to the site's address do not work for a proxy.
#   remediation: >-
#     Give every administrator two phishing-resistant methods (a security key and a passkey or Windows
#     Hello). Entra admin center > Entra ID > Conditional Access > New policy: Users: directory roles (all
#     that the finding lists); Target resources: all resources; Grant: require authentication strength >
#     Phishing-resistant MFA. Exclude the emergency accounts only, and give those security keys too. In
#     Graph: conditions.users.includeRoles, grantControls.authenticationStrength.id
#     "00000000-0000-0000-0000-000000000004".
#   parameters:
#     tiers:
#       type: array
#       default: [takeover]
#       meaning: >-
#         Tiers of roles to protect (takeover, limited, reader: policies/data/privileged_roles.json). The
#         default has the roles from which the tenant or its main data can be taken over.
#   mappings:
#     secure_score: [aad_phishing_MFA_strength]
#     scuba: [MS.AAD.3.6v1]
#     cis_m365: ["5.2.2.5"]
#     maester: [CISA.MS.AAD.3.6]
#     prowler: [entra_admin_users_phishing_resistant_mfa_enabled]
#     mitre_attack: [T1566, T1566.001, T1566.002, T1078, T1078.004]
#     nist_800_53: [IA-2(1), IA-5c, IA-5g, IA-2(8)]
package tenantlint.checks.conditional_access.phishing_resistant_mfa_for_administrators

import data.tenantlint.lib.administrators
import rego.v1

findings contains finding if {
	some finding in administrators.findings(
		input.facts.coverage.administrators.phishing_resistant_mfa,
		input.parameters.tiers,
		"phishing-resistant MFA",
	)
}

# METADATA
# title: Each emergency account has a phishing-resistant method registered
# description: >-
#   Looks at the methods that each declared emergency account has registered, and tells which have no security
#   key, device-bound passkey or other method that cannot be phished. Certificates are not in this report: where
#   the accounts use them, name it in an exception. An account that the report does not have leaves the verdict
#   open.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/role-based-access-control/security-emergency-access
#     description: Emergency access accounts
#   - ref: https://learn.microsoft.com/en-us/graph/api/resources/userregistrationdetails
#     description: Registered methods, as the Graph reports them
# custom:
#   id: PA022
#   severity: high
#   requires: [user_registration_details, users]
#   refines:
#     - groups
#     - group_members
#     - role_eligibility_schedule_instances
#     - privileged_access_group_eligibility_schedule_instances
#     - role_assignments
#     - role_assignment_schedule_instances
#   facts: [emergency_accounts]
#   tags: [privileged-access, emergency-accounts, phishing-resistant]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: tenant, effort: low, user_impact: none}
#   rationale: >-
#     Emergency accounts are left out of most policies and hold the highest role for ever, so that their sign-in
#     is all that guards them. Microsoft asks for MFA at its admin portals of everybody besides: an account with a
#     password alone does not get in on the day it is needed.
#   remediation: >-
#     Sign in with the account at the security info portal (mysignins.microsoft.com/security-info) and add two
#     security keys that lie in different safes. The method itself is under Entra admin center > Authentication
#     methods > Policies > Passkey (FIDO2). In Graph: methodsRegistered under
#     reports/authenticationMethods/userRegistrationDetails.
#   parameters:
#     methods:
#       type: array
#       default:
#         - fido2
#         - fido2SecurityKey
#         - passKeyDeviceBound
#         - passKeyDeviceBoundAuthenticator
#         - passKeyDeviceBoundWindowsHello
#         - windowsHelloForBusiness
#         - macOsSecureEnclaveKey
#         - x509Certificate
#         - x509CertificateMultiFactor
#       meaning: >-
#         Methods that count, as methodsRegistered names them, in any letter case. None of the default ones can be
#         typed into a false page or read out over the telephone.
#   mappings:
#     cis_m365: ["1.1.2"]
#     prowler: [entra_break_glass_account_fido2_security_key_registered]
#     mitre_attack: [T1078.004, T1566]
#     nist_800_53: [IA-2(1), IA-2(8)]
package tenantlint.checks.privileged_access.emergency_accounts_phishing_resistant

import data.tenantlint.lib.emergency
import rego.v1

fact := input.facts.emergency_accounts

not_applicable contains emergency.none_declared if count(emergency.accounts(fact)) == 0

findings contains found if {
	some one in emergency.present(fact)
	some found in verdict(one)
}

verdict(one) := {emergency.finding(one, {
	"words": "may have no phishing-resistant method: the report of registered methods does not have it",
	"shown": {"methodsRegistered": null},
	"depends_on": ["which methods emergency accounts have registered (user_registration_details)"],
})} if {
	one.methods == null
} else := set() if {
	some method in one.methods
	lower(method) in strong
} else := {emergency.finding(one, {
	"words": "has no phishing-resistant method registered",
	"shown": {"methodsRegistered": one.methods},
})}

strong := {lower(method) | some method in input.parameters.methods}

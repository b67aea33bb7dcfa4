# METADATA
# title: Members do not authenticate by codes in mail
# description: >-
#   Looks at the method Email of the authentication methods policy, and at the members whom its targets reach: with
#   such a code they reset their password. Guests who sign in by a code are another setting. Each include target is
#   judged by itself, with the excluded groups taken out: a group without enabled members is no finding, one whose
#   members the snapshot does not tell leaves the verdict open. While the migration from the older policies is not
#   complete, a method that is off here may be permitted there, and the verdict stays open.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/authentication/concept-authentication-methods
#     description: Methods and their strength
#   - ref: https://learn.microsoft.com/en-us/graph/api/resources/authenticationmethodspolicy
#     description: authenticationMethodsPolicy in Microsoft Graph
# custom:
#   id: AU008
#   severity: medium
#   requires: [authentication_methods_policy]
#   refines: [users, groups, group_members]
#   facts: [authentication_methods]
#   tags: [authentication-methods, mfa, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: all_users, effort: medium, user_impact: medium}
#   rationale: >-
#     The code for a new password goes to a private mailbox of which the organization knows nothing: often without a
#     second factor, with a password that leaked years ago. Who reads that mailbox sets a new password for the account
#     at work.
#   remediation: >-
#     Entra admin center > Entra ID > Authentication methods > Policies > Email OTP: disable it (guests have a switch
#     of their own there, Allow external users to use email OTP). In Graph: PATCH
#     /policies/authenticationMethodsPolicy/authenticationMethodConfigurations/Email {"state": "disabled"}.
#   parameters:
#     permitted_groups:
#       type: array
#       default: []
#       meaning: >-
#         Ids of groups for whom the method is permitted, such as people without a smartphone for a time. None by
#         default: each of them can be signed in as by whoever gets the call or the message.
#   mappings:
#     scuba: [MS.AAD.3.5v2]
#     prowler: [entra_authentication_method_email_otp_disabled]
#     mitre_attack: [T1111, T1114]
#     nist_800_53: [IA-5]
package tenantlint.checks.authentication.email_codes_off

import data.tenantlint.lib.authentication_methods as methods
import rego.v1

findings contains finding if {
	some finding in methods.weak({
		"method": "email",
		"words": "codes in mail",
		"whom": "members",
		"permitted_groups": input.parameters.permitted_groups,
	})
}

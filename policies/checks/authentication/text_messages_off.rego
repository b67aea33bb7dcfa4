# METADATA
# title: Nobody authenticates by text message
# description: >-
#   Looks at the method Sms of the authentication methods policy, and at whom its targets reach. Each include target
#   is judged by itself, with the excluded groups taken out: a group without enabled members is no finding, one whose
#   members the snapshot does not tell leaves the verdict open. While the migration from the older policies is not
#   complete, a method that is off here may be permitted there, and the verdict stays open.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/authentication/concept-authentication-methods
#     description: Methods and their strength
#   - ref: https://learn.microsoft.com/en-us/graph/api/resources/authenticationmethodspolicy
#     description: authenticationMethodsPolicy in Microsoft Graph
# custom:
#   id: AU007
#   severity: high
#   requires: [authentication_methods_policy]
#   refines: [users, groups, group_members]
#   facts: [authentication_methods]
#   tags: [authentication-methods, mfa, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: all_users, effort: medium, user_impact: medium}
#   rationale: >-
#     A text message goes to whoever holds the number, over a network that others read: a card swapped at the carrier,
#     a redirected message, a code that the victim types into a copy of the sign-in page. Every account that may use
#     it is one phone number away from being taken over once its password is known.
#   remediation: >-
#     Entra admin center > Entra ID > Authentication methods > Policies > SMS: disable it, or limit its target to a
#     group that you permit for a time. In Graph: PATCH
#     /policies/authenticationMethodsPolicy/authenticationMethodConfigurations/Sms {"state": "disabled"}. Give the
#     people passkeys or Authenticator first (userRegistrationDetails shows who has only a phone).
#   parameters:
#     permitted_groups:
#       type: array
#       default: []
#       meaning: >-
#         Ids of groups for whom the method is permitted, such as people without a smartphone for a time. None by
#         default: each of them can be signed in as by whoever gets the call or the message.
#   mappings:
#     scuba: [MS.AAD.3.5v2]
#     cis_m365: ["5.2.3.5"]
#     prowler: [entra_authentication_method_sms_voice_disabled]
#     mitre_attack: [T1111, T1451]
#     nist_800_53: [IA-5]
package tenantlint.checks.authentication.text_messages_off

import data.tenantlint.lib.authentication_methods as methods
import rego.v1

findings contains finding if {
	some finding in methods.weak({
		"method": "sms",
		"words": "text messages",
		"whom": "reach",
		"permitted_groups": input.parameters.permitted_groups,
	})
}

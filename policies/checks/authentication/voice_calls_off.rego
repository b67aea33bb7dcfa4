# METADATA
# title: Nobody authenticates by voice call
# description: >-
#   Looks at the method Voice of the authentication methods policy, and at whom its targets reach. Each include target
#   is judged by itself, with the excluded groups taken out: a group without enabled members is no finding, one whose
#   members the snapshot does not tell leaves the verdict open. While the migration from the older policies is not
#   complete, a method that is off here may be permitted there, and the verdict stays open.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/authentication/concept-authentication-methods
#     description: Methods and their strength
#   - ref: https://learn.microsoft.com/en-us/graph/api/resources/authenticationmethodspolicy
#     description: authenticationMethodsPolicy in Microsoft Graph
# custom:
#   id: AU006
#   severity: high
#   requires: [authentication_methods_policy]
#   refines: [users, groups, group_members]
#   facts: [authentication_methods]
#   tags: [authentication-methods, mfa, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: all_users, effort: medium, user_impact: medium}
#   rationale: >-
#     A call is answered by whoever has the number: a carrier's employee who was talked into a new card, a forwarding
#     that nobody noticed, the attacker who rings first and tells the victim what to press. It also passes any page
#     that stands in between, since nothing binds the answer to the site.
#   remediation: >-
#     Entra admin center > Entra ID > Authentication methods > Policies > Voice call: disable it, or limit its target
#     to a group that you permit for a time. In Graph: PATCH
#     /policies/authenticationMethodsPolicy/authenticationMethodConfigurations/Voice {"state": "disabled"}. Give the
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
#     eidsca: [AV01]
#     prowler: [entra_authentication_method_sms_voice_disabled]
#     mitre_attack: [T1111, T1451]
#     nist_800_53: [IA-5]
package tenantlint.checks.authentication.voice_calls_off

import data.tenantlint.lib.authentication_methods as methods
import rego.v1

findings contains finding if {
	some finding in methods.weak({
		"method": "voice",
		"words": "voice calls",
		"whom": "reach",
		"permitted_groups": input.parameters.permitted_groups,
	})
}

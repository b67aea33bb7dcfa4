# METADATA
# title: Microsoft Authenticator is available as a method
# description: >-
#   Looks whether Microsoft Authenticator is on in the authentication methods policy and reaches anybody. Passkeys are
#   better; Authenticator is what most people can have at once, and its app holds passkeys as well.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/authentication/concept-authentication-authenticator-app
#     description: Microsoft Authenticator
#   - ref: https://learn.microsoft.com/en-us/graph/api/resources/authenticationmethodspolicy
#     description: authenticationMethodsPolicy in Microsoft Graph
# custom:
#   id: AU003
#   severity: low
#   requires: [authentication_methods_policy]
#   refines: [users, groups, group_members]
#   facts: [authentication_methods]
#   tags: [authentication-methods, mfa, strict]
#   bucket: situational
#   lenses: {risk_reduction: low, scope: all_users, effort: low, user_impact: low}
#   rationale: >-
#     Where the app is not to be had, people fall back to text messages and calls, which are intercepted and talked
#     out of them, or do without a second factor at all. An available app is what makes the weaker methods
#     dispensable.
#   remediation: >-
#     Entra admin center > Entra ID > Authentication methods > Policies > Microsoft Authenticator > Enable, Target:
#     all users. In Graph: PATCH
#     /policies/authenticationMethodsPolicy/authenticationMethodConfigurations/MicrosoftAuthenticator {"state":
#     "enabled"}.
#   mappings:
#     eidsca: [AM01]
#     mitre_attack: [T1111]
#     nist_800_53: [IA-2(1)]
package tenantlint.checks.authentication.authenticator_available

import data.tenantlint.lib.authentication_methods as methods
import rego.v1

authenticator := "microsoftauthenticator"

findings contains finding if some finding in methods.untold(authenticator, "Microsoft Authenticator is on")

findings contains finding if {
	methods.state_known(authenticator)
	reach := methods.method(authenticator).reach
	reach.state != "some"
	finding := methods.finding({
		"resource": methods.resource,
		"key": {"method": authenticator},
		"message": message(reach),
		"evidence": {"state": methods.method(authenticator).state, "enabled_accounts": reach.count},
		"pointer": methods.method(authenticator).pointer,
		"people": null,
		"depends_on": reach.depends_on,
	})
}

message(reach) := "Nobody may use Microsoft Authenticator." if {
	reach.state == "nobody"
} else := "The snapshot does not tell whether anybody may use Microsoft Authenticator."

# METADATA
# title: A push in Authenticator needs the number that the sign-in shows
# description: >-
#   Looks at numberMatchingRequiredState of Microsoft Authenticator for everybody who may use it. Microsoft has number
#   matching in force for every push since May 2023; a value that is absent (Graph v1.0) or left to Microsoft is
#   therefore good. A value that says disabled, or names a part of the people only, is a finding all the same: it is a
#   decision against number matching that waits to take effect.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/authentication/how-to-mfa-number-match
#     description: Number matching
#   - ref: https://learn.microsoft.com/en-us/graph/api/resources/microsoftauthenticatorfeaturesettings
#     description: Features of Authenticator
# custom:
#   id: AU002
#   severity: low
#   requires: [authentication_methods_policy]
#   refines: [users, groups, group_members]
#   facts: [authentication_methods]
#   tags: [authentication-methods, mfa, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: low, scope: all_users, effort: low, user_impact: low}
#   rationale: >-
#     A request that is approved by one tap is approved by accident, or after the twentieth request of a night. The
#     number on the screen of the sign-in is known to the person who started it and to nobody else, so that an
#     attacker with a password gets nowhere by repetition. Microsoft enforces it at present, which makes the setting a
#     matter of what holds on the day when it does not.
#   remediation: >-
#     Entra admin center > Entra ID > Authentication methods > Policies > Microsoft Authenticator > Configure: Require
#     number matching for push notifications, Enabled or Microsoft managed, for all users. In Graph (beta):
#     featureSettings.numberMatchingRequiredState of MicrosoftAuthenticator with state "enabled" and includeTarget.id
#     "all_users".
#   mappings:
#     eidsca: [AM03, AM04]
#     mitre_attack: [T1621]
#     nist_800_53: [IA-2(1)]
package tenantlint.checks.authentication.authenticator_number_matching

import data.tenantlint.lib.authentication_methods as methods
import rego.v1

authenticator := "microsoftauthenticator"

findings contains finding if some finding in methods.untold(authenticator, "Microsoft Authenticator is on")

findings contains finding if {
	feature := methods.method(authenticator).features.numberMatchingRequiredState
	some finding in methods.unserved({
		"feature": feature,
		"name": "numberMatchingRequiredState",
		"words": "matching the number on the screen",
	})
}

not_applicable contains "Nobody may use Microsoft Authenticator." if methods.nobody_may_use(authenticator)

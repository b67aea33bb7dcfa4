# METADATA
# title: Authenticator gives no one-time codes
# description: >-
#   Microsoft Authenticator also makes six-digit codes (isSoftwareOathEnabled). A code shows no application and no
#   place and is typed wherever the page asks for it. A setting that is not told leaves the verdict open; where nobody
#   may use Authenticator, there is nothing to judge.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/graph/api/microsoftauthenticatorauthenticationmethodconfiguration-get
#     description: Authenticator in the methods policy
#   - ref: https://learn.microsoft.com/en-us/entra/identity/authentication/concept-authentication-authenticator-app
#     description: Microsoft Authenticator
# custom:
#   id: AU004
#   severity: medium
#   requires: [authentication_methods_policy]
#   refines: [users, groups, group_members]
#   facts: [authentication_methods]
#   tags: [authentication-methods, mfa, strict]
#   bucket: situational
#   lenses: {risk_reduction: medium, scope: all_users, effort: low, user_impact: medium}
#   rationale: >-
#     A page that imitates the sign-in asks for the code as the real one does, and passes it on while it is valid.
#     Nothing on the phone tells the person where the code goes, so the care that requests with context allow for has
#     no place.
#   remediation: >-
#     Entra admin center > Entra ID > Authentication methods > Policies > Microsoft Authenticator > Configure: Allow
#     use of Microsoft Authenticator OTP, No. In Graph: isSoftwareOathEnabled false on the configuration
#     MicrosoftAuthenticator. People without a network need a passkey in its place.
#   mappings:
#     scuba: [MS.AAD.3.3v2]
#     eidsca: [AM02]
#     mitre_attack: [T1111, T1566]
#     nist_800_53: [IA-2(1)]
package tenantlint.checks.authentication.authenticator_without_codes

import data.tenantlint.lib.authentication_methods as methods
import data.tenantlint.lib.settings
import rego.v1

authenticator := "microsoftauthenticator"

findings contains finding if some finding in methods.untold(authenticator, "Microsoft Authenticator is on")

findings contains finding if {
	methods.state_known(authenticator)
	not methods.nobody_may_use(authenticator)
	some flaw in settings.switch({
		"resource": methods.resource,
		"object": methods.configuration(authenticator),
		"property": "isSoftwareOathEnabled",
		"wanted": false,
		"about": "whether Authenticator gives one-time codes",
		"observed": "Authenticator gives one-time codes.",
	})
	place := sprintf("%s/isSoftwareOathEnabled", [methods.method(authenticator).pointer])
	finding := object.union(flaw, {"pointer": place})
}

not_applicable contains "Nobody may use Microsoft Authenticator." if methods.nobody_may_use(authenticator)

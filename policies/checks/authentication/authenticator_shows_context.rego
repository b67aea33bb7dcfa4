# METADATA
# title: Authenticator shows the application and the place with every request
# description: >-
#   Microsoft Authenticator can name the application and show the place of a sign-in with each request
#   (displayAppInformationRequiredState and displayLocationInformationRequiredState). Both are asked for everybody who
#   may use Authenticator: a feature that is on for one group only leaves out whoever is in the method's targets and
#   not in the feature's. A feature left to Microsoft counts as what Microsoft documents for it, off at present.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/authentication/how-to-mfa-additional-context
#     description: Additional context in Authenticator
#   - ref: https://learn.microsoft.com/en-us/entra/identity/authentication/concept-authentication-default-enablement
#     description: What settings left to Microsoft mean
# custom:
#   id: AU001
#   severity: medium
#   requires: [authentication_methods_policy]
#   refines: [users, groups, group_members]
#   facts: [authentication_methods]
#   tags: [authentication-methods, mfa, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: all_users, effort: low, user_impact: low}
#   rationale: >-
#     Whoever has a password sends requests until one is approved. A request without an application and a place looks
#     like any other, and people approve it from habit or to be left alone. With both on the screen, a request for an
#     application that nobody opened, from a country where nobody is, gives the attack away.
#   remediation: >-
#     Entra admin center > Entra ID > Authentication methods > Policies > Microsoft Authenticator > Configure: set
#     Show application name and Show geographic location to Enabled for all users. In Graph: PATCH
#     /policies/authenticationMethodsPolicy/authenticationMethodConfigurations/ MicrosoftAuthenticator,
#     featureSettings.displayAppInformationRequiredState.state and
#     featureSettings.displayLocationInformationRequiredState.state "enabled", includeTarget.id "all_users".
#   mappings:
#     scuba: [MS.AAD.3.3v2]
#     cis_m365: ["5.2.3.1"]
#     eidsca: [AM06, AM07, AM09, AM10]
#     prowler: [entra_authentication_method_authenticator_show_context]
#     mitre_attack: [T1621]
#     nist_800_53: [IA-2(1)]
package tenantlint.checks.authentication.authenticator_shows_context

import data.tenantlint.lib.authentication_methods as methods
import rego.v1

authenticator := "microsoftauthenticator"

features := {
	"displayAppInformationRequiredState": "showing the application in requests",
	"displayLocationInformationRequiredState": "showing the place in requests",
}

findings contains finding if some finding in methods.untold(authenticator, "Microsoft Authenticator is on")

findings contains finding if {
	some name, words in features
	feature := methods.method(authenticator).features[name]
	some finding in methods.unserved({"feature": feature, "name": name, "words": words})
}

not_applicable contains "Nobody may use Microsoft Authenticator." if methods.nobody_may_use(authenticator)

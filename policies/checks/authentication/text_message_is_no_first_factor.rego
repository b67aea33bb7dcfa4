# METADATA
# title: A text message is not enough to sign in by itself
# description: >-
#   A target of the method Sms can let people sign in with their phone number and a code alone (isUsableForSignIn),
#   without a password. Each target that somebody enabled is in is judged; one that does not tell the switch leaves
#   the verdict open. Where nobody may use text messages, there is nothing to judge.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/authentication/howto-authentication-sms-signin
#     description: Sign-in by text message
#   - ref: https://learn.microsoft.com/en-us/graph/api/resources/smsauthenticationmethodtarget
#     description: smsAuthenticationMethodTarget in Microsoft Graph
# custom:
#   id: AU009
#   severity: high
#   requires: [authentication_methods_policy]
#   refines: [users, groups, group_members]
#   facts: [authentication_methods]
#   tags: [authentication-methods, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: some_users, effort: low, user_impact: medium}
#   rationale: >-
#     The phone number is printed on a card, and the code goes to whoever holds the number. Who has it moved to
#     another card, or reads messages on the way, is signed in without ever knowing a password, and as often as he
#     likes.
#   remediation: >-
#     Entra admin center > Entra ID > Authentication methods > Policies > SMS: clear Use for sign-in for every target,
#     or disable the method. In Graph: isUsableForSignIn false in includeTargets of
#     /policies/authenticationMethodsPolicy/authenticationMethodConfigurations/Sms. Frontline staff sign in with QR
#     code and PIN, or with passkeys, in its place.
#   mappings:
#     eidsca: [AS04]
#     mitre_attack: [T1451, T1078.004]
#     nist_800_53: [IA-2(1)]
package tenantlint.checks.authentication.text_message_is_no_first_factor

import data.tenantlint.lib.authentication_methods as methods
import rego.v1

findings contains finding if some finding in methods.untold("sms", "text messages can be used")

findings contains finding if {
	methods.method("sms").state == "enabled"
	some target in methods.method("sms").targets
	target.reach.state != "nobody"
	target.sign_in != false
	finding := methods.finding({
		"resource": methods.resource,
		"key": {"target": target.id},
		"message": sprintf("%s (%s).", [observed(target), methods.people_of(target.reach)]),
		"evidence": {"target": target.id, "target_name": target.name, "isUsableForSignIn": target.sign_in},
		"pointer": sprintf("%s/isUsableForSignIn", [target.pointer]),
		"people": target.reach,
		"depends_on": array.concat(target.reach.depends_on, ["isUsableForSignIn" | target.sign_in != true]),
	})
}

findings contains finding if {
	some finding in methods.without_targets({"method": "sms", "words": "text messages"})
}

observed(target) := sprintf("A text message alone signs in %s", [methods.target_words(target)]) if {
	target.sign_in == true
} else := sprintf("Whether a text message alone signs in %s is not told", [methods.target_words(target)])

not_applicable contains "Nobody may use text messages." if methods.nobody_may_use("sms")

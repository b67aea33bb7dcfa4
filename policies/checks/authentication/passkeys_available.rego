# METADATA
# title: Every member can register and use passkeys and security keys
# description: >-
#   Looks at the method Fido2 of the authentication methods policy: whether it is on, whether it reaches every enabled
#   member, group by group, and whether people register their passkeys themselves (isSelfServiceRegistrationAllowed).
#   Guests are left out, since they bring the methods of their own tenant.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/authentication/how-to-enable-passkey-fido2
#     description: Passkeys in Microsoft Entra ID
#   - ref: https://learn.microsoft.com/en-us/graph/api/resources/fido2authenticationmethodconfiguration
#     description: fido2AuthenticationMethodConfiguration in Graph
# custom:
#   id: AU011
#   severity: medium
#   requires: [authentication_methods_policy]
#   refines: [users, groups, group_members]
#   facts: [authentication_methods]
#   tags: [authentication-methods, passkeys, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: all_users, effort: medium, user_impact: low}
#   rationale: >-
#     Passkeys and security keys are the methods that a copied sign-in page cannot use, since the key answers to the
#     real site only. Where people may not have one, they keep to methods that are phished for sale, and policies that
#     ask for phishing-resistant sign-ins would lock them out.
#   remediation: >-
#     Entra admin center > Entra ID > Authentication methods > Policies > Passkey (FIDO2): Enable, Target: all users,
#     Allow self-service set up: Yes. In Graph: PATCH
#     /policies/authenticationMethodsPolicy/authenticationMethodConfigurations/Fido2 {"state": "enabled",
#     "isSelfServiceRegistrationAllowed": true} with all_users in includeTargets.
#   mappings:
#     eidsca: [AF01, AF02]
#     mitre_attack: [T1566, T1111]
#     nist_800_53: [IA-2(8)]
package tenantlint.checks.authentication.passkeys_available

import data.tenantlint.lib.authentication_methods as methods
import data.tenantlint.lib.settings
import rego.v1

findings contains finding if some finding in methods.untold("fido2", "passkeys are on")

findings contains finding if {
	methods.state_known("fido2")
	lacking := methods.method("fido2").lacking
	lacking.state != "nobody"
	finding := methods.finding({
		"resource": methods.resource,
		"key": {"method": "fido2", "why": "reach"},
		"message": message(lacking),
		"evidence": {"state": methods.method("fido2").state, "enabled_members_without": lacking.count},
		"pointer": methods.method("fido2").pointer,
		"people": lacking,
		"depends_on": lacking.depends_on,
	})
}

findings contains finding if {
	methods.method("fido2").state == "enabled"
	some flaw in settings.switch({
		"resource": methods.resource,
		"object": methods.configuration("fido2"),
		"property": "isSelfServiceRegistrationAllowed",
		"wanted": true,
		"about": "whether people register passkeys themselves",
		"observed": "People cannot register passkeys themselves.",
		"key": {"method": "fido2", "why": "registration"},
	})
	place := sprintf("%s/isSelfServiceRegistrationAllowed", [methods.method("fido2").pointer])
	finding := object.union(flaw, {"pointer": place})
}

message(lacking) := "Passkeys are off." if {
	methods.method("fido2").state == "disabled"
} else := "Passkeys are on for some people, and who is left out is not known." if {
	lacking.state == "perhaps"
} else := sprintf("Passkeys are on, but not for %s.", [methods.people(lacking)])

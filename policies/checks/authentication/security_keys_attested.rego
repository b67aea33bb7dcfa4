# METADATA
# title: A passkey proves its make when it is registered
# description: >-
#   Looks whether attestation is enforced at registration: isAttestationEnforced of the method Fido2, or, in a tenant
#   with passkey profiles, attestationEnforcement of every profile that a target uses. With it only keys are accepted
#   whose make and model the manufacturer vouches for. Where nobody may use passkeys, there is nothing to judge.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/authentication/concept-fido2-hardware-vendor
#     description: Attestation of passkeys
#   - ref: https://learn.microsoft.com/en-us/graph/api/resources/fido2authenticationmethodconfiguration
#     description: fido2AuthenticationMethodConfiguration in Graph
# custom:
#   id: AU012
#   severity: medium
#   requires: [authentication_methods_policy]
#   refines: [users, groups, group_members]
#   facts: [authentication_methods]
#   tags: [authentication-methods, passkeys, strict]
#   bucket: situational
#   lenses: {risk_reduction: medium, scope: all_users, effort: medium, user_impact: medium}
#   rationale: >-
#     Without attestation anything that speaks the protocol counts as a security key, a program on the attacker's
#     computer as well, or a passkey that is copied to every device of a private cloud account. The strength that
#     policies rely on then rests on whatever the user happened to register.
#   remediation: >-
#     Entra admin center > Entra ID > Authentication methods > Policies > Passkey (FIDO2) > Configure, or the profile:
#     Enforce attestation, Yes. In Graph: isAttestationEnforced true on the configuration Fido2, or
#     attestationEnforcement "registrationOnly" on the passkey profile. Synced passkeys cannot be registered then;
#     keep a profile without it for those who need them.
#   mappings:
#     eidsca: [AF03]
#     mitre_attack: [T1556.006, T1098.005]
#     nist_800_53: [IA-5]
package tenantlint.checks.authentication.security_keys_attested

import data.tenantlint.lib.authentication_methods as methods
import data.tenantlint.lib.passkeys
import rego.v1

findings contains finding if some finding in methods.untold("fido2", "passkeys are on")

findings contains finding if {
	methods.state_known("fido2")
	not methods.nobody_may_use("fido2")
	some base in passkeys.bases
	base.attested != true
	finding := {
		"resource": methods.resource,
		"key": base.key,
		"message": message(base),
		"evidence": {"judged": base.name, property(base): base.attested},
		"pointer": passkeys.pointer(base, property(base)),
		"depends_on": [sprintf("%s of %s", [property(base), base.name]) | base.attested != false],
	}
}

message(base) := sprintf("In %s no key proves its make.", [base.name]) if {
	base.attested == false
} else := sprintf("The snapshot does not tell whether keys prove their make in %s.", [base.name])

property(base) := "isAttestationEnforced" if {
	base.path == ""
} else := "attestationEnforcement"

not_applicable contains "Nobody may use passkeys." if methods.nobody_may_use("fido2")

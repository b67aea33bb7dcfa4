# METADATA
# title: Only passkeys of chosen models can be registered
# description: >-
#   Looks at the key restrictions of the method Fido2, or, in a tenant with passkey profiles, of every profile that a
#   target uses: they are enforced and list models (by AAGUID). A list of models that are permitted and one of models
#   that are forbidden both count as a choice, unless the parameter names the models. Whether a key is of the model
#   that it claims is known only with attestation (AU012).
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/authentication/how-to-enable-passkey-fido2
#     description: Key restrictions
#   - ref: https://learn.microsoft.com/en-us/graph/api/resources/fido2keyrestrictions
#     description: fido2KeyRestrictions in Microsoft Graph
# custom:
#   id: AU013
#   severity: low
#   requires: [authentication_methods_policy]
#   refines: [users, groups, group_members]
#   facts: [authentication_methods]
#   tags: [authentication-methods, passkeys, strict]
#   bucket: situational
#   lenses: {risk_reduction: low, scope: all_users, effort: medium, user_impact: medium}
#   rationale: >-
#     Models differ in whether the key leaves the device, whether it asks for a PIN, and whether known flaws were
#     mended. A tenant that did not choose accepts the weakest one on sale, and cannot shut out a model on the day
#     when it turns out to be broken.
#   remediation: >-
#     Entra admin center > Entra ID > Authentication methods > Policies > Passkey (FIDO2) > Configure, or the profile:
#     Enforce key restrictions, Yes; Restrict specific keys, Allow; add the AAGUIDs. In Graph: keyRestrictions
#     {"isEnforced": true, "enforcementType": "allow", "aaGuids": [...]}. List what people registered first, since
#     keys of other models stop working.
#   parameters:
#     permitted_models:
#       type: array
#       default: []
#       meaning: >-
#         AAGUIDs of the models that may be registered. When any are named, the list has to permit (not forbid), and
#         to name no other ones. None by default, since the choice is the tenant's.
#   mappings:
#     eidsca: [AF04, AF05, AF06]
#     mitre_attack: [T1556.006]
#     nist_800_53: [IA-5]
package tenantlint.checks.authentication.security_key_models_chosen

import data.tenantlint.lib.authentication_methods as methods
import data.tenantlint.lib.findings as lib
import data.tenantlint.lib.passkeys
import rego.v1

findings contains finding if some finding in methods.untold("fido2", "passkeys are on")

findings contains finding if {
	methods.state_known("fido2")
	not methods.nobody_may_use("fido2")
	some base in passkeys.bases
	state(base) != "good"
	finding := {
		"resource": methods.resource,
		"key": base.key,
		"message": message(base),
		"evidence": {"judged": base.name, "keyRestrictions": base.restrictions},
		"pointer": passkeys.pointer(base, "keyRestrictions"),
		"depends_on": [sprintf("keyRestrictions of %s", [base.name]) | state(base) == "unknown"],
	}
}

message(base) := sprintf("In %s %s.", [base.name, shortcoming(base)]) if {
	state(base) == "bad"
} else := sprintf("The snapshot does not tell which models may be registered in %s.", [base.name])

models(base) := {lower(model) | some model in lib.list(base.restrictions, ["aaGuids"]); is_string(model)}

permitted := {lower(model) | some model in input.parameters.permitted_models}

enforced(base) := object.get(base.restrictions, "isEnforced", null) if {
	is_object(base.restrictions)
} else := null

kind(base) := object.get(base.restrictions, "enforcementType", null)

state(base) := "bad" if {
	enforced(base) == false
} else := "unknown" if {
	enforced(base) != true
} else := "unknown" if {
	not kind(base) in {"allow", "block"}
} else := "bad" if {
	count(models(base)) == 0
} else := "good" if {
	count(permitted) == 0
} else := "bad" if {
	kind(base) == "block"
} else := "bad" if {
	count(models(base) - permitted) > 0
} else := "good"

shortcoming(base) := "any model can be registered" if {
	enforced(base) == false
} else := "the list of models is empty" if {
	count(models(base)) == 0
} else := "the list only forbids models" if {
	kind(base) == "block"
} else := sprintf("models are permitted that are not among the chosen ones: %s", [others]) if {
	others := lib.named(sort(models(base) - permitted))
}

not_applicable contains "Nobody may use passkeys." if methods.nobody_may_use("fido2")

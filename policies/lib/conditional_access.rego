# Conditional Access policies as objects: what they are called, whether they are enforced, what they demand.
#
# Whom a policy reaches, and what all policies together leave open, is in the facts `coverage.*` and `exclusions`.
package tenantlint.lib.conditional_access

import data.tenantlint.lib.findings
import rego.v1

resource(policy) := findings.resource("conditionalAccessPolicy", identity(policy), name(policy))

# A policy written by hand may have no id yet; then its name identifies it.
identity(policy) := findings.text(object.get(policy, "id", ""), findings.text(display_name(policy), "unknown"))

display_name(policy) := object.get(policy, "displayName", "")

name(policy) := findings.text(display_name(policy), identity(policy))

enabled(policy) if object.get(policy, "state", "") == "enabled"

number_enabled(policies) := count([policy | some policy in policies; enabled(policy)])

# Each demand of the grant, in Graph's words.
demands(policy) := union({
	{control | some control in findings.list(policy, ["grantControls", "builtInControls"]); is_string(control)},
	{sprintf("termsOfUse:%v", [terms]) | some terms in findings.list(policy, ["grantControls", "termsOfUse"])},
	{sprintf("customAuthenticationFactor:%v", [factor]) |
		some factor in findings.list(policy, ["grantControls", "customAuthenticationFactors"])
	},
	{sprintf("authenticationStrength:%v", [object.get(strength, "id", "?")]) | count(strength) > 0},
}) if {
	strength := findings.block(policy, ["grantControls", "authenticationStrength"])
}

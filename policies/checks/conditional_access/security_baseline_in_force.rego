# METADATA
# title: Either security defaults or Conditional Access is in force
# description: >-
#   A tenant is protected by security defaults or by enabled Conditional Access policies with a grant control. With
#   neither, a password is enough for everything. The two exclude each other: the service refuses to enforce
#   policies while security defaults are on, so that policies beside them are not in force.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/fundamentals/security-defaults
#     description: What security defaults enforce, and how to turn them on
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/overview
#     description: Conditional Access
# custom:
#   id: CA004
#   severity: critical
#   requires: [security_defaults]
#   refines: [conditional_access_policies]
#   tags: [conditional-access, security-defaults, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: tenant, effort: low, user_impact: medium}
#   rationale: >-
#     Security defaults are switched off to make room for Conditional Access, and sometimes nothing follows:
#     policies stay in report-only mode or are disabled again. Then neither legacy protocols nor stolen passwords
#     meet any obstacle, while the portal shows policies that look like protection.
#   remediation: >-
#     With Entra ID P1: turn on Conditional Access policies that block legacy authentication and force a second
#     factor for all users (Entra admin center > Entra ID > Conditional Access), and leave security defaults off.
#     Without it: Entra admin center > Entra ID > Overview > Properties > Manage security defaults > Enabled. In
#     Graph: identitySecurityDefaultsEnforcementPolicy.isEnabled, conditionalAccessPolicy.state.
#   mappings:
#     maester: [MT.1021]
#     mitre_attack: [T1110, T1078, T1078.004]
package tenantlint.checks.conditional_access.security_baseline_in_force

import data.tenantlint.lib.conditional_access as ca
import data.tenantlint.lib.findings as lib
import rego.v1

policies := lib.collection("conditional_access_policies")

policies_status := lib.status("conditional_access_policies")

defaults_on if object.get(input, ["collections", "security_defaults", "isEnabled"], null) == true

# Session controls alone protect no sign-in, and neither does a policy for nobody.
in_force := [policy |
	some policy in policies
	ca.enabled(policy)
	count(ca.demands(policy)) > 0
]

resource := lib.resource("identitySecurityDefaultsEnforcementPolicy", id, "Security defaults") if {
	id := lib.text(object.get(input, ["collections", "security_defaults", "id"], ""), "security_defaults")
}

waiting := sort([ca.name(policy) | some policy in policies; not ca.enabled(policy)])

evidence := {
	"security_defaults": {true: "on", false: "off"}[on],
	"conditional_access_policies": policies_status,
	"enabled_policies": sort([ca.name(policy) | some policy in in_force]),
	"policies_not_enabled": waiting,
}

on if defaults_on

on := false if not defaults_on

# A tenant without the licence has no policies: that is known.
policies_known if policies_status in {"ok", "unlicensed"}

findings contains finding if {
	not defaults_on
	policies_known
	count(in_force) == 0
	finding := {
		"resource": resource,
		"key": {"gap": "nothing in force"},
		"message": message,
		"evidence": evidence,
		"pointer": "/isEnabled",
	}
}

message := "Security defaults are off and no Conditional Access policy is enabled." if {
	count(waiting) == 0
} else := sprintf("Security defaults are off and no Conditional Access policy is enabled; %s", [
	lib.counted(count(waiting), "policy only reports or is disabled", "policies only report or are disabled"),
])

findings contains finding if {
	not defaults_on
	not policies_known
	finding := {
		"resource": resource,
		"key": {"gap": "nothing in force"},
		"message": "Security defaults are off, and the Conditional Access policies are not known.",
		"evidence": evidence,
		"pointer": "/isEnabled",
		"depends_on": ["Conditional Access policies (conditional_access_policies)"],
	}
}

findings contains finding if {
	defaults_on
	count(in_force) > 0
	finding := {
		"resource": resource,
		"key": {"gap": "both"},
		"message": sprintf("Security defaults are on beside %s, which are not in force while they are.", [
			lib.counted(count(in_force), "enabled Conditional Access policy", "enabled Conditional Access policies"),
		]),
		"evidence": evidence,
		"pointer": "/isEnabled",
	}
}

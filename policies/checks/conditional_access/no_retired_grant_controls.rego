# METADATA
# title: No policy leans on a grant control that Microsoft retires
# description: >-
#   Looks at the grant of every enabled and report-only policy. The control Require approved client app is
#   retired: it stops being enforced, as if it had not been chosen. A policy that asks for it alone or beside
#   other controls (AND) then asks for less, and one that accepts it as one of several (OR) turns away people
#   who have nothing else. Only a policy that accepts an app protection policy instead stays what it is.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/migrate-approved-client-app
#     description: Migration from approved client apps to app protection
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/concept-conditional-access-grant
#     description: Grant controls
# custom:
#   id: CA042
#   severity: medium
#   requires: [conditional_access_policies]
#   licences: [entra_p1]
#   tags: [conditional-access, mobile, soundness, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: some_users, effort: low, user_impact: low}
#   rationale: >-
#     On the day on which the control ends nobody changes anything, and yet phones are let in without a check,
#     or people are turned away on a working day. The hurried repair of such a policy opens more than it closes.
#   remediation: >-
#     Entra admin center > Entra ID > Conditional Access > the policy > Grant: add Require app protection policy
#     and choose Require one of the selected controls; make app protection policies in Intune first. In Graph:
#     grantControls {operator "OR", builtInControls ["approvedApplication","compliantApplication"]}, or
#     ["compliantApplication"] alone.
#   parameters:
#     retired_controls:
#       type: array
#       default: [approvedApplication]
#       meaning: >-
#         Graph's words for controls that end. The default is the one whose end Microsoft has announced.
#   mappings:
#     maester: [MT.1072]
#     nist_800_53: [CM-6, SA-22]
package tenantlint.checks.conditional_access.no_retired_grant_controls

import data.tenantlint.lib.conditional_access as ca
import data.tenantlint.lib.findings as lib
import rego.v1

# What Microsoft names as the successor.
successor := "compliantApplication"

in_force := [policy |
	some policy in lib.collection("conditional_access_policies")
	object.get(policy, "state", "") in ["enabled", "enabledForReportingButNotEnforced"]
]

not_applicable contains "No Conditional Access policy is enabled." if count(in_force) == 0

operator(policy) := upper(lib.text(object.get(lib.block(policy, ["grantControls"]), "operator", ""), "OR"))

survives(policy, demands) if {
	operator(policy) == "OR"
	successor in demands
}

consequence(policy, demands, left) := "then asks for nothing on its own" if {
	count(left) == 0
} else := "then asks for less" if {
	operator(policy) == "AND"
} else := sprintf("then turns away who meets none of the others (%s)", [concat(", ", sort(left))]) if {
	count(demands) > 0
}

findings contains finding if {
	some policy in in_force
	demands := ca.demands(policy)
	retired := demands & {control | some control in input.parameters.retired_controls}
	count(retired) > 0
	not survives(policy, demands)
	finding := {
		"resource": ca.resource(policy),
		"message": sprintf("The policy leans on a control that ends (%s), and %s.", [
			concat(", ", sort(retired)),
			consequence(policy, demands, demands - retired),
		]),
		"evidence": {
			"/grantControls/builtInControls": sort(demands),
			"/grantControls/operator": operator(policy),
			"/state": policy.state,
		},
		"pointer": "/grantControls/builtInControls",
	}
}

# METADATA
# title: Activating a privileged role asks for strong authentication
# description: >-
#   Looks, for each role from which the tenant can be taken over, that somebody holds or may activate, and for
#   each group that gives one, at what an activation asks for: multifactor authentication, or an authentication
#   context that an enabled Conditional Access policy for all users ties to multifactor authentication, an
#   authentication strength or a managed device. Exclusions of that policy are judged by the checks of Conditional
#   Access.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/graph/identity-governance-pim-rules-overview
#     description: The rules of a role, as the Graph names them
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/concept-conditional-access-cloud-apps
#     description: Authentication contexts in Conditional Access
# custom:
#   id: PA015
#   severity: high
#   requires: [role_management_policies]
#   refines:
#     - role_definitions
#     - role_assignments
#     - role_assignment_schedule_instances
#     - role_eligibility_schedule_instances
#     - privileged_access_group_eligibility_schedule_instances
#     - users
#     - groups
#     - group_members
#     - conditional_access_policies
#   facts: [pim_rules]
#   licences: [entra_p2]
#   tags: [privileged-access, pim, activation, mfa]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: administrators, effort: low, user_impact: low}
#   rationale: >-
#     Eligibility protects only as far as the activation asks for more than the session that is already there.
#     Where it asks for nothing, a stolen token or a password is enough to become administrator. A context that no
#     policy answers asks for nothing either, though the portal shows it as set.
#   remediation: >-
#     Entra admin center > ID Governance > Privileged Identity Management > Microsoft Entra roles > Settings > the
#     role > Edit > On activation, require: choose an authentication context and give it a Conditional Access
#     policy that requires phishing-resistant MFA with a sign-in frequency of every time, or choose Azure MFA. In
#     Graph: the rules AuthenticationContext_EndUser_Assignment (isEnabled, claimValue) and
#     Enablement_EndUser_Assignment (enabledRules).
#   parameters:
#     tiers:
#       type: array
#       default: [takeover]
#       meaning: >-
#         Tiers of roles to look at (takeover, limited, reader; policies/data/privileged_roles.json says which
#         role is in which). The default has the roles from which the tenant or its main data can be taken over.
#   mappings:
#     mitre_attack: [T1078.004, T1550.001]
#     nist_800_53: [IA-2(1), AC-6(1)]
package tenantlint.checks.privileged_access.activation_needs_strong_authentication

import data.tenantlint.lib.findings as lib
import data.tenantlint.lib.pim
import rego.v1

judged := pim.of_tiers(input.facts.pim_rules, input.parameters.tiers)

not_applicable contains "Nobody holds or may activate a role that is looked at." if {
	count(judged) == 0
}

findings contains found if {
	some one in judged
	some found in verdict(one, one.source.activation)
}

# A context that is on takes the place of the other requirement.
verdict(one, asked) := by_context(one, asked) if {
	asked.context_on == true
} else := {pim.unknown(one, {
	"rule": "enablement",
	"about": sprintf("what activating %s asks for", [pim.thing(one)]),
	"shown": asked,
})} if {
	asked.asks == null
} else := set() if {
	"multifactorauthentication" in {lower(name) | some name in asked.asks}
} else := {pim.unknown(one, {
	"rule": "context",
	"about": sprintf("whether an authentication context guards the activation of %s", [pim.thing(one)]),
	"shown": asked,
})} if {
	asked.context_on == null
} else := {pim.finding(one, {
	"rule": "enablement",
	"words": sprintf("Activating %s asks neither for MFA nor for an authentication context.", [pim.thing(one)]),
	"shown": asked,
})}

by_context(one, asked) := set() if {
	some policy in answering(asked.context)
	reaches(policy)
} else := {pim.finding(one, {
	"rule": "context",
	"words": sprintf(
		"It is not certain that a policy answers the authentication context \"%s\" for everybody who activates %s.",
		[lib.text(asked.context, "?"), pim.thing(one)],
	),
	"shown": asked,
	"depends_on": ["whom policies reach that answer the context (conditional_access_policies)"],
})} if {
	uncertain(asked.context)
} else := {pim.finding(one, {
	"rule": "context",
	"words": sprintf("Activating %s asks for the authentication context \"%s\", which no enabled policy answers.", [
		pim.thing(one),
		lib.text(asked.context, "?"),
	]),
	"shown": asked,
})}

uncertain(_) if lib.status("conditional_access_policies") != "ok"

uncertain(name) if count(answering(name)) > 0

# Enabled policies that ask for something strong where the context is called for.
answering(name) := [policy |
	some policy in lib.collection("conditional_access_policies")
	object.get(policy, "state", "") == "enabled"
	applications := lib.block(policy, ["conditions", "applications"])
	name in lib.list(applications, ["includeAuthenticationContextClassReferences"])
	strong(lib.block(policy, ["grantControls"]))
]

strong(grant) if count(lib.block(grant, ["authenticationStrength"])) > 0

# Of controls that are joined by OR each has to be strong, of those joined by AND one.
strong(grant) if {
	object.get(grant, "operator", "OR") != "AND"
	controls := lib.list(grant, ["builtInControls"])
	count(controls) > 0
	every control in controls {
		control in guards
	}
}

strong(grant) if {
	object.get(grant, "operator", "OR") == "AND"
	some control in lib.list(grant, ["builtInControls"])
	control in guards
}

guards := {"mfa", "compliantDevice", "domainJoinedDevice", "block"}

# Whether a policy reaches everybody who activates the role. Who activates does not hold the role yet, so that a policy
# for holders of the role does not reach him for sure.
reaches(policy) if "All" in lib.list(policy, ["conditions", "users", "includeUsers"])

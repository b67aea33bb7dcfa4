# METADATA
# title: Whoever activates a privileged role gives a reason
# description: >-
#   Looks, for each privileged role that somebody holds or may activate and each group that gives one, at whether
#   an activation asks for a justification or for the number of a ticket. Strict, since a reason stops nobody; it
#   makes the log readable and lets approvers and reviewers see what an activation was for.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/graph/identity-governance-pim-rules-overview
#     description: The rules of a role, as the Graph names them
# custom:
#   id: PA017
#   severity: low
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
#   facts: [pim_rules]
#   licences: [entra_p2]
#   tags: [privileged-access, pim, activation, strict]
#   bucket: situational
#   lenses: {risk_reduction: low, scope: administrators, effort: low, user_impact: low}
#   rationale: >-
#     After an incident the first question is which activations were work. Without a reason each of them has to be
#     asked for, and people forget; with one, the odd activation stands out at once and an approver has something
#     to decide on.
#   remediation: >-
#     Entra admin center > ID Governance > Privileged Identity Management > Microsoft Entra roles > Settings > the
#     role > Edit: turn on Require justification on activation, or Require ticket information on activation. In
#     Graph: enabledRules of the rule Enablement_EndUser_Assignment with Justification or Ticketing.
#   parameters:
#     tiers:
#       type: array
#       default: [takeover]
#       meaning: >-
#         Tiers of roles to look at (takeover, limited, reader; policies/data/privileged_roles.json says which
#         role is in which). The default has the roles from which the tenant or its main data can be taken over.
#   mappings:
#     mitre_attack: [T1078.004]
#     nist_800_53: [AC-6(9), AU-3]
package tenantlint.checks.privileged_access.activation_needs_a_reason

import data.tenantlint.lib.pim
import rego.v1

judged := pim.of_tiers(input.facts.pim_rules, input.parameters.tiers)

not_applicable contains "Nobody holds or may activate a role that is looked at." if {
	count(judged) == 0
}

findings contains found if {
	some one in judged
	some found in verdict(one, one.source.activation.asks)
}

verdict(one, null) := {pim.unknown(one, {
	"rule": "enablement",
	"about": sprintf("whether activating %s asks for a reason", [pim.thing(one)]),
	"shown": one.source.activation,
})}

verdict(one, asks) := set() if {
	is_array(asks)
	some asked in asks
	lower(asked) in {"justification", "ticketing"}
} else := {pim.finding(one, {
	"rule": "enablement",
	"words": sprintf("Activating %s asks neither for a justification nor for a ticket.", [pim.thing(one)]),
	"shown": one.source.activation,
})} if {
	is_array(asks)
}

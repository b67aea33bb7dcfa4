# METADATA
# title: The rules of privileged roles let no active assignment stand for ever
# description: >-
#   Looks, for each privileged role that somebody holds or may activate and each group that gives one, at whether
#   the rules for administrators who assign it ask for an end, and how far away that end may be. This is the rule
#   for assignments to come; those that stand are judged by another check. A rule that the snapshot does not have
#   leaves the verdict open.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/graph/identity-governance-pim-rules-overview
#     description: The rules of a role, as the Graph names them
# custom:
#   id: PA018
#   severity: medium
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
#   tags: [privileged-access, pim, standing-access, strict]
#   bucket: situational
#   lenses: {risk_reduction: medium, scope: administrators, effort: low, user_impact: low}
#   rationale: >-
#     Where the rules allow it, sooner or later somebody assigns a role for good because it is quicker, and an
#     intruder who may assign roles does the same. A rule that always asks for an end makes standing access a
#     decision that has to be renewed.
#   remediation: >-
#     Entra admin center > ID Governance > Privileged Identity Management > Microsoft Entra roles > Settings > the
#     role > Edit > Assignment: turn off Allow permanent active assignment and choose after how long it expires.
#     Emergency accounts keep the assignments that they have. In Graph: isExpirationRequired and maximumDuration
#     of the rule Expiration_Admin_Assignment.
#   parameters:
#     tiers:
#       type: array
#       default: [takeover]
#       meaning: >-
#         Tiers of roles to look at (takeover, limited, reader; policies/data/privileged_roles.json says which
#         role is in which). The default has the roles from which the tenant or its main data can be taken over.
#     max_days:
#       type: integer
#       default: 180
#       meaning: >-
#         Longest active assignment that the rules may allow, in days. Half a year is Microsoft's own default
#         where an end is asked for.
#   mappings:
#     mitre_attack: [T1098.003]
#     nist_800_53: [AC-2]
package tenantlint.checks.privileged_access.permanent_assignments_not_offered

import data.tenantlint.lib.pim
import rego.v1

judged := pim.of_tiers(input.facts.pim_rules, input.parameters.tiers)

not_applicable contains "Nobody holds or may activate a role that is looked at." if {
	count(judged) == 0
}

findings contains found if {
	some one in judged
	some found in verdict(one, one.source.active)
}

verdict(one, rule) := {pim.finding(one, {
	"rule": "active",
	"words": sprintf("An active assignment of %s can be made without an end.", [pim.thing(one)]),
	"shown": rule,
})} if {
	rule.expires == false
} else := {pim.unknown(one, {
	"rule": "active",
	"about": sprintf("for how long an active assignment of %s can be made", [pim.thing(one)]),
	"shown": rule,
})} if {
	null in {rule.expires, rule.max_days}
} else := {pim.finding(one, {
	"rule": "active",
	"words": sprintf("An active assignment of %s can be made for %d days, more than %d.", [
		pim.thing(one),
		rule.max_days,
		input.parameters.max_days,
	]),
	"shown": rule,
})} if {
	rule.max_days > input.parameters.max_days
} else := set()

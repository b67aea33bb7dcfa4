# METADATA
# title: An activated role lasts for hours and not for a day
# description: >-
#   Looks, for each privileged role that somebody holds or may activate and each group that gives one, at how long
#   an activation may last: the roles from which the tenant can be taken over for a part of a working day, the
#   others for a working day. Without its own rule a role has Microsoft's eight hours, yet a rule that the
#   snapshot does not have leaves the verdict open.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/graph/identity-governance-pim-rules-overview
#     description: The rules of a role, as the Graph names them
#   - ref: https://learn.microsoft.com/en-us/entra/identity/role-based-access-control/security-planning
#     description: Securing privileged access
# custom:
#   id: PA016
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
#   tags: [privileged-access, pim, activation]
#   bucket: situational
#   lenses: {risk_reduction: medium, scope: administrators, effort: low, user_impact: low}
#   rationale: >-
#     What is activated stays usable until its time is up, also for whoever stole the session meanwhile. An
#     activation of a day is standing access that is renewed each morning; one of a few hours ends with the work
#     it was for.
#   remediation: >-
#     Entra admin center > ID Governance > Privileged Identity Management > Microsoft Entra roles > Settings > the
#     role > Edit > Activation maximum duration (hours). For a group, the same under Groups > Settings > Member.
#     In Graph: maximumDuration of the rule Expiration_EndUser_Assignment.
#   parameters:
#     max_hours_takeover:
#       type: integer
#       default: 4
#       meaning: >-
#         Longest activation, in hours, of the roles from which the tenant can be taken over (tier takeover). Four
#         hours are half a working day, with time for a longer change.
#     max_hours_limited:
#       type: integer
#       default: 10
#       meaning: >-
#         Longest activation, in hours, of the other privileged roles that change something (tier limited). Ten
#         hours let somebody activate once a day.
#   mappings:
#     mitre_attack: [T1078.004]
#     nist_800_53: [AC-2(5), AC-6(5)]
package tenantlint.checks.privileged_access.activation_is_short

import data.tenantlint.lib.findings as lib
import data.tenantlint.lib.pim
import rego.v1

judged := pim.of_tiers(input.facts.pim_rules, ["takeover", "limited"])

not_applicable contains "Nobody holds or may activate a role that is looked at." if {
	count(judged) == 0
}

findings contains found if {
	some one in judged
	some found in verdict(one, longest(one.role.tier))
}

longest("takeover") := input.parameters.max_hours_takeover

longest("limited") := input.parameters.max_hours_limited

verdict(one, hours) := {pim.unknown(one, {
	"rule": "duration",
	"about": sprintf("how long an activation of %s lasts", [pim.thing(one)]),
	"shown": one.source.activation,
})} if {
	one.source.activation.max_minutes == null
} else := {pim.finding(one, {
	"rule": "duration",
	"words": sprintf("An activation of %s lasts up to %s, more than %d.", [
		pim.thing(one),
		length(one.source.activation.max_minutes),
		hours,
	]),
	"shown": one.source.activation,
})} if {
	one.source.activation.max_minutes > hours * 60
} else := set()

length(minutes) := lib.counted(minutes / 60, "hour", "hours") if {
	minutes % 60 == 0
} else := sprintf("%d minutes", [minutes])

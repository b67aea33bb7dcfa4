# METADATA
# title: Privileged assignments belong to accounts that exist and are enabled
# description: >-
#   Looks at every account that holds or may activate a privileged role and tells which are disabled, and which
#   assignments point to an id that is no user, group or application of the directory any more. Where one of these
#   lists is not whole, such an id leaves the verdict open.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/role-based-access-control/best-practices
#     description: Practices for administrative roles
# custom:
#   id: PA008
#   severity: low
#   requires: [role_assignments|role_assignment_schedule_instances, users]
#   refines:
#     - role_definitions
#     - role_eligibility_schedule_instances
#     - privileged_access_group_eligibility_schedule_instances
#     - groups
#     - group_members
#     - service_principals
#   facts: [privileged_holders]
#   tags: [privileged-access, hygiene]
#   bucket: situational
#   lenses: {risk_reduction: low, scope: administrators, effort: low, user_impact: none}
#   rationale: >-
#     A disabled account keeps its roles, and whoever may enable users enables an administrator with it. Leavers'
#     assignments also hide those that matter: a list in which every third line is dead is no longer read.
#   remediation: >-
#     Entra admin center > Entra ID > Roles & admins > All roles > the role > Assignments: remove what belongs to
#     disabled and deleted accounts, active and eligible. In Graph: accountEnabled of the user; delete the object
#     under roleManagement/directory/roleAssignments, or request removal under roleEligibilityScheduleRequests.
#   parameters:
#     tiers:
#       type: array
#       default: [takeover, limited]
#       meaning: >-
#         Tiers of roles to look at (takeover, limited, reader; policies/data/privileged_roles.json says which
#         role is in which). The default leaves out roles that only read.
#   mappings:
#     mitre_attack: [T1078.004]
#     nist_800_53: [AC-2(3), AC-6(7)]
package tenantlint.checks.privileged_access.administrators_enabled_and_known

import data.tenantlint.lib.findings as lib
import data.tenantlint.lib.holders
import data.tenantlint.lib.privileged
import rego.v1

fact := input.facts.privileged_holders

findings contains found if {
	some holder in fact.holders
	holders.shares(holder.tiers, input.parameters.tiers)
	some found in verdict(holder)
}

findings contains {
	"resource": lib.tenant,
	"key": {"principal": one.id},
	"message": sprintf("%s has %s and is nobody whom the directory knows.", [
		privileged.shown(one),
		holders.roles(one),
	]),
	"evidence": {"principal_id": one.id, "roles": one.roles},
	"principals": [privileged.principal(one)],
} if {
	some one in fact.unidentified
	one.missing
	holders.shares(one.tiers, input.parameters.tiers)
}

findings contains found if {
	some found in holders.unknown(fact, input.parameters.tiers)
}

verdict(holder) := {holders.finding(holder, {
	"words": "is disabled",
	"shown": {"accountEnabled": false},
	"pointer": "/accountEnabled",
})} if {
	holder.enabled == false
} else := {holders.finding(holder, {
	"words": "may be disabled: the snapshot does not tell",
	"shown": {"accountEnabled": holder.enabled},
	"depends_on": ["whether accounts are enabled (users)"],
})} if {
	holder.enabled == null
} else := set()

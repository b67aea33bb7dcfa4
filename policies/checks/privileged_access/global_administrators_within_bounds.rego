# METADATA
# title: The number of Global Administrators is within bounds
# description: >-
#   Counts the enabled users who hold Global Administrator for the whole tenant, each once: directly, as members of
#   groups with the role (nested ones included), and, unless the parameter says otherwise, those who are only
#   eligible for it, directly or through PIM for Groups. Active and eligible numbers are given apart. Applications
#   with the role are named and not counted.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/role-based-access-control/best-practices
#     description: Fewer than five Global Administrators, and other practices for roles
#   - ref: https://learn.microsoft.com/en-us/entra/identity/role-based-access-control/security-emergency-access
#     description: Emergency access accounts
# custom:
#   id: PA001
#   severity: high
#   requires: [role_assignments|role_assignment_schedule_instances|role_holders]
#   refines:
#     - role_eligibility_schedule_instances
#     - privileged_access_group_eligibility_schedule_instances
#     - role_definitions
#     - users
#     - groups
#     - group_members
#     - service_principals
#   facts: [privileged_access]
#   tags: [privileged-access, global-administrator, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: administrators, effort: low, user_impact: none}
#   rationale: >-
#     A Global Administrator can read, change and delete everything, and can give the same power to others. Every
#     account with the role is one more that can be phished, one more session to steal. A single one is a risk of
#     another kind: when it is locked out, or its owner leaves, nobody can administer the tenant.
#   remediation: >-
#     Entra admin center > Entra ID > Roles & admins > Global Administrator > Assignments: give people the narrowest
#     role that does their work, make what remains eligible instead of active, and keep two emergency accounts. In
#     Graph: roleManagement/directory/roleAssignments and roleEligibilityScheduleInstances with roleDefinitionId
#     62e90394-69f5-4237-9190-012177145e10.
#   parameters:
#     min_global_admins:
#       type: integer
#       default: 2
#       meaning: Fewest Global Administrators. With one alone, a lost phone locks the tenant.
#     max_global_admins:
#       type: integer
#       default: 4
#       meaning: Most Global Administrators. Microsoft and CIS advise fewer than five; CISA allows eight.
#     count_eligible:
#       type: boolean
#       default: true
#       meaning: >-
#         Whether accounts that are only eligible count. They do by default, since whoever takes over such an
#         account is one activation away from the role.
#     count_emergency_accounts:
#       type: boolean
#       default: true
#       meaning: Whether the declared emergency accounts count. They do by default, as in the published bounds.
#   mappings:
#     secure_score: [OneAdmin]
#     scuba: [MS.AAD.7.1v1]
#     cis_m365: ["1.1.3"]
#     maester: [MT.1032, CIS.M365.1.1.3, CISA.MS.AAD.7.1]
#     prowler: [admincenter_users_between_two_and_four_global_admins]
#     mitre_attack: [T1098, T1098.003]
#     nist_800_53: [AC-6(5)]
package tenantlint.checks.privileged_access.global_administrators_within_bounds

import data.tenantlint.lib.findings as lib
import data.tenantlint.lib.privileged
import rego.v1

fact := input.facts.privileged_access

role := fact.roles[privileged.global_administrator]

counted_list := role.all if {
	input.parameters.count_eligible
} else := role.active

emergency := 0 if {
	input.parameters.count_emergency_accounts
} else := role.emergency.count

# How many there surely are.
sure := max([0, counted_list.count - emergency])

# Groups whose members are not known may hold any number, and so may lists that were not collected. A source that names
# the holders of roles names them all.
unbounded contains sprintf("the members of the group %s", [lib.named([lib.text(group.name, group.id)])]) if {
	not fact.names_holders
	some group in role.unknown_groups
}

unbounded contains "users and groups (users, groups)" if {
	not fact.names_holders
	role.unidentified.count > 0
}

unbounded contains "which holders are active (role_assignments)" if {
	not input.parameters.count_eligible
	role.named.count > 0
}

unbounded contains "eligible assignments (role_eligibility_schedule_instances)" if {
	input.parameters.count_eligible
	not fact.eligibility_known
	not fact.names_holders
	pim_possible
}

# Without Entra ID P2 nobody can be eligible.
pim_possible if {
	licences := object.get(input, "licences", null)
	is_array(licences)
	"entra_p2" in licences
}

pim_possible if object.get(input, "licences", null) == null

too_many if sure > input.parameters.max_global_admins

too_few if {
	sure < input.parameters.min_global_admins
	count(unbounded) == 0
}

# Whatever is not known may hold any number: a principal that is not identified may be a group.
open_verdict if {
	not too_many
	count(unbounded) > 0
}

numbers := sprintf("%s (%s)", [
	lib.counted(sure, "Global Administrator", "Global Administrators"),
	concat(", ", states),
])

states := array.concat(
	[sprintf("%d active", [role.active.count]), sprintf("%d only eligible", [role.eligible.count])],
	[words | words := sprintf("%d active or eligible", [role.named.count]); role.named.count > 0],
)

evidence := {
	"counted": sure,
	"active": role.active.count,
	"eligible_only": role.eligible.count,
	"active_or_eligible": role.named.count,
	"disabled": role.all.disabled,
	"enabled_unknown": role.all.enabled_unknown,
	"emergency_accounts": role.emergency.count,
	"emergency_accounts_counted": input.parameters.count_emergency_accounts,
	"applications": role.service_principals.names,
	"principals_of_unknown_kind": role.unidentified.names,
	"bounds": [input.parameters.min_global_admins, input.parameters.max_global_admins],
	"source": fact.source,
	"eligibility_known": fact.eligibility_known,
}

findings contains finding if {
	too_many
	finding := {
		"resource": lib.tenant,
		"key": {"bound": "max"},
		"message": sprintf("%s, more than %d.", [numbers, input.parameters.max_global_admins]),
		"population": [counted_list.population],
		"evidence": evidence,
	}
}

findings contains finding if {
	too_few
	finding := {
		"resource": lib.tenant,
		"key": {"bound": "min"},
		"message": sprintf("%s, fewer than %d.", [numbers, input.parameters.min_global_admins]),
		"population": [counted_list.population],
		"evidence": evidence,
	}
}

findings contains finding if {
	open_verdict
	finding := {
		"resource": lib.tenant,
		"key": {"bound": "unknown"},
		"message": sprintf("%s for certain; not everything that counts is known.", [numbers]),
		"population": [counted_list.population, role.unidentified.population],
		"evidence": evidence,
		"depends_on": sort(unbounded),
	}
}

# METADATA
# title: Most privileged people hold a narrower role than Global Administrator
# description: >-
#   Counts the enabled accounts that hold or may activate Global Administrator, and those that hold or may
#   activate another role from which the tenant can be taken over and not this one. Who has both counts as a
#   Global Administrator, since the narrower role then narrows nothing. Declared emergency accounts need the role
#   and are left out unless the parameter says otherwise.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/role-based-access-control/best-practices
#     description: Practices for administrative roles
#   - ref: https://learn.microsoft.com/en-us/microsoft-365/admin/add-users/about-admin-roles
#     description: Administrative roles of Microsoft 365, and practices for them
#   - ref: https://learn.microsoft.com/en-us/entra/identity/role-based-access-control/security-planning
#     description: Securing privileged access
# custom:
#   id: PA003
#   severity: medium
#   requires: [role_assignments|role_assignment_schedule_instances|role_holders]
#   refines:
#     - role_definitions
#     - role_eligibility_schedule_instances
#     - privileged_access_group_eligibility_schedule_instances
#     - users
#     - groups
#     - group_members
#     - service_principals
#   facts: [privileged_holders]
#   tags: [privileged-access, global-administrator, least-privilege]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: administrators, effort: medium, user_impact: low}
#   rationale: >-
#     An organization in which the highest role is the usual one has not decided who needs what. Each such
#     account, phished or left unlocked, gives up the whole tenant where an Exchange or User Administrator would
#     have given up a part of it.
#   remediation: >-
#     Entra admin center > Entra ID > Roles & admins > Global Administrator > Assignments: for each person note
#     the tasks, assign the least role that does them (Exchange, SharePoint, User, Application Administrator and
#     others) as eligible, and remove Global Administrator. In Graph: roleManagement/directory/roleAssignments and
#     roleEligibilityScheduleRequests.
#   parameters:
#     max_ratio:
#       type: number
#       default: 1.0
#       meaning: >-
#         Most Global Administrators for each person who holds a narrower role only. One to one is CISA's bound; a
#         grown organization does with far fewer.
#     count_emergency_accounts:
#       type: boolean
#       default: false
#       meaning: >-
#         Whether the declared emergency accounts count as Global Administrators. They do not by default, since no
#         narrower role serves them.
#   mappings:
#     scuba: [MS.AAD.7.2v1]
#     secure_score: [RoleOverlap]
#     mitre_attack: [T1078.004]
#     nist_800_53: [AC-5, AC-6]
package tenantlint.checks.privileged_access.finer_roles_outnumber_global_administrators

import data.tenantlint.lib.findings as lib
import data.tenantlint.lib.holders
import data.tenantlint.lib.privileged
import rego.v1

fact := input.facts.privileged_holders

# Those of whom it is not known whether they are enabled count.
watched := [holder |
	some holder in holders.of_tiers(fact, ["takeover"])
	counts(holder)
]

counts(holder) if not holder.emergency

counts(_) if input.parameters.count_emergency_accounts

highest := [holder | some holder in watched; privileged.global_administrator in holder.own_ids]

narrower := [holder | some holder in watched; not privileged.global_administrator in holder.own_ids]

not_applicable contains "Nobody who counts holds or may activate a role that is looked at." if {
	count(watched) == 0
}

too_many if count(highest) > input.parameters.max_ratio * count(narrower)

# Whoever is not known can turn the scales either way.
unknowns contains name if {
	some gap in holders.unknown(fact, ["takeover"])
	some name in gap.depends_on
}

unknowns contains "eligible assignments (role_eligibility_schedule_instances)" if {
	not fact.eligibility_known
	pim_possible
}

# Without Entra ID P2 nobody can be eligible.
pim_possible if object.get(input, "licences", null) == null

pim_possible if "entra_p2" in input.licences

numbers := sprintf("Accounts with Global Administrator, active or eligible: %d; with a narrower role only: %d", [
	count(highest),
	count(narrower),
])

evidence := {
	"global_administrators": [privileged.shown(holder) | some holder in highest],
	"narrower_roles_only": [{"name": holder.name, "roles": holder.takeover_roles} | some holder in narrower],
	"max_ratio": input.parameters.max_ratio,
}

findings contains {
	"resource": lib.tenant,
	"message": sprintf("%s.", [numbers]),
	"evidence": evidence,
	"principals": [privileged.principal(holder) | some holder in highest],
	"depends_on": sort(unknowns),
} if {
	too_many
}

findings contains {
	"resource": lib.tenant,
	"message": sprintf("%s. Not everybody who counts is known.", [numbers]),
	"evidence": evidence,
	"depends_on": sort(unknowns),
} if {
	not too_many
	count(unknowns) > 0
}

# METADATA
# title: Nobody has standing access to privileged roles
# description: >-
#   Looks at every active assignment of a privileged role to a user or a group for the whole tenant. One without an
#   end, or one that lasts longer than the parameter allows, is standing access. Activations through Privileged
#   Identity Management and eligible assignments are not; the declared emergency accounts are expected to stand. A
#   group stands for its members; one that is empty, or whose members only activate, gives nobody standing access.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/id-governance/privileged-identity-management/pim-configure
#     description: Privileged Identity Management, and assignments that are eligible
#   - ref: https://learn.microsoft.com/en-us/entra/id-governance/privileged-identity-management/concept-pim-for-groups
#     description: Privileged Identity Management for groups
#   - ref: https://learn.microsoft.com/en-us/entra/identity/role-based-access-control/security-emergency-access
#     description: Emergency access accounts, which stay active
# custom:
#   id: PA002
#   severity: high
#   requires: [role_assignments|role_assignment_schedule_instances]
#   refines:
#     - role_definitions
#     - users
#     - groups
#     - group_members
#     - service_principals
#     - privileged_access_group_eligibility_schedule_instances
#   facts: [privileged_access]
#   licences: [entra_p2]
#   tags: [privileged-access, pim, standing-access, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: administrators, effort: medium, user_impact: low}
#   rationale: >-
#     A role that is always on is taken over with the account, at any hour and without a trace of its own.
#     Eligibility makes the attacker activate it first: with a second factor, a reason, perhaps an approval, and an
#     alert. It also keeps an administrator's everyday mistakes from running with full power.
#   remediation: >-
#     Entra admin center > ID Governance > Privileged Identity Management > Microsoft Entra roles > Assignments:
#     remove the active assignment and add an eligible one; for a group, manage its membership through PIM for
#     Groups. Keep the emergency accounts active and enter them into the exception register as break_glass. In
#     Graph: roleAssignmentScheduleInstances with assignmentType "Assigned" against
#     roleEligibilityScheduleInstances.
#   parameters:
#     max_days:
#       type: integer
#       default: 90
#       meaning: >-
#         Longest active assignment, in days from its start to its end. Ninety days is a project or a parental
#         leave; what lasts longer is a job, and needs a role only while it is done.
#     tiers:
#       type: array
#       default: [takeover]
#       meaning: >-
#         Tiers of roles to look at (takeover, limited, reader: policies/data/privileged_roles.json). The default
#         has the roles from which the tenant or its main data can be taken over.
#     include_scoped:
#       type: boolean
#       default: false
#       meaning: >-
#         Whether assignments that are limited to an administrative unit, an object or an application count as well.
#     include_service_principals:
#       type: boolean
#       default: false
#       meaning: >-
#         Whether applications count. They cannot activate a role, so that their assignments are standing by nature.
#   mappings:
#     scuba: [MS.AAD.7.4v1]
#     cis_m365: ["5.3.1"]
#     maester: [CISA.MS.AAD.7.4]
#     mitre_attack: [T1098, T1098.003]
#     nist_800_53: [AC-2]
package tenantlint.checks.privileged_access.no_standing_access

import data.tenantlint.lib.findings as lib
import data.tenantlint.lib.privileged
import rego.v1

fact := input.facts.privileged_access

standing := [assignment |
	some assignment in fact.assignments
	assignment.state == "active"
	assignment.tier in input.parameters.tiers
	not assignment.emergency
	not object.get(assignment.principal, "enabled", null) == false
	lasting(assignment)
	in_scope(assignment)
	who_counts(assignment.principal.kind)
	held(assignment)
]

lasting(assignment) if assignment.days == null

lasting(assignment) if {
	assignment.days != null
	assignment.days > input.parameters.max_days
}

in_scope(assignment) if assignment.tenant_wide

in_scope(_) if input.parameters.include_scoped

who_counts(kind) if kind != "servicePrincipal"

who_counts(_) if input.parameters.include_service_principals

# A group gives standing access only when somebody beside the emergency accounts is, or may be, in it.
held(assignment) if assignment.members == null

held(assignment) if assignment.members.count > 0

held(assignment) if not assignment.members.status in {"ok", "missing"}

until(assignment) := "without an end" if {
	assignment.days == null
} else := sprintf("for %d days", [assignment.days])

scope_words(assignment) := "" if {
	assignment.tenant_wide
} else := sprintf(" within %s", [assignment.scope])

who(assignment) := sprintf("%s %s", [
	privileged.kind_word(assignment.principal),
	privileged.shown(assignment.principal),
])

group_words(assignment) := "" if {
	assignment.members == null
} else := sprintf(" (%s)", [lib.counted(assignment.members.count, "member", "members")]) if {
	assignment.members.status == "ok"
} else := " (members not known)"

evidence(assignment) := {
	"role": assignment.role_name,
	"role_template_id": assignment.role,
	"principal_id": assignment.principal.id,
	"starts": assignment.starts,
	"ends": assignment.ends,
	"days": assignment.days,
	"scope": assignment.scope,
	"group_members": members_evidence(assignment),
	"source": assignment.collection,
}

members_evidence(assignment) := null if {
	assignment.members == null
} else := {
	"status": assignment.members.status,
	"enabled": assignment.members.count,
	"disabled": assignment.members.disabled,
	"names": assignment.members.names,
}

# What is not known of an assignment, so that it may be none of ours.
unknowns(assignment) := {"whether the principal is a user or an application (users)" |
	assignment.principal.kind == "unknown"
	not input.parameters.include_service_principals
} | {sprintf("the members of the group %s", [privileged.shown(assignment.principal)]) |
	assignment.members != null
	assignment.members.status != "ok"
}

whom(assignment) := {"principals": [privileged.principal(assignment.principal)]} if {
	assignment.members == null
} else := {"population": [assignment.members.population]} if {
	assignment.members.status == "ok"
} else := {"principals": [privileged.principal(assignment.principal)]}

depends_on(assignment) := {"depends_on": sort(unknowns(assignment))} if {
	count(unknowns(assignment)) > 0
} else := {}

findings contains finding if {
	some assignment in standing
	finding := object.union_n([
		{
			"resource": lib.resource(assignment.resource_kind, assignment.id, assignment.role_name),
			"key": {"role": assignment.role, "principal": assignment.principal.id, "scope": assignment.scope},
			"message": sprintf("The %s%s holds %s%s %s.", [
				who(assignment),
				group_words(assignment),
				assignment.role_name,
				scope_words(assignment),
				until(assignment),
			]),
			"evidence": evidence(assignment),
		},
		whom(assignment),
		depends_on(assignment),
	])
}

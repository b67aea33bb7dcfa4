# METADATA
# title: Privileged roles are assigned through Privileged Identity Management only
# description: >-
#   Looks at every active assignment of a privileged role as Privileged Identity Management lists it. One that was
#   made there has a start; one that was made past it (in the Microsoft 365 admin center, by a script, by
#   synchronization of a partner) has none. Declared emergency accounts, disabled accounts and, unless the
#   parameter says otherwise, applications are left out.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/id-governance/privileged-identity-management/pim-configure
#     description: What Privileged Identity Management does
#   - ref: https://learn.microsoft.com/en-us/entra/identity/role-based-access-control/best-practices
#     description: Practices for administrative roles
# custom:
#   id: PA009
#   severity: high
#   requires: [role_assignment_schedule_instances]
#   refines:
#     - role_assignments
#     - role_definitions
#     - privileged_access_group_eligibility_schedule_instances
#     - users
#     - groups
#     - group_members
#     - service_principals
#   facts: [privileged_access]
#   licences: [entra_p2]
#   tags: [privileged-access, pim]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: administrators, effort: medium, user_impact: none}
#   rationale: >-
#     What is assigned past Privileged Identity Management has no end, no reason and no approval, and sets off
#     none of its mail. It is how an intruder who may assign roles makes a lasting one, and how an administrator
#     in a hurry leaves one behind.
#   remediation: >-
#     Entra admin center > ID Governance > Privileged Identity Management > Microsoft Entra roles > Assignments >
#     Active assignments: remove the assignment and add an eligible or time-bound one there. In Graph:
#     roleAssignmentScheduleInstances without startDateTime; roleEligibilityScheduleRequests to add.
#   parameters:
#     tiers:
#       type: array
#       default: [takeover]
#       meaning: >-
#         Tiers of roles to look at (takeover, limited, reader; policies/data/privileged_roles.json says which
#         role is in which). The default has the roles from which the tenant or its main data can be taken over.
#     include_service_principals:
#       type: boolean
#       default: false
#       meaning: >-
#         Whether applications count. They do not by default: they cannot activate a role, and checks of
#         applications judge what they hold.
#   mappings:
#     scuba: [MS.AAD.7.5v1]
#     maester: [MT.1031]
#     mitre_attack: [T1098.003]
#     nist_800_53: [AC-2]
package tenantlint.checks.privileged_access.assignments_made_through_pim

import data.tenantlint.lib.findings as lib
import data.tenantlint.lib.privileged
import rego.v1

judged := [assignment |
	some assignment in input.facts.privileged_access.assignments
	assignment.collection == "role_assignment_schedule_instances"
	assignment.state == "active"
	assignment.tier in input.parameters.tiers
	not assignment.emergency
	not assignment.principal.enabled == false
	who_counts(assignment.principal.kind)
]

who_counts(kind) if kind != "servicePrincipal"

who_counts(_) if input.parameters.include_service_principals

# Only Privileged Identity Management sets a start, and only it sets an end.
past(assignment) if {
	assignment.starts == null
	assignment.starts_told
}

untold(assignment) if {
	assignment.starts == null
	not assignment.starts_told
	assignment.ends == null
}

unknowns(assignment) := {"whether the principal is a user or an application (users)" |
	assignment.principal.kind == "unknown"
	not input.parameters.include_service_principals
} | {"when assignments start (startDateTime)" | untold(assignment)}

findings contains {
	"resource": lib.resource(assignment.resource_kind, assignment.id, assignment.role_name),
	"key": {"role": assignment.role, "principal": assignment.principal.id, "scope": assignment.scope},
	"message": sprintf("The %s %s holds %s by an assignment without a start, made past PIM.", [
		privileged.kind_word(assignment.principal),
		privileged.shown(assignment.principal),
		assignment.role_name,
	]),
	"evidence": evidence(assignment),
	"principals": [privileged.principal(assignment.principal)],
	"pointer": "/startDateTime",
	"depends_on": sort(unknowns(assignment)),
} if {
	some assignment in judged
	past(assignment)
}

findings contains {
	"resource": lib.resource(assignment.resource_kind, assignment.id, assignment.role_name),
	"key": {"role": assignment.role, "principal": assignment.principal.id, "scope": assignment.scope},
	"message": sprintf("The snapshot does not tell when the assignment of %s to %s started.", [
		assignment.role_name,
		privileged.shown(assignment.principal),
	]),
	"evidence": evidence(assignment),
	"principals": [privileged.principal(assignment.principal)],
	"depends_on": sort(unknowns(assignment)),
} if {
	some assignment in judged
	untold(assignment)
}

evidence(assignment) := {
	"role": assignment.role_name,
	"principal_id": assignment.principal.id,
	"startDateTime": assignment.starts,
	"endDateTime": assignment.ends,
	"scope": assignment.scope,
}

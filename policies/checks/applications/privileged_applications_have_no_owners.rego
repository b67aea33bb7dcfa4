# METADATA
# title: Nobody owns an application that has strong permissions or privileged roles
# description: >-
#   Looks at service principals with an application permission of policies/data/application_permissions.json or a
#   privileged directory role, and at the owners of each and of its registration. Owners whose accounts are disabled,
#   and applications that are disabled, Microsoft's own or named in the parameter, are left out.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity-platform/security-best-practices-for-app-registration
#     description: Security of registrations
#   - ref: https://learn.microsoft.com/en-us/graph/api/application-list-owners
#     description: Owners of an application in Graph
# custom:
#   id: AP018
#   severity: high
#   requires: [applications, service_principals, app_role_assignments, application_owners, service_principal_owners]
#   refines:
#     - role_assignments
#     - role_assignment_schedule_instances
#     - role_definitions
#     - groups
#     - group_members
#     - users
#   facts: [application_power, application_owners]
#   tags: [applications, privileged-access, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: applications, effort: low, user_impact: low}
#   rationale: >-
#     An owner may add a secret to the application and sign in as it, so that he has all that it may do, without the
#     role, the approval and the second factor that would be asked of him for it. Owners are those who once
#     registered the application: ordinary accounts that nobody guards like an administrator's.
#   remediation: >-
#     Entra admin center > Entra ID > App registrations (and Enterprise apps) > the application > Owners: remove them,
#     and leave its care to the role Application Administrator for that application alone. In Graph: DELETE
#     /applications/{id}/owners/{id}/$ref and /servicePrincipals/{id}/owners/{id}/$ref.
#   parameters:
#     permitted_applications:
#       type: array
#       default: []
#       meaning: >-
#        Applications (name, object id or application id) whose owners you decided on. None by default, since each of
#        their owners is an administrator in fact, and that should be written down.
#   mappings:
#     maester: [MT.1077, MT.1078]
#     prowler: [entra_service_principal_privileged_role_no_owners]
#     mitre_attack: [T1098.001, T1078.004]
#     nist_800_53: [AC-6]
package tenantlint.checks.applications.privileged_applications_have_no_owners

import data.tenantlint.lib.applications
import data.tenantlint.lib.findings as lib
import rego.v1

findings contains finding if {
	some row in applications.judged(input.facts.application_power.applications, input.parameters.permitted_applications)
	found := owners(row)
	count(found) > 0
	finding := object.union(
		applications.about(row, {
			"owners": found,
			"roles": sort({role.name | some role in row.roles}),
			"permissions": sort({one.name | some one in row.permissions}),
		}),
		{
			"message": sprintf("%s can sign in as the application, which holds %s.", [
				lib.counted(count(found), "owner", "owners"),
				power(row),
			]),
			"principals": [{name: owner[name] | some name in ["id", "kind", "name", "enabled"]} | some owner in found],
		},
	)
}

findings contains finding if {
	not input.facts.application_power.roles_known
	finding := {
		"resource": lib.tenant,
		"message": "The snapshot does not tell which applications hold roles, and so not whether these have owners.",
		"evidence": {"role_assignments": lib.status("role_assignments")},
		"depends_on": ["who holds which role (role_assignments)"],
	}
}

owners(row) := [owner |
	some owner in object.get(input.facts.application_owners.of_principal, lower(row.id), [])
	owner.enabled != false
]

power(row) := lib.named(array.concat(
	sort({role.name | some role in row.roles}),
	sort({one.name | some one in row.permissions}),
))

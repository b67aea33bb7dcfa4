# METADATA
# title: No application holds a directory role that can take the tenant over
# description: >-
#   Looks at service principals that hold, or are eligible for, a privileged directory role for the whole tenant,
#   directly or through a group. Roles are those of the tier takeover in policies/data/privileged_roles.json.
#   Applications that are disabled, Microsoft's own and those of the parameter are left out.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/role-based-access-control/best-practices
#     description: Best practices for Microsoft Entra roles
#   - ref: https://learn.microsoft.com/en-us/entra/identity/role-based-access-control/permissions-reference
#     description: Microsoft Entra built-in roles
# custom:
#   id: AP017
#   severity: high
#   requires: [service_principals, role_assignments|role_assignment_schedule_instances]
#   refines: [role_definitions, groups, group_members, applications]
#   facts: [application_power]
#   tags: [applications, privileged-access, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: applications, effort: medium, user_impact: low}
#   rationale: >-
#     A role is far wider than a permission: an application that was to reset one attribute can do whatever an
#     administrator can. It signs in with a secret, at any hour and from anywhere, and asks for no second factor;
#     whoever edits the application inherits the role.
#   remediation: >-
#     Entra admin center > Entra ID > Roles & admins > the role > Assignments: remove the application, and grant it
#     the narrow Graph permission that it needs instead, or the role for one administrative unit. In Graph: DELETE
#     /roleManagement/directory/roleAssignments/{id}.
#   parameters:
#     permitted_applications:
#       type: array
#       default: []
#       meaning: >-
#        Applications (name, object id or application id) that you decided on. None by default, since each of them is
#        a decision that should be written down.
#   mappings:
#     mitre_attack: [T1098.003, T1078.004]
package tenantlint.checks.applications.applications_hold_no_takeover_roles

import data.tenantlint.lib.applications
import data.tenantlint.lib.findings as lib
import rego.v1

findings contains finding if {
	some row in applications.judged(input.facts.application_power.applications, input.parameters.permitted_applications)
	held := [role | some role in row.roles; role.tier == "takeover"]
	count(held) > 0
	finding := object.union(applications.about(row, {"roles": held}), {"message": sprintf("%s holds %s.", [
		applications.whose(row),
		lib.named(sort({role.name | some role in held})),
	])})
}

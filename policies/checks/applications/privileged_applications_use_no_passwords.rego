# METADATA
# title: Applications with privileged roles hold no password
# description: >-
#   Looks at service principals with a privileged directory role for the whole tenant (tiers by parameter) and at
#   their passwords, on the principal and on the registration. Passwords that ended do not count. An application of
#   another tenant keeps its passwords there, where nobody here sees them; whether it should have the role at all is
#   judged elsewhere. Applications that are disabled and Microsoft's own are left out.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity-platform/security-best-practices-for-app-registration
#     description: Security best practices for application properties
#   - ref: https://learn.microsoft.com/en-us/entra/workload-id/workload-identity-federation
#     description: Workload identity federation
# custom:
#   id: AP016
#   severity: critical
#   requires: [service_principals, role_assignments|role_assignment_schedule_instances]
#   refines: [applications, role_definitions, groups, group_members]
#   facts: [application_power]
#   tags: [applications, credentials, privileged-access, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: applications, effort: medium, user_impact: none}
#   rationale: >-
#     A client secret is text: it is in a script, a pipeline variable, a ticket. Together with a role such as Global
#     Administrator it is the tenant in one line, with no second factor and no device to steal. Anyone who may edit
#     the application can add one more and nobody is asked.
#   remediation: >-
#     Entra admin center > Entra ID > App registrations > the application > Certificates & secrets: remove the client
#     secrets, after giving the application a federated credential, a managed identity or a certificate whose key
#     cannot be exported. In Graph: POST /applications/{id}/removePassword.
#   parameters:
#     tiers:
#       type: array
#       default: [takeover]
#       meaning: >-
#        Tiers of roles (policies/data/privileged_roles.json) that are asked about. The default is the roles from
#        which the tenant can be taken over.
#     permitted_applications:
#       type: array
#       default: []
#       meaning: >-
#        Applications (name, object id or application id) that you decided on. None by default, since each of them is
#        a decision that should be written down.
#   mappings:
#     maester: [MT.1027]
#     prowler: [entra_service_principal_no_secrets_for_permanent_tier0_roles]
#     mitre_attack: [T1552.001, T1098.001]
package tenantlint.checks.applications.privileged_applications_use_no_passwords

import data.tenantlint.lib.applications
import data.tenantlint.lib.findings as lib
import rego.v1

privileged := [{"row": row, "roles": roles} |
	some row in applications.judged(input.facts.application_power.applications, input.parameters.permitted_applications)
	roles := sort({role.name | some role in row.roles; role.tier in input.parameters.tiers})
	count(roles) > 0
]

findings contains finding if {
	some one in privileged
	held := applications.passwords(one.row)
	count(held) > 0
	finding := object.union(applications.about(one.row, {"roles": one.roles, "passwords": held}), {"message": sprintf(
		"The application holds %s and signs in with %s.",
		[lib.named(one.roles), lib.counted(count(held), "password", "passwords")],
	)})
}

findings contains finding if {
	some one in privileged
	count(applications.passwords(one.row)) == 0
	not one.row.credentials_known
	finding := object.union(applications.about(one.row, {"roles": one.roles, "passwords": null}), {
		"message": sprintf("The application holds %s; whether it has a password is not told.", [lib.named(one.roles)]),
		"depends_on": ["the registration of the application"],
	})
}

# METADATA
# title: No application reads the mail, files or chats of everybody without need
# description: >-
#   Looks for application permissions over every mailbox, every file and site, or every chat
#   (policies/data/application_permissions.json, path data). Exchange can limit such a permission to some mailboxes
#   (application access policies, RBAC for applications), which the snapshot does not hold: name an application that
#   is limited so in the parameter. Applications that are disabled, Microsoft's own and those of the parameter are
#   left out.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/graph/permissions-reference
#     description: Permissions of Microsoft Graph
#   - ref: https://learn.microsoft.com/en-us/entra/identity/enterprise-apps/manage-application-permissions
#     description: Review permissions granted to applications
# custom:
#   id: AP015
#   severity: high
#   requires: [app_role_assignments, service_principals]
#   refines: [applications]
#   facts: [application_power]
#   tags: [applications, permissions]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: applications, effort: medium, user_impact: low}
#   rationale: >-
#     One secret opens the mail and the files of the whole organization, for reading from anywhere, with no user
#     signed in. Espionage groups have lived in tenants for months with nothing more than an old application and
#     Mail.Read; its access looks the same as on every other day.
#   remediation: >-
#     Entra admin center > Entra ID > Enterprise apps > the application > Permissions: revoke what it does not need,
#     and give it the narrowest permission that serves (Sites.Selected for named sites, RBAC for applications for
#     named mailboxes). In Graph: DELETE /servicePrincipals/{id}/appRoleAssignments/{id}.
#   parameters:
#     permitted_applications:
#       type: array
#       default: []
#       meaning: >-
#        Applications (name, object id or application id) that you decided on. None by default, since each of them is
#        a decision that should be written down.
#   mappings:
#     mitre_attack: [T1114.002, T1213.002, T1530]
package tenantlint.checks.applications.applications_read_no_mail_or_files_of_all

import data.tenantlint.lib.applications
import rego.v1

findings contains finding if {
	permitted := input.parameters.permitted_applications
	some finding in applications.holding("data", "reaches what everybody has", permitted)
}

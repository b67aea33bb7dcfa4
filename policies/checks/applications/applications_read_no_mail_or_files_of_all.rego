# METADATA
# title: No application reads the data of everybody without need
# description: >-
#   Looks for application permissions over every file and site, every chat, or all mailboxes at once
#   (policies/data/application_permissions.json, path data). Those over mail that Exchange can limit to some mailboxes
#   are judged by AP020. Applications that are disabled, Microsoft's own and those of the parameter are left out.
#   A permission of Graph, Exchange or SharePoint that none of the lists has is told as an open question.
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
#     One secret opens the files of the whole organization, for reading from anywhere, with no user signed in. An
#     application that was made for a backup or a search goes on to reach all that came later, and its access looks
#     the same on the day on which somebody else has the secret.
#   remediation: >-
#     Entra admin center > Entra ID > Enterprise apps > the application > Permissions: revoke what it does not need,
#     and give it the narrowest permission that serves (Sites.Selected for named sites,
#     ChannelMessage.Read.Group for named teams). In Graph: DELETE /servicePrincipals/{id}/appRoleAssignments/{id}.
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

# A permission that no list has may be one of these.
findings contains finding if {
	some finding in applications.unknown(input.parameters.permitted_applications)
}

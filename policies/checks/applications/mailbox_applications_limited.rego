# METADATA
# title: Applications with permissions over mailboxes reach named mailboxes only
# description: >-
#   Looks for application permissions over mail, calendars, contacts or settings of every mailbox
#   (policies/data/application_permissions.json, path mailbox), and for a policy of Exchange that restricts the
#   application to the members of a group. A policy that only denies some mailboxes leaves all others open. Where the
#   policies were not collected the verdict is open. Permissions that Exchange itself grants (RBAC for applications)
#   have a scope of their own and are not among these.
#   A permission of Graph, Exchange or SharePoint that none of the lists has is told as an open question.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/exchange/permissions-exo/application-rbac
#     description: RBAC for applications in Exchange Online
#   - ref: https://learn.microsoft.com/en-us/powershell/module/exchange/get-applicationaccesspolicy
#     description: Get-ApplicationAccessPolicy
# custom:
#   id: AP020
#   severity: high
#   requires: [app_role_assignments, service_principals]
#   refines: [applications, application_access_policies]
#   facts: [application_power]
#   tags: [applications, permissions, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: applications, effort: medium, user_impact: none}
#   rationale: >-
#     A program that sends reminders from one address can, with the same permission, read or send as the director.
#     One secret in a script opens every mailbox from anywhere, with no user signed in, and espionage groups have
#     lived in tenants for months on nothing more than an old application and Mail.Read.
#   remediation: >-
#     In Exchange Online PowerShell grant the permission there, with a scope (New-ManagementRoleAssignment -App with
#     -CustomResourceScope), and then revoke it in Entra admin center > Entra ID > Enterprise apps > the application >
#     Permissions. Where the application cannot move yet: New-ApplicationAccessPolicy -AccessRight RestrictAccess with
#     a group of the mailboxes.
#   parameters:
#     permitted_applications:
#       type: array
#       default: []
#       meaning: >-
#        Applications (name, object id or application id) that you decided on, such as a backup of all mailboxes. None
#        by default, since each of them is a decision that should be written down.
#   mappings:
#     prowler: [exchange_application_access_policy_restricts_mailbox_apps]
#     mitre_attack: [T1114.002, T1098.003]
#     nist_800_53: [AC-6]
package tenantlint.checks.applications.mailbox_applications_limited

import data.tenantlint.lib.applications
import data.tenantlint.lib.findings as lib
import rego.v1

known if lib.status("application_access_policies") == "ok"

findings contains finding if {
	some row in applications.judged(input.facts.application_power.applications, input.parameters.permitted_applications)
	held := applications.permissions(row, "mailbox")
	count(held) > 0
	found := verdict(row)
	finding := object.union(
		applications.about(row, {"permissions": applications.described(held), "policies": rights(row)}),
		object.union(found.more, {"message": sprintf(found.text, [applications.whose(row), applications.named(held)])}),
	)
}

# A permission that no list has may be one of these.
findings contains finding if {
	some finding in applications.unknown(input.parameters.permitted_applications)
}

verdict(row) := {"text": "%s reaches every mailbox: %s.", "more": {}} if {
	known
	count(rights(row)) == 0
} else := {"text": "%s reaches every mailbox but those that a policy denies: %s.", "more": {}} if {
	known
	{lower(right) | some right in rights(row)} == {"denyaccess"}
} else := {
	"text": "The snapshot does not tell to which mailboxes Exchange limits this application. %s holds %s.",
	"more": {"depends_on": ["which mailboxes it reaches (application_access_policies)"]},
} if {
	not "restrictaccess" in {lower(right) | some right in rights(row)}
}

# What the policies for the application do, "unknown" where that is not told.
rights(row) := [right |
	some policy in lib.collection("application_access_policies")
	lower(lib.text(object.get(policy, "AppId", null), "none")) == lower(row.app_id)
	right := lib.text(object.get(policy, "AccessRight", null), "unknown")
]

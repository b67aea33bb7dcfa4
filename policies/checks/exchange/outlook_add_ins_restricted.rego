# METADATA
# title: Users install no Outlook add-ins on their own
# description: >-
#   Goes through the role assignment policies, which say what people may do in their own mailbox, and looks for the
#   roles that let them install add-ins: My Custom Apps, My Marketplace Apps and My ReadWriteMailbox Apps. Whom a
#   policy other than the default one is for is not looked at.
# related_resources:
#   - ref: https://learn.microsoft.com/exchange/permissions-exo/role-assignment-policies
#     description: Role assignment policies
# custom:
#   id: EX021
#   severity: medium
#   requires: [role_assignment_policies]
#   tags: [mail, add-ins]
#   bucket: situational
#   lenses: {risk_reduction: medium, scope: all_users, effort: low, user_impact: medium}
#   rationale: >-
#     An add-in reads and sends mail in the name of whoever installed it and goes on when the password is changed.
#     One persuasive link to a store page is enough, and nobody else ever sees the prompt.
#   remediation: >-
#     Exchange admin center, Roles, User roles, Default Role Assignment Policy: clear My Custom Apps, My
#     Marketplace Apps and My ReadWriteMailbox Apps (Get-ManagementRoleAssignment -RoleAssignee "Default Role
#     Assignment Policy", then Remove-ManagementRoleAssignment). Hand out the add-ins that people need centrally.
#   parameters:
#     refused_roles:
#       type: array
#       default: ["My Custom Apps", "My Marketplace Apps", "My ReadWriteMailbox Apps"]
#       meaning: >-
#         roles that let people install add-ins; these are all that the service has
#   mappings:
#     maester: [MT.1041]
#     prowler: [exchange_roles_assignment_policy_addins_disabled]
#     secure_score: [exo_outlookaddins]
#     cis_m365: ["6.3.1"]
#     mitre_attack: [T1137.006]
#     nist_800_53: [CM-11]
package tenantlint.checks.exchange.outlook_add_ins_restricted

import data.tenantlint.lib.exchange
import data.tenantlint.lib.findings as results
import data.tenantlint.lib.mail
import data.tenantlint.lib.settings
import rego.v1

refused := {lower(role) | some role in input.parameters.refused_roles}

findings contains finding if {
	some policy in results.collection("role_assignment_policies")
	resource := exchange.resource("roleAssignmentPolicy", policy)
	held := sort({role |
		some role in mail.listed(settings.value(policy, "AssignedRoles"))
		is_string(role)
		lower(role) in refused
	})
	some finding in settings.verdict(
		{
			"resource": resource,
			"object": policy,
			"property": "AssignedRoles",
			"about": sprintf("what the role assignment policy %s lets people do", [resource.name]),
			"observed": sprintf("The role assignment policy %s lets people install Outlook add-ins through %s.", [
				resource.name,
				concat(", ", held),
			]),
			"evidence": {"IsDefault": object.get(policy, "IsDefault", null)},
		},
		state(policy, held),
	)
}

state(policy, held) := "unknown" if {
	settings.value(policy, "AssignedRoles") == null
} else := "bad" if {
	count(held) > 0
} else := "good"

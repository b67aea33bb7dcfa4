# METADATA
# title: Only privileged administrators change who is in a group that policies name
# description: >-
#   Looks at every group that an enabled or report-only policy includes or excludes: whether its membership can
#   be changed only by privileged administrators, because the group can hold roles (isAssignableToRole) or lies
#   in an administrative unit of restricted management. Otherwise its owners, holders of many smaller roles and
#   applications that write groups decide whom the policy is about; for a dynamic group whoever changes the
#   attributes in its rule does, for a synchronized one the on-premises administrators.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/role-based-access-control/admin-units-restricted-management
#     description: Administrative units of restricted management
#   - ref: https://learn.microsoft.com/en-us/entra/identity/role-based-access-control/groups-concept
#     description: Groups that can hold roles
# custom:
#   id: CA038
#   severity: high
#   requires: [conditional_access_policies, groups]
#   refines:
#     - group_members
#   facts: [policy_groups]
#   licences: [entra_p1]
#   tags: [conditional-access, groups, privileged-access, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: some_users, effort: medium, user_impact: low}
#   rationale: >-
#     A group that is left out of the MFA policy is a key to the tenant: whoever may add a member to it lets an
#     account in with a password alone. That right lies with helpdesks, group owners and automation, whom nobody
#     thinks of as administrators of Conditional Access.
#   remediation: >-
#     Entra admin center > Entra ID > Roles & admins > Admin units > New: Restricted management administrative
#     unit, and add the groups; or make groups anew with Microsoft Entra roles can be assigned to the group. In
#     Graph: POST /directory/administrativeUnits {isMemberManagementRestricted true}, or POST /groups
#     {isAssignableToRole true}. Then the group's isManagementRestricted or isAssignableToRole is true.
#   parameters:
#     permitted_groups:
#       type: array
#       default: []
#       meaning: >-
#         Ids of groups that need no protection, such as one that a policy of little weight includes. Empty,
#         since that is for you to decide.
#     check_includes:
#       type: boolean
#       default: true
#       meaning: >-
#         Whether groups that are only included count, too. They do, since who is taken out of one escapes its
#         policy.
#   mappings:
#     maester: [MT.1035]
#     prowler: [entra_conditional_access_policy_groups_management_restricted]
#     mitre_attack: [T1098, T1556.009]
#     nist_800_53: [AC-3, "AC-6(5)"]
package tenantlint.checks.conditional_access.policy_groups_protected

import data.tenantlint.lib.findings as lib
import rego.v1

wanted(group) if group.excluded

wanted(_) if input.parameters.check_includes

judged := [group |
	some group in input.facts.policy_groups
	wanted(group)
	not lower(group.id) in {lower(permitted) | some permitted in input.parameters.permitted_groups}
]

not_applicable contains "No policy in force names a group." if count(input.facts.policy_groups) == 0

use(group) := "leave out" if {
	group.excluded
} else := "include"

policies(group) := sort({one.name | some one in group.policies})

findings contains finding if {
	some group in judged
	group.protected == false
	finding := {
		"resource": lib.resource("group", group.id, group.name),
		"message": sprintf("Policies %s the group \"%s\", which can be changed by %s.", [
			use(group),
			lib.text(group.name, group.id),
			concat(", and by ", group.ways),
		]),
		"evidence": {
			"isAssignableToRole": false,
			"isManagementRestricted": false,
			"owners": group.owners,
			"members": group.members,
			"policies": policies(group),
		},
	}
}

findings contains finding if {
	some group in judged
	group.protected == null
	finding := {
		"resource": lib.resource("group", group.id, group.name),
		"message": sprintf("The snapshot does not tell whether the group \"%s\", which policies %s, is protected.", [
			lib.text(group.name, group.id),
			use(group),
		]),
		"evidence": {"policies": policies(group)},
		"depends_on": group.unknown,
	}
}

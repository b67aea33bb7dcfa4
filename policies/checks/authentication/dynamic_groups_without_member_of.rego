# METADATA
# title: No dynamic group rests on the memberOf operator
# description: >-
#   Reads the membership rule of every dynamic group. A rule that asks for membership in other groups (memberOf) uses
#   a preview that Microsoft retires; what is quoted in a rule is data and does not count. A dynamic group whose rule
#   the snapshot does not tell leaves the verdict open.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/users/groups-dynamic-rule-member-of
#     description: The memberOf operator
# custom:
#   id: AU037
#   severity: low
#   requires: [dynamic_groups|groups]
#   facts: [group_rules]
#   tags: [groups, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: low, scope: some_users, effort: low, user_impact: none}
#   rationale: >-
#     When the operator stops working, such groups keep whoever is in them, or lose them. Policies that include the
#     group no longer reach new people, and policies that exclude it go on excluding those who have left.
#   remediation: >-
#     Entra admin center > Entra ID > Groups > the group > Dynamic membership rules: state the attribute that the
#     other group rests on, or nest the groups. In Graph: PATCH /groups/{id} {"membershipRule": "..."}.
#   mappings:
#     maester: [MT.1197]
#     nist_800_53: [CM-6]
package tenantlint.checks.authentication.dynamic_groups_without_member_of

import data.tenantlint.lib.findings as lib
import rego.v1

findings contains finding if {
	some group in input.facts.group_rules.member_of
	finding := {
		"resource": lib.resource("group", group.id, group.name),
		"message": sprintf("The group takes its members from %s.", [others(group)]),
		"evidence": {"/membershipRule": group.rule, "paused": group.paused},
		"pointer": "/membershipRule",
	}
}

findings contains finding if {
	some group in input.facts.group_rules.untold
	finding := {
		"resource": lib.resource("group", group.id, group.name),
		"message": "The snapshot does not tell the rule of this dynamic group.",
		"evidence": {"/membershipRule": null},
		"depends_on": ["membershipRule"],
	}
}

others(group) := lib.counted(count(group.names), "other group", "other groups")

not_applicable contains "The tenant has no dynamic groups." if input.facts.group_rules.dynamic == 0

# METADATA
# title: A dynamic group holds all guests
# description: >-
#   Looks for a group whose rule takes every user of type Guest, and no others (that their accounts are enabled may be
#   asked for besides), and whose rule is at work. A rule that asks for more leaves guests out, or takes in others.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/external-id/use-dynamic-groups
#     description: Dynamic groups and guests
# custom:
#   id: EA012
#   severity: low
#   requires: [dynamic_groups]
#   facts: [group_rules]
#   licences: [entra_p1]
#   tags: [guests, groups, strict]
#   bucket: situational
#   lenses: {risk_reduction: low, scope: guests, effort: low, user_impact: none}
#   rationale: >-
#     Access reviews, sharing settings and policies of other services are given to groups. Where no group holds all
#     guests, each of these is kept by hand, and a guest whom somebody forgot keeps rights that all others lost.
#   remediation: >-
#     Entra admin center > Entra ID > Groups > New group: a security group with the membership type Dynamic User and
#     the rule (user.userType -eq "Guest"). In Graph: POST /groups with groupTypes DynamicMembership and that
#     membershipRule.
#   mappings:
#     prowler: [entra_dynamic_group_for_guests_created]
#     cis_m365: ["5.1.3.1"]
#     nist_800_53: [AC-2]
package tenantlint.checks.external_access.guests_in_a_group_of_their_own

import data.tenantlint.lib.findings as lib
import rego.v1

rules := input.facts.group_rules

holding_all if {
	some group in rules.guests
	group.whole
	not group.paused
}

findings contains finding if {
	not holding_all
	count(rules.guests) == 0
	count(rules.untold) == 0
	finding := {
		"resource": lib.tenant,
		"message": "No dynamic group takes the guests.",
		"evidence": {"dynamic_groups": rules.dynamic},
	}
}

findings contains finding if {
	not holding_all
	some group in rules.guests
	finding := {
		"resource": lib.resource("dynamicGroup", group.id, group.name),
		"message": sprintf("No dynamic group takes all guests and nobody else; the rule of this one %s.", [why(group)]),
		"evidence": {"membershipRule": group.rule, "paused": group.paused},
		"pointer": "/membershipRule",
	}
}

findings contains finding if {
	not holding_all
	count(rules.guests) == 0
	count(rules.untold) > 0
	finding := {
		"resource": lib.tenant,
		"message": "The snapshot does not tell the rules of all dynamic groups.",
		"evidence": {"dynamic_groups": rules.dynamic, "untold": rules.untold},
		"depends_on": ["membershipRule of dynamic groups"],
	}
}

why(group) := "is paused" if {
	group.paused
} else := "asks for more than the type of user"

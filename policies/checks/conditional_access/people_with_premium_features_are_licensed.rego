# METADATA
# title: There are licences for everybody whom a premium feature protects
# description: >-
#   Compares how many enabled accounts of the tenant are reached by an enabled Conditional Access policy (Entra
#   ID P1), and by one that asks about the risk of users or sign-ins (P2), with the licences that hold the plan.
#   Guests are billed by their activity and not counted. The evidence says to how many of these people no such
#   licence is assigned.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/fundamentals/licensing
#     description: Licences of Microsoft Entra
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/overview
#     description: What Conditional Access needs
# custom:
#   id: CA037
#   severity: low
#   requires: [conditional_access_policies, subscribed_skus]
#   refines:
#     - security_defaults
#     - authentication_strengths
#     - named_locations
#     - users
#     - groups
#     - group_members
#     - role_assignments
#     - role_assignment_schedule_instances
#   facts: [premium_licences]
#   licences: [entra_p1]
#   tags: [conditional-access, licences, strict, situational]
#   bucket: situational
#   lenses: {risk_reduction: low, scope: all_users, effort: medium, user_impact: low}
#   rationale: >-
#     Nobody is let in for want of a licence today, but Microsoft may turn a feature off for those who have
#     none, and the gap it leaves looks like any other account. An audit of licences is a bad moment to find out
#     that the risk policy covers twice the people who were paid for.
#   remediation: >-
#     Microsoft 365 admin center > Billing > Licenses: buy what is missing, or narrow the policies to those who
#     have a licence. Licenses are best assigned through a group. In Graph: GET /subscribedSkus tells
#     prepaidUnits and servicePlans (AAD_PREMIUM, AAD_PREMIUM_P2), and POST /users/{id}/assignLicense assigns
#     one.
#   mappings:
#     maester: [MT.1022, MT.1023]
#     nist_800_53: [CM-8, CM-10]
package tenantlint.checks.conditional_access.people_with_premium_features_are_licensed

import data.tenantlint.lib.findings as lib
import rego.v1

names := {"entra_p1": "Entra ID P1", "entra_p2": "Entra ID P2"}

reason := {"entra_p1": "Conditional Access reaches", "entra_p2": "Policies by risk reach"}

findings contains finding if {
	some feature, told in input.facts.premium_licences
	told.seats != null
	told.people > told.seats
	finding := object.union(
		{
			"resource": lib.tenant,
			"message": sprintf("%s %s, and there are %s of %s.", [
				reason[feature],
				lib.counted(told.people, "person", "people"),
				lib.counted(told.seats, "licence", "licences"),
				names[feature],
			]),
			"evidence": {
				"people": told.people,
				"licences": told.seats,
				"people_without": object.get(without(told), "count", null),
				"policies": told.policies,
			},
			"key": feature,
		},
		affected(told),
	)
}

without(told) := told.without if {
	told.without != null
} else := {}

affected(told) := {"population": told.without.population} if {
	told.without != null
} else := {}

# Not all people are known, or the licences cannot be counted.
findings contains finding if {
	some feature, told in input.facts.premium_licences
	count(told.policies) > 0
	unknown := open(told)
	count(unknown) > 0
	finding := {
		"resource": lib.tenant,
		"message": sprintf("Whether there are enough licences of %s is not known.", [names[feature]]),
		"evidence": {"people": told.people, "licences": told.seats, "users": lib.status("users")},
		"key": sprintf("%s/unknown", [feature]),
		"depends_on": sort(unknown),
	}
}

open(told) := {"the number of licences"} if {
	told.seats == null
} else := {"who the users are"} if {
	not told.known
	told.people <= told.seats
} else := set()

# METADATA
# title: No report-only policy would lock anybody out when it is enabled
# description: >-
#   Supposes each report-only policy enabled, and all of them together, and looks who would then have no ordinary
#   sign-in left to anything, and which of the admin portals, Azure management and Microsoft Graph would lose their
#   last administrator. The evidence tells how many users would be blocked at some sign-in, and how many would be asked
#   for what is not asked of them today, with one such sign-in.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/concept-conditional-access-report-only
#     description: Report-only mode
# custom:
#   id: CA026
#   severity: low
#   requires: [conditional_access_policies]
#   refines:
#     - users
#     - groups
#     - group_members
#     - role_assignments
#     - role_assignment_schedule_instances
#     - role_eligibility_schedule_instances
#     - role_definitions
#     - named_locations
#     - authentication_strengths
#   facts: [lockout.report_only]
#   tags: [conditional-access, lockout]
#   bucket: situational
#   lenses: {risk_reduction: low, scope: some_users, effort: low, user_impact: high}
#   rationale: >-
#     Report-only policies are one click from being in force, often by somebody who did not write them. What they
#     would have done is in the sign-in logs only for sign-ins that took place.
#   remediation: >-
#     Entra admin center > Entra ID > Conditional Access > the policy: exclude the emergency accounts and those whom
#     the finding names (conditions.users.excludeUsers and excludeGroups in Graph) before enabling it, or delete the
#     policy.
#   mappings:
#     nist_800_53: [CM-4]
package tenantlint.checks.conditional_access.report_only_safe

import data.tenantlint.lib.findings as lib
import data.tenantlint.lib.lockout as words
import rego.v1

fact := input.facts.lockout.report_only

not_applicable contains "No Conditional Access policy is in report-only mode." if count(fact.policies) == 0

findings contains finding if {
	some one in fact.policies
	consequences(one) != ""
	finding := {
		"resource": words.resource(one.policy),
		"message": sprintf("The policy \"%s\", once enabled, %s.", [one.policy.name, consequences(one)]),
		"population": [one.locked_out.population],
		"evidence": {
			"administrators_lost": one.administrators_lost,
			"users_blocked_at_some_sign_in": one.blocked.count,
			"example_of_a_block": one.example,
			"asked_for_more": [{"demand": asked.demand, "users": asked.count, "example": asked.example} |
				some asked in one.asked
			],
		},
		"pointer": "/state",
	}
}

# Policies that do no such harm alone and do together.
findings contains finding if {
	consequences(fact.together) != ""
	every one in fact.policies {
		consequences(one) == ""
	}
	finding := {
		"resource": lib.tenant,
		"message": sprintf("The report-only policies, once all are enabled, %s.", [plural(fact.together)]),
		"population": [fact.together.locked_out.population],
		"key": "together",
		"evidence": {
			"administrators_lost": fact.together.administrators_lost,
			"policies": [one.policy | some one in fact.policies],
		},
	}
}

findings contains finding if {
	some one in fact.policies
	undecided(one)
	finding := {
		"resource": words.resource(one.policy),
		"message": sprintf("What the policy \"%s\" would do once enabled could not be told.", [one.policy.name]),
		"evidence": {},
		"depends_on": ["conditions that are too many to be looked at together"],
	}
}

undecided(one) if not one.exact

undecided(one) if one.locked_out == null

consequences(one) := sprintf("locks out %s", [words.whom(one.locked_out)]) if {
	one.locked_out.count > 0
	count(one.administrators_lost) == 0
} else := sprintf("leaves no administrator who can reach %s", [lost(one)]) if {
	count(one.administrators_lost) > 0
} else := ""

plural(one) := replace(replace(consequences(one), "locks out", "lock out"), "leaves no", "leave no")

lost(one) := concat(", ", sort({replace(entry.resource, "_", " ") | some entry in one.administrators_lost}))

# METADATA
# title: Every enabled policy applies to somebody
# description: >-
#   Finds enabled policies that never apply: they name no users or no resources, everybody they include is excluded
#   again, the groups and roles they include are empty or gone, or one of their conditions matches nothing (a location
#   without addresses, a device filter that no device fits). Policies that ask for nothing are found as well. Roles
#   count with everybody who may activate them.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/concept-conditional-access-policies
#     description: How a policy is put together
# custom:
#   id: CA024
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
#   facts: [lockout.idle_policies]
#   tags: [conditional-access, soundness]
#   bucket: situational
#   lenses: {risk_reduction: low, scope: some_users, effort: low, user_impact: low}
#   rationale: >-
#     A policy that is on and reaches nobody looks like protection, in reviews and in lists that only read its name.
#     Often it once reached somebody, and the group behind it was emptied or deleted.
#   remediation: >-
#     Entra admin center > Entra ID > Conditional Access > the policy: assign it to whom it is meant for
#     (conditions.users.includeUsers or includeGroups in Graph), or delete it.
#   mappings:
#     maester: [MT.1184]
#     nist_800_53: [CM-6]
package tenantlint.checks.conditional_access.policies_apply

import data.tenantlint.lib.conditional_access as ca
import data.tenantlint.lib.findings as lib
import data.tenantlint.lib.lockout as words
import rego.v1

because := {
	"everybody_excluded": "excludes everybody whom it includes",
	"no_controls": "asks for nothing: it has neither a grant control nor a session control",
	"no_resources_named": "names no resources",
	"no_users_named": "names no users",
	"nobody_included": "includes only groups, roles and accounts with nobody in them",
}

reason(one) := sprintf("has a condition that nothing matches (%s)", [replace(one.detail, "_", " ")]) if {
	one.reason == "empty_condition"
} else := because[one.reason]

not_applicable contains "No Conditional Access policy is enabled." if {
	ca.number_enabled(lib.collection("conditional_access_policies")) == 0
}

findings contains finding if {
	some one in input.facts.lockout.idle_policies.idle
	finding := words.with_unknowns(
		{
			"resource": words.resource(one.policy),
			"message": sprintf("The policy \"%s\" never applies: it %s.", [one.policy.name, reason(one)]),
			"evidence": {"reason": one.reason, "condition": one.detail},
		},
		one,
	)
}

# METADATA
# title: No user is locked out of everything
# description: >-
#   Takes all enabled policies together and looks for enabled users with no ordinary sign-in left: every combination
#   of application, modern client, platform, location and device, without risk, is blocked, or asks for what cannot be
#   met there (a hybrid joined device on a phone, an approved app for a guest). Exact over all policies; what hangs on
#   a group or a location that the snapshot does not hold is told apart.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/troubleshoot-conditional-access
#     description: Troubleshooting sign-in problems with Conditional Access
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/concept-conditional-access-grant
#     description: Which grant controls work where
# custom:
#   id: CA020
#   severity: medium
#   requires: [conditional_access_policies]
#   refines:
#     - users
#     - groups
#     - group_members
#     - role_assignments
#     - role_assignment_schedule_instances
#     - role_definitions
#     - named_locations
#     - security_defaults
#   facts: [lockout.users]
#   tags: [conditional-access, lockout]
#   bucket: situational
#   lenses: {risk_reduction: low, scope: some_users, effort: low, user_impact: high}
#   rationale: >-
#     Nobody decides to lock people out; it happens where a block for one group meets an exclusion that is missing in
#     another policy. The people concerned call the help desk, and the quick repair is an exclusion that is far too
#     wide. Accounts that are meant to be closed belong disabled, where everybody sees it.
#   remediation: >-
#     Look at the policies that the finding names in Entra admin center > Entra ID > Conditional Access > What If, with
#     one of the users. Narrow the block, or let the users out of it with a group that another policy covers
#     (conditions.users.excludeGroups in Graph). Disable accounts that nobody is meant to use.
#   mappings:
#     mitre_attack: [T1531]
#     nist_800_53: [AC-3]
package tenantlint.checks.conditional_access.nobody_locked_out

import data.tenantlint.lib.conditional_access as ca
import data.tenantlint.lib.findings as lib
import data.tenantlint.lib.lockout as words
import rego.v1

fact := input.facts.lockout.users

not_applicable contains "No Conditional Access policy is enabled, so that none locks anybody out." if {
	ca.number_enabled(lib.collection("conditional_access_policies")) == 0
}

findings contains finding if {
	some group in fact.groups
	somebody(group)
	finding := words.with_unknowns(
		{
			"resource": lib.tenant,
			"message": sprintf("%s %s.", [words.whom(group), explanation(group)]),
			"population": [group.population],
			"key": sprintf("%s/%s", [outcome(group), group.key]),
			"evidence": {
				"users": group.count,
				"people": group.labels,
				"policies": group.policies,
				"blocked_outright": group.outright,
			},
		},
		group,
	)
}

findings contains finding if {
	not fact.exact
	count(fact.groups) == 0
	finding := {
		"resource": lib.tenant,
		"message": "Whether somebody is locked out could not be told for all conditions.",
		"evidence": {},
		"key": "too_hard",
		"depends_on": ["conditions that are too many to be looked at together"],
	}
}

# Kinds of people without an account here (service providers, direct connect) may well be meant to stay outside.
somebody(group) if group.count > 0

somebody(group) if {
	not fact.known
	count(group.labels) > 0
}

outcome(group) := "blocked" if group.outright

outcome(group) := "unmeetable" if not group.outright

explanation(group) := sprintf("cannot sign in to anything: %s block%s all of it", [policies, ending]) if {
	group.outright
	policies := words.policies(group.policies)
	ending := words.third_person(group.policies)
} else := sprintf("cannot sign in to anything: %s block%s it or ask%s for what cannot be met", [
	words.policies(group.policies),
	words.third_person(group.policies),
	words.third_person(group.policies),
])

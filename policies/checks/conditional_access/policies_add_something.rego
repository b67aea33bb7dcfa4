# METADATA
# title: No enabled policy is made redundant by others
# description: >-
#   A policy is redundant when every sign-in that it is about, for everybody whom it is about, is under other enabled
#   policies that demand as much or more, session controls included. Exact over all conditions; judged for people,
#   groups and roles as the snapshot has them, eligible roles both inactive and activated. An explicit block is never
#   redundant to a control that a client merely cannot meet. All policies that are found can be removed together.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/plan-conditional-access
#     description: Planning a small set of policies
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/agent-optimization
#     description: Consolidating policies
# custom:
#   id: CA025
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
#   facts: [lockout.idle_policies]
#   tags: [conditional-access, soundness]
#   bucket: situational
#   lenses: {risk_reduction: low, scope: some_users, effort: low, user_impact: low}
#   rationale: >-
#     Policies pile up, and a tenant may have only a few hundred. Each one more makes it harder to see what a change
#     does, and a redundant one hides which policy it is that protects.
#   remediation: >-
#     Entra admin center > Entra ID > Conditional Access: set the policy to report-only (state
#     enabledForReportingButNotEnforced in Graph), watch for a month, then delete it. Keep it where the finding says
#     that it hangs on today's groups and roles and it is meant for people who come later, or make the other policies
#     as wide.
#   parameters:
#     by_membership:
#       type: boolean
#       default: true
#       meaning: >-
#         Whether a policy counts as redundant when that hangs on who is in which group and role today. With false only
#         policies are found that add nothing whoever comes.
#   mappings:
#     nist_800_53: [CM-6]
package tenantlint.checks.conditional_access.policies_add_something

import data.tenantlint.lib.conditional_access as ca
import data.tenantlint.lib.findings as lib
import data.tenantlint.lib.lockout as words
import rego.v1

fact := input.facts.lockout.idle_policies

not_applicable contains "No Conditional Access policy is enabled." if {
	ca.number_enabled(lib.collection("conditional_access_policies")) == 0
}

findings contains finding if {
	some one in fact.redundant
	counts(one)
	finding := words.with_unknowns(
		{
			"resource": words.resource(one.policy),
			"message": sprintf("The policy \"%s\" adds nothing to %s%s.", [
				one.policy.name,
				words.policies(one.by),
				reservation(one),
			]),
			"evidence": {"made_redundant_by": one.by, "hangs_on_membership": one.today},
		},
		one,
	)
}

findings contains finding if {
	some policy in fact.undecided
	finding := {
		"resource": words.resource(policy),
		"message": sprintf("Whether the policy \"%s\" adds anything could not be told.", [policy.name]),
		"evidence": {},
		"depends_on": ["conditions that are too many to be looked at together"],
	}
}

counts(one) if not one.today

counts(_) if input.parameters.by_membership

reservation(one) := " with today's groups and roles" if {
	one.today
} else := ""

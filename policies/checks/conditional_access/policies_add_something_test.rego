package tenantlint.checks.conditional_access.policies_add_something_test

import data.tenantlint.checks.conditional_access.policies_add_something as check
import rego.v1

policy := {"id": "p", "displayName": "MFA", "state": "enabled", "conditions": {"users": {"includeUsers": ["All"]}}}

redundant(more) := object.union(
	{
		"policy": {"id": "p", "name": "MFA"},
		"by": [{"id": "q", "name": "All"}],
		"today": false,
		"certain": true,
		"depends_on": [],
	},
	more,
)

input_with(policies, list, undecided, by_membership) := {
	"tenant": {"id": "t"},
	"parameters": {"by_membership": by_membership},
	"collections": {"conditional_access_policies": policies},
	"facts": {"lockout": {"idle_policies": {"idle": [], "redundant": list, "undecided": undecided}}},
}

run(list) := found if found := check.findings with input as input_with([policy], list, [], true)

only(findings) := one if {
	count(findings) == 1
	some one in findings
}

test_pass_when_every_policy_adds_something if run([]) == set()

test_pass_when_membership_alone_makes_it_so_and_that_does_not_count if {
	found := check.findings with input as input_with([policy], [redundant({"today": true})], [], false)
	found == set()
}

test_fail_when_another_demands_as_much if {
	only(run([redundant({})])).message == "The policy \"MFA\" adds nothing to the policy \"All\"."
}

test_fail_with_todays_members if {
	finding := only(run([redundant({"today": true})]))
	endswith(finding.message, "the policy \"All\" with today's groups and roles.")
}

test_depends_on_membership_that_is_not_known if {
	only(run([redundant({"certain": false, "depends_on": ["who"]})])).depends_on == ["who"]
}

test_depends_when_it_was_too_hard if {
	found := check.findings with input as input_with([policy], [], [{"id": "p", "name": "MFA"}], true)
	count(only(found).depends_on) == 1
}

test_not_applicable_without_policies_in_force if {
	every policies in [[], [{"id": "p", "displayName": null, "state": null}]] {
		reasons := check.not_applicable with input as input_with(policies, [], [], true)
		count(reasons) == 1
	}
}

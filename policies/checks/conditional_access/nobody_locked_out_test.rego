package tenantlint.checks.conditional_access.nobody_locked_out_test

import data.tenantlint.checks.conditional_access.nobody_locked_out as check
import rego.v1

policy := {"id": "p", "displayName": "Block", "state": "enabled", "conditions": {"users": {"includeUsers": ["All"]}}}

group(more) := object.union(
	{
		"key": "p",
		"outright": true,
		"certain": true,
		"depends_on": [],
		"policies": [{"id": "p", "name": "Block"}],
		"labels": [],
		"population": "lockout/users/0",
		"count": 2,
	},
	more,
)

input_with(policies, fact) := {
	"tenant": {"id": "t", "display_name": "T"},
	"parameters": {},
	"collections": {"conditional_access_policies": policies},
	"facts": {"lockout": {"users": fact}},
}

run(groups, known, exact) := found if {
	fact := {"known": known, "exact": exact, "groups": groups}
	found := check.findings with input as input_with([policy], fact)
}

only(findings) := one if {
	count(findings) == 1
	some one in findings
}

test_pass_when_nobody_is_locked_out if run([], true, true) == set()

test_pass_when_only_people_without_account_are if {
	run([group({"count": 0, "labels": ["serviceProvider"]})], true, true) == set()
}

test_fail_when_users_are_blocked if {
	finding := only(run([group({})], true, true))
	finding.message == "2 users cannot sign in to anything: the policy \"Block\" blocks all of it."
	finding.key == "blocked/p"
	finding.population == ["lockout/users/0"]
	not finding.depends_on
}

test_fail_when_what_is_left_cannot_be_met if {
	policies := [{"id": "p", "name": "Block"}, {"id": "q", "name": "Ask"}]
	finding := only(run([group({"outright": false, "policies": policies})], true, true))
	endswith(finding.message, "the policies \"Block\", \"Ask\" block it or ask for what cannot be met.")
	finding.key == "unmeetable/p"
}

test_fail_for_people_whom_the_snapshot_does_not_list if {
	finding := only(run([group({"count": 0, "labels": ["every other user"]})], false, true))
	startswith(finding.message, "\"every other user\" cannot sign in")
}

test_depends_on_what_is_not_known if {
	finding := only(run([group({"certain": false, "depends_on": ["who is in the group g"]})], true, true))
	finding.depends_on == ["who is in the group g"]
}

test_depends_when_it_was_too_hard if {
	finding := only(run([], true, false))
	count(finding.depends_on) == 1
	finding.key == "too_hard"
}

test_not_applicable_without_policies_in_force if {
	every policies in [[], [object.union(policy, {"state": "disabled"})], [object.union(policy, {"state": null})]] {
		reasons := check.not_applicable with input as input_with(policies, {"known": true, "exact": true, "groups": []})
		count(reasons) == 1
	}
}

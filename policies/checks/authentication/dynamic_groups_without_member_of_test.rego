package tenantlint.checks.authentication.dynamic_groups_without_member_of_test

import data.tenantlint.checks.authentication.dynamic_groups_without_member_of as check
import rego.v1

run(member_of, untold) := found if {
	rules := {"dynamic": 3, "member_of": member_of, "untold": untold}
	found := check.findings with input as {"facts": {"group_rules": rules}}
}

group := {
	"id": "g",
	"name": "All plants",
	"rule": "user.memberof -any (group.objectId -in ['x'])",
	"names": ["x"],
	"paused": false,
}

test_pass_without_it if run([], []) == set()

test_fail_with_it if {
	some finding in run([group], [])
	finding.message == "The group takes its members from 1 other group."
	finding.resource == {"kind": "group", "id": "g", "name": "All plants"}
	not finding.depends_on
}

test_depends_on_a_rule_that_is_null if {
	some finding in run([], [{"id": "g", "name": ""}])
	finding.depends_on == ["membershipRule"]
}

test_not_applicable_without_dynamic_groups if {
	rules := {"dynamic": 0, "member_of": [], "untold": []}
	count(check.not_applicable) == 1 with input as {"facts": {"group_rules": rules}}
}

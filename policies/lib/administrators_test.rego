package tenantlint.lib.administrators_test

import data.tenantlint.lib.administrators
import data.tenantlint.lib.coverage_test as mock
import rego.v1

role := {
	"template_id": "62e90394-69f5-4237-9190-012177145e10",
	"name": "Global Administrator",
	"tier": "takeover",
	"holders": 4,
	"open": mock.some_users,
	"depends": mock.nobody,
	"emergency": mock.nobody,
	"depends_on": [],
	"supposed": "open",
	"unknown_groups": [],
	"regions": [mock.region],
}

covered := object.union(role, {"open": mock.nobody, "supposed": "covered", "regions": []})

unheld := object.union(role, {"holders": 0, "open": mock.nobody, "name": "Reader of <b>"})

fact(roles, known) := {"known": known, "exact": true, "caveats": [], "roles": roles}

run(roles, known) := found if {
	found := administrators.findings(fact(roles, known), ["takeover"], "MFA") with input as {"tenant": {"id": "t"}}
}

only(roles, known) := one if {
	findings := run(roles, known)
	count(findings) == 1
	some one in findings
}

test_nothing_where_every_role_is_covered if run([covered], true) == set()

test_nothing_for_other_tiers if run([object.union(role, {"tier": "reader"})], true) == set()

test_holders_who_are_open if {
	finding := only([role, covered], true)
	finding.message == "Administrators can sign in without MFA: Global Administrator (3 of 4)."
	finding.population == ["coverage/0/1"]
	finding.evidence.roles[0].names == mock.some_users.names
	finding.evidence.roles_covered == ["Global Administrator"]
	not finding.depends_on
}

test_a_role_that_nobody_holds_is_open_to_nobody if {
	run([unheld], true) == set()
	only([role, unheld], true).evidence.roles_nobody_holds_open == ["Reader of <b>"]
}

test_a_role_whose_holders_are_not_known_counts_as_held if {
	endswith(only([unheld], false).message, ": Reader of <b>.")
}

test_many_roles_are_counted if {
	roles := [object.union(role, {"name": sprintf("Role %d", [number])}) | some number in numbers.range(1, 7)]
	endswith(only(roles, true).message, "Role 5 (3 of 4) and 2 more roles.")
}

test_holders_who_depend if {
	finding := only([object.union(covered, {"depends": mock.some_users, "depends_on": ["x"]})], true)
	finding.depends_on == ["x"]
	startswith(finding.message, "Administrators may be able to sign in without MFA: Global Administrator (3 of 4)")
}

test_a_group_of_unknown_members_with_the_role_depends if {
	group := {"id": "g", "kind": "group", "name": "", "enabled": null}
	finding := only([object.union(unheld, {"unknown_groups": [group]})], true)
	finding.depends_on == ["who is in the group g"]
}

test_unknown_holders_of_a_role_that_may_be_covered_depend if {
	only([object.union(unheld, {"supposed": "depends"})], false).depends_on == ["who holds the roles"]
	run([object.union(unheld, {"supposed": "covered"})], false) == set()
}

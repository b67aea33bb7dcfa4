package tenantlint.checks.conditional_access.exclusions_narrow_test

import data.tenantlint.checks.conditional_access.exclusions_narrow as check
import data.tenantlint.lib.coverage_test as mock
import rego.v1

policy := {"id": "P1", "displayName": "MFA <b>for</b> all", "state": "enabled", "conditions": {"users": null}}

group := {"kind": "group", "id": "g", "name": "G", "label": "the group G"}

opening := {
	"question": "mfa",
	"words": "sign in without MFA",
	"certainty": "certain",
	"depends_on": [],
	"users": mock.some_users,
	"label": "any application",
	"by": [group],
	"only_with": [],
}

maybe := object.union(opening, {"certainty": "depends", "depends_on": ["who is in the group G"]})

run(policies, opens) := found if {
	found := check.findings with input as told(policies, {"P1": {"name": "MFA for all", "opens": opens}})
}

told(policies, exclusions) := {
	"tenant": {"id": "t"},
	"parameters": {"permitted_roles": ["sync"]},
	"collections": {"conditional_access_policies": policies},
	"facts": {"exclusions": {"exact": true, "caveats": [], "policies": exclusions}},
}

message(opens) := mock.only(run([policy], opens)).message

test_pass_when_an_exclusion_opens_nothing if {
	run([policy], []) == set()
	found := check.findings with input as told([policy], {})
	found == set()
}

test_pass_when_a_permitted_role_is_left_out if {
	role := {"kind": "role", "id": "sync", "name": "Sync", "label": "the role Sync"}
	run([policy], [object.union(opening, {"by": [role]})]) == set()
}

test_pass_when_only_emergency_accounts_are_open if {
	run([policy], [object.union(opening, {"users": mock.nobody})]) == set()
}

test_fail_names_the_exclusion_and_what_it_opens if {
	finding := mock.only(run([policy], [opening]))
	finding.message == `3 users may sign in without MFA because "MFA <b>for</b> all" leaves out the group G.`
	finding.resource == {"kind": "conditionalAccessPolicy", "id": "P1", "name": "MFA <b>for</b> all"}
	finding.population == ["coverage/0/1"]
	finding.pointer == "/conditions/users"
}

test_fail_counts_further_openings if {
	endswith(message([opening, object.union(opening, {"users": mock.other_users})]), "the group G; 1 more opening.")
	endswith(message([opening, opening, opening]), "; 2 more openings.")
}

test_fail_names_the_other_policies_of_a_combination if {
	one := object.union(opening, {"only_with": [{"policy_id": "p2", "name": "Q"}]})
	endswith(message([one]), `the group G, as "Q" does, too.`)
	two := object.union(opening, {"only_with": [{"policy_id": "p2", "name": "Q"}, {"policy_id": "p3", "name": "R"}]})
	endswith(message([two]), `the group G, as "Q", "R" do, too.`)
}

test_fail_for_two_exclusions_of_one_policy_that_hold_the_same_people if {
	user := {"kind": "user", "id": "u", "name": "U", "label": "the user U"}
	both := object.union(opening, {"by": [group, user]})
	endswith(message([both]), "leaves out the group G and the user U.")
}

test_fail_for_people_without_an_account if {
	outside := object.union(opening, {"users": mock.outsiders})
	startswith(message([outside]), `People whom the snapshot does not list ("serviceProvider") may sign in`)
}

test_depends_on_a_group_of_unknown_members if {
	finding := mock.only(run([policy], [maybe]))
	finding.depends_on == ["who is in the group G"]
	startswith(finding.message, "3 users may perhaps sign in without MFA")
}

test_a_certain_opening_goes_before_one_that_depends if {
	not mock.only(run([policy], [opening, maybe])).depends_on
}

test_not_applicable_without_enabled_policies if {
	count(check.not_applicable) == 1 with input as told([object.union(policy, {"state": "disabled"})], {})
	count(check.not_applicable) == 0 with input as told([policy], {})
}

test_total_over_nulls_and_wrong_types if {
	every odd in [{}, {"id": null, "displayName": null}, {"id": 7, "state": []}] {
		run([odd], [opening]) == set()
	}
}

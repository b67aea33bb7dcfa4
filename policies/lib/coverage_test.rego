package tenantlint.lib.coverage_test

import data.tenantlint.lib.coverage
import rego.v1

nobody := {"count": 0, "names": [], "without_account": [], "population": "coverage/0/0"}

some_users := {
	"count": 3,
	"names": ["<script>alert(1)</script>", "b"],
	"without_account": [],
	"population": "coverage/0/1",
}

other_users := object.union(some_users, {"count": 5, "names": ["c"], "population": "coverage/0/2"})

outsiders := object.union(nobody, {"without_account": ["serviceProvider"], "population": "coverage/0/3"})

region := {
	"label": "any application",
	"certainty": "certain",
	"depends_on": [],
	"users": some_users,
	"applications": ["any"],
	"platforms": ["windows", "linux"],
	"near_misses": [{"policy_id": "p", "name": "Policy", "because": "is report-only"}],
	"witness": {},
}

# An answer in which nobody is open.
covered := {
	"question": "mfa",
	"words": "sign in without MFA",
	"exact": true,
	"caveats": [],
	"depends_on": [],
	"users_open": 0,
	"users_depends": 0,
	"users_total": 10,
	"users_known": true,
	"open": nobody,
	"depends": nobody,
	"emergency": nobody,
	"regions": [],
	"regions_more": 0,
	"by_application": {},
	"by_platform": {},
}

open := object.union(covered, {
	"users_open": 3,
	"open": some_users,
	"regions": [region],
	"by_application": {"app": {"open": some_users, "depends": nobody}},
	"by_platform": {
		"windows": {"open": some_users, "depends": nobody},
		"linux": {"open": other_users, "depends": nobody},
	},
})

depends := object.union(covered, {
	"users_depends": 3,
	"depends": some_users,
	"depends_on": ["who is in the group G"],
	"regions": [object.union(region, {"certainty": "depends", "depends_on": ["who is in the group G"]})],
})

only(findings) := one if {
	count(findings) == 1
	some one in findings
}

run(answer) := found if {
	found := coverage.findings(answer, {"part": "x"}) with input as {"tenant": {"id": "t", "display_name": "Contoso"}}
}

test_nothing_where_nobody_is_open if run(covered) == set()

test_a_certain_finding if {
	finding := only(run(open))
	finding.resource == {"kind": "tenant", "id": "t", "name": "Contoso"}
	finding.key == {"certainty": "certain", "part": "x"}
	finding.message == "3 users (of 10) can sign in without MFA: any application."
	finding.population == ["coverage/0/1"]
	finding.evidence.ways == [`3 users: any application ("Policy" is report-only)`]
	not finding.depends_on
}

test_more_regions_are_counted if {
	one_more := object.union(open, {"regions_more": 1})
	endswith(only(run(one_more)).message, "any application; and in 1 more way.")
	few := object.union(open, {"regions": [region, region], "regions_more": 2})
	endswith(only(run(few)).message, "any application; and in 3 more ways.")
}

test_no_region_is_told_where_none_is_listed if {
	only(run(object.union(open, {"regions": []}))).message == "3 users (of 10) can sign in without MFA."
}

test_a_finding_that_depends if {
	finding := only(run(depends))
	finding.message == "3 users (of 10) may be able to sign in without MFA."
	finding.depends_on == ["who is in the group G"]
	finding.key.certainty == "depends"
}

test_something_unnamed_is_an_unknown_too if {
	only(run(object.union(depends, {"depends_on": []}))).depends_on == ["what the policies are about"]
}

test_both_at_once if {
	both := object.union(depends, {"open": other_users})
	{finding.key.certainty | some finding in run(both)} == {"certain", "depends"}
}

test_people_who_may_not_exist_say_nothing_where_everybody_is_open if {
	members := {"depends": object.union(nobody, {"without_account": ["members of G"]})}
	everybody := object.union(some_users, {"without_account": ["every other user"]})
	{finding.key.certainty | some finding in run(object.union(open, members))} == {"certain", "depends"}
	all_users := object.union(object.union(open, members), {"users_total": 3})
	only(run(all_users)).key.certainty == "certain"
	count(run(object.union(all_users, {"users_known": false}))) == 2
	only(run(object.union(object.union(open, members), {"open": everybody}))).key.certainty == "certain"
}

test_people_without_an_account if {
	types := only(run(object.union(covered, {"open": outsiders})))
	startswith(types.message, "People whom the snapshot does not list (\"serviceProvider\") can")
	others := object.union(some_users, {"without_account": ["every other user"]})
	startswith(only(run(object.union(covered, {"open": others}))).message, "Users whom no policy names can")
}

test_there_is_no_total_where_the_users_are_not_known if {
	startswith(only(run(object.union(open, {"users_known": false}))).message, "3 users can sign in")
}

test_what_could_not_be_answered_is_no_pass if {
	finding := only(run(object.union(covered, {"exact": false, "caveats": ["too hard"]})))
	finding.depends_on == ["too hard"]
	finding.key.certainty == "unanswered"
}

test_permitted_applications_are_left_out if {
	coverage.beside_applications(open, []) == open
	coverage.beside_applications(open, ["elsewhere"]) == open
	run(coverage.beside_applications(open, ["app"])) == set()
}

test_chosen_platforms if {
	coverage.on_platforms(open, ["windows", "linux", "android"]) == open
	everywhere := object.union(open, {"regions": [object.union(region, {"platforms": ["any"]})]})
	count(coverage.on_platforms(everywhere, ["windows"]).regions) == 1
	windows := coverage.on_platforms(open, ["windows"])
	only(run(windows)).message == "3 users (of 10) can sign in without MFA: any application."
	run(coverage.on_platforms(open, ["android"])) == set()
}

test_people_of_several_parts_are_at_least_as_many_as_the_most if {
	mac := {"macOS": {"open": object.union(some_users, {"population": "coverage/0/4"}), "depends": nobody}}
	answer := object.union(open, {"by_platform": object.union(open.by_platform, mac)})
	several := coverage.on_platforms(answer, ["windows", "linux"])
	finding := only(run(several))
	startswith(finding.message, "At least 5 users (of 10) can")
	finding.population == ["coverage/0/1", "coverage/0/2"]
	finding.evidence.users_open == 5
}

test_ways_name_people_without_an_account if {
	alone := object.union(region, {"users": outsiders, "near_misses": []})
	coverage.ways([alone]) == ["serviceProvider: any application"]
}

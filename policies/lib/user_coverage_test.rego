package tenantlint.lib.user_coverage_test

import data.tenantlint.lib.user_coverage as coverage
import rego.v1

exclusions := {
	"policies": {
		"all1": {"everyone": true, "in_classes": true, "name": "All 1", "excludes_others": true, "unknown": []},
		"all2": {"everyone": true, "in_classes": true, "name": "All 2", "excludes_others": true, "unknown": [{
			"kind": "group",
			"id": "g",
			"name": "G",
		}]},
		"some": {"everyone": false, "in_classes": true, "name": "Some", "excludes_others": false, "unknown": []},
	},
	"classes": [
		users_class("only first", ["all1"], []),
		users_class("both", ["all1", "all2"], []),
		users_class("both, covered", ["all1", "all2"], ["some"]),
	],
}

users_class(name, exempt, covered_by) := {
	"exempt": exempt,
	"covered_by": covered_by,
	"maybe_covered_by": [],
	"emergency": false,
	"symbolic": false,
	"count": 1,
	"disabled": 0,
	"names": [name],
	"population": name,
}

open(counting) := found if {
	classes := coverage.open_classes(counting) with input.facts.exclusions as exclusions
	found := {class.population | some class in classes}
}

test_whom_all_counting_policies_leave_out_is_open if {
	open({"all1"}) == {"only first", "both", "both, covered"}
	open({"all1", "all2"}) == {"both", "both, covered"}
	open({"all1", "all2", "some"}) == {"both"}
	open({"all2", "some"}) == {"both"}
}

test_policies_that_may_count_close_a_class_perhaps if {
	both := exclusions.classes[1]
	first := exclusions.classes[0]
	coverage.surely_open(both, {"all1", "all2"}) with input.facts.exclusions as exclusions
	not coverage.surely_open(first, {"all1", "all2"}) with input.facts.exclusions as exclusions
}

test_unknown_groups_matter_when_everybody_may_be_left_out if {
	known := coverage.unknown_exclusions({"all1", "all2"}) with input.facts.exclusions as exclusions
	{part.id | some part in known} == {"g"}
	none := coverage.unknown_exclusions({"all1"}) with input.facts.exclusions as exclusions
	none == set()
}

test_hangs_on_nothing_when_no_unknown_would_help if {
	coverage.hangs_on([0, 1], {"x"}, 1) == {}
	coverage.hangs_on([1, 1], set(), 1) == {}
	coverage.hangs_on([1, 1], {"x"}, 1) == {"depends_on": ["x"]}
}

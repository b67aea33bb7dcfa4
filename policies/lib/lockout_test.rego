package tenantlint.lib.lockout_test

import data.tenantlint.lib.lockout
import rego.v1

test_a_resource_is_the_policy if {
	lockout.resource({"id": "p", "name": "P"}) == {"kind": "conditionalAccessPolicy", "id": "p", "name": "P"}
}

test_what_is_certain_depends_on_nothing if {
	lockout.with_unknowns({"message": "m"}, {"certain": true, "depends_on": []}) == {"message": "m"}
}

test_what_is_not_certain_says_on_what if {
	lockout.with_unknowns({}, {"certain": false, "depends_on": ["x"]}) == {"depends_on": ["x"]}
	lockout.with_unknowns({}, {"certain": false, "depends_on": []}) == {"depends_on": ["what the snapshot does not hold"]}
}

test_people_are_counted_or_named if {
	lockout.whom({"count": 1, "labels": []}) == "1 user"
	lockout.whom({"count": 0, "labels": ["b", "a"]}) == "\"a\", \"b\""
	lockout.whom({"count": 0, "labels": []}) == "nobody who is known"
}

test_policies_are_named if {
	lockout.policies([{"name": "A"}]) == "the policy \"A\""
	lockout.policies([{"name": "A"}, {"name": "B"}]) == "the policies \"A\", \"B\""
	lockout.third_person([1]) == "s"
	lockout.third_person([1, 2]) == ""
}

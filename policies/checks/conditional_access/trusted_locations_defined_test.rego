package tenantlint.checks.conditional_access.trusted_locations_defined_test

import data.tenantlint.checks.conditional_access.trusted_locations_defined as check
import rego.v1

location(trusted, ranges) := {"id": "l", "name": "<b>Office</b>", "trusted": trusted, "ranges": ranges}

range := {"range": "203.0.113.0/26", "version": 4, "prefix": 26, "private": false, "addresses": "64"}

run(locations) := found if {
	found := check.findings with input as {"tenant": {"id": "t"}, "facts": {"trusted_locations": locations}}
}

only(found) := one if {
	count(found) == 1
	some one in found
}

test_pass_with_a_trusted_location if run([location(false, [range]), location(true, [range])]) == set()

test_fail_without_one if {
	finding := only(run([location(false, [range])]))
	finding.evidence.locations_with_ranges == ["<b>Office</b>"]
	count(run([])) == 1
	count(run([location(true, [])])) == 1
}

test_depends_when_it_is_not_told if only(run([location(null, [range])])).depends_on == ["isTrusted"]

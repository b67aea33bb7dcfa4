package tenantlint.checks.conditional_access.trusted_locations_narrow_test

import data.tenantlint.checks.conditional_access.trusted_locations_narrow as check
import rego.v1

location(trusted, ranges) := {"id": "L", "name": "<b>Office</b>", "trusted": trusted, "ranges": ranges}

range(text, version, prefix, private) := {
	"range": text,
	"version": version,
	"prefix": prefix,
	"private": private,
	"addresses": "65536",
}

small := range("203.0.113.0/26", 4, 26, false)

wide := range("198.18.0.0/16", 4, 16, false)

input_of(locations) := {
	"parameters": {"min_ipv4_prefix": 20, "min_ipv6_prefix": 44, "permitted_locations": ["permitted"]},
	"facts": {"trusted_locations": locations},
}

run(locations) := found if {
	found := check.findings with input as input_of(locations)
}

only(found) := one if {
	count(found) == 1
	some one in found
}

test_pass_when_narrow_or_not_trusted if {
	run([location(true, [small, range("2001:db8::/48", 6, 48, false)])]) == set()
	run([location(false, [wide])]) == set()
	run([object.union(location(true, [wide]), {"id": "Permitted"})]) == set()
}

test_fail_when_wide if {
	finding := only(run([location(true, [small, wide])]))
	finding.message == "The trusted range 198.18.0.0/16 holds 65536 addresses."
	finding.resource.kind == "namedLocation"
	count(run([location(true, [range("2001:db8::/32", 6, 32, false)])])) == 1
}

test_fail_when_private if {
	endswith(only(run([location(true, [range("10.1.0.0/24", 4, 24, true)])])).message, "is made of private addresses.")
}

test_depends_when_it_is_not_told if only(run([location(null, [wide])])).depends_on == ["isTrusted"]

test_depends_when_a_range_cannot_be_read if {
	finding := only(run([location(true, [range("<b>", null, null, false)])]))
	finding.depends_on == ["the ranges of the location"]
}

test_not_applicable_without_trusted_locations if {
	every locations in [[], [location(false, [wide])]] {
		reasons := check.not_applicable with input as input_of(locations)
		count(reasons) == 1
	}
}

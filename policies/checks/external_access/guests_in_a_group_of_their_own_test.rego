package tenantlint.checks.external_access.guests_in_a_group_of_their_own_test

import data.tenantlint.checks.external_access.guests_in_a_group_of_their_own as check
import rego.v1

group(whole, paused) := {"id": "g", "name": "](Guests)", "rule": "x", "whole": whole, "paused": paused}

run(guests, untold) := found if {
	found := check.findings with input as {
		"tenant": {"id": "t"},
		"facts": {"group_rules": {"dynamic": 3, "guests": guests, "untold": untold, "member_of": []}},
	}
}

messages(guests) := {finding.message | some finding in run(guests, [])}

test_pass_with_such_a_group if {
	run([group(true, false)], []) == set()
	run([group(false, false), group(true, false)], [{"id": "u", "name": "U"}]) == set()
}

test_fail_without if {
	messages([]) == {"No dynamic group takes the guests."}
	some paused in messages([group(true, true)])
	endswith(paused, "all guests and nobody else; the rule of this one is paused.")
	some finding in run([group(false, false)], [])
	finding.resource == {"kind": "dynamicGroup", "id": "g", "name": "](Guests)"}
	endswith(finding.message, "asks for more than the type of user.")
}

test_depends_where_a_rule_is_not_told if {
	found := run([], [{"id": "u", "name": null}])
	count(found) == 1
	every finding in found {
		finding.depends_on == ["membershipRule of dynamic groups"]
	}
}

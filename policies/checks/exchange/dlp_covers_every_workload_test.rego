package tenantlint.checks.exchange.dlp_covers_every_workload_test

import data.tenantlint.checks.exchange.dlp_covers_every_workload as check
import rego.v1

policy(more) := object.union(
	{"name": "Cards", "state": "on", "places": {"Exchange": "all", "Teams": "none"}, "exceptions": []},
	more,
)

rule(more) := object.union({"policy": "cards", "state": "on", "types": ["x"], "types_known": true}, more)

findings(policies, rules) := found if {
	found := check.findings with input as {
		"tenant": {"id": "t"},
		"parameters": {"workloads": ["Exchange"]},
		"facts": {"dlp": {"rules": rules, "policies": policies}},
	}
}

test_pass_when_all_of_it_is_watched if {
	findings([policy({"state": "off"}), policy({})], [rule({})]) == set()
}

test_fail_when_nothing_is_watched if {
	some found in findings([], [])
	found.message == "No DLP policy in force watches Exchange."
	found.depends_on == []
	every case in [
		[policy({"state": "test"}), rule({})],
		[policy({"places": {"Exchange": "none"}}), rule({})],
		[policy({}), rule({"state": "off"})],
		[policy({}), rule({"types": []})],
	] {
		some other in findings([case[0]], [case[1]])
		other.depends_on == []
	}
}

test_fail_when_a_part_is_watched if {
	some found in findings([policy({"places": {"Exchange": "some"}})], [rule({})])
	found.message == "DLP watches only a part of Exchange, by the policy Cards."
}

test_inconclusive_when_a_state_is_not_told if {
	every case in [
		[policy({"state": "unknown"}), rule({})],
		[policy({"places": {"Exchange": "unknown"}}), rule({})],
		[policy({}), rule({"state": "unknown"})],
		[policy({}), rule({"types": [], "types_known": false})],
	] {
		some found in findings([case[0]], [case[1]])
		found.depends_on == ["whether the DLP policy Cards is in force in Exchange"]
	}
}

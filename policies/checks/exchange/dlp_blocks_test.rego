package tenantlint.checks.exchange.dlp_blocks_test

import data.tenantlint.checks.exchange.dlp_blocks as check
import rego.v1

rule(more) := object.union(
	{
		"name": "Block",
		"policy": "Cards",
		"state": "on",
		"types": ["credit card number"],
		"types_known": true,
		"blocks": "everyone",
		"notifies": true,
	},
	more,
)

findings(rules) := found if {
	found := check.findings with input as {
		"tenant": {"id": "t"},
		"parameters": {"required_types": ["Credit Card Number"]},
		"facts": {"dlp": {"rules": rules, "policies": []}},
	}
}

test_pass_when_everybody_is_blocked if {
	findings([rule({"blocks": "no"}), rule({})]) == set()
}

test_fail_when_not_everybody_is_blocked if {
	every rules in [[], [rule({"blocks": "no"})], [rule({"blocks": "some"})], [rule({"state": "off"})]] {
		some found in findings(rules)
		found.message == concat(" ", [
			"No DLP rule in force blocks everybody from content",
			"with the information type Credit Card Number.",
		])
		found.depends_on == []
	}
}

test_inconclusive_when_the_action_is_not_told if {
	some found in findings([rule({"blocks": "unknown"})])
	found.depends_on == ["what the DLP rule Block blocks"]
}

test_inconclusive_when_the_state_or_the_types_are_not_told if {
	some found in findings([rule({"state": "unknown"})])
	found.depends_on == ["whether the DLP rule Block of the policy Cards is in force"]
	some other in findings([rule({"types": [], "types_known": false})])
	other.depends_on == ["AdvancedRule of the DLP rule Block"]
	some third in findings([rule({"state": "unknown", "types": [], "types_known": false})])
	count(third.depends_on) == 1
}

test_a_hostile_name_stays_text if {
	some found in findings([rule({"state": "unknown", "name": "<b>%s"})])
	found.depends_on == ["whether the DLP rule <b>%s of the policy Cards is in force"]
}

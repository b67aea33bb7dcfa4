package tenantlint.checks.exchange.dlp_protects_personal_data_test

import data.tenantlint.checks.exchange.dlp_protects_personal_data as check
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

test_pass_with_a_rule_in_force if {
	findings([rule({}), rule({"state": "off"})]) == set()
}

test_fail_without_a_rule_in_force if {
	every rules in [[], [rule({"state": "test"})], [rule({"types": ["u.s. bank account number"]})]] {
		some found in findings(rules)
		found.message == "No DLP rule in force looks for the information type Credit Card Number."
		found.depends_on == []
		found.key == "Credit Card Number"
	}
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

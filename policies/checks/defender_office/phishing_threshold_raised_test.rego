package tenantlint.checks.defender_office.phishing_threshold_raised_test

import data.tenantlint.checks.defender_office.phishing_threshold_raised as check
import data.tenantlint.lib.mail_settings_test as mocks
import rego.v1

good := {"PhishThresholdLevel": 3}

findings(layers) := found if {
	found := check.findings with input as mocks.told(
		"anti_phish",
		layers,
		{"min_level": 3},
	)
}

with_change(change) := [finding |
	some finding in findings([mocks.layer("custom", object.union(good, change))])
]

test_pass_when_all_is_as_wanted if {
	with_change({}) == []
	with_change({"PhishThresholdLevel": 4}) == []
}

test_pass_with_presets_that_are_not_in_the_snapshot if {
	findings([mocks.layer("strict", null), mocks.layer("standard", null)]) == set()
}

test_fail_at_the_standard_level if {
	[finding] = with_change({"PhishThresholdLevel": 1})
	mocks.shortcoming(finding) == "has PhishThresholdLevel 1."
	finding.depends_on == []
}

test_inconclusive_when_a_setting_is_null_odd_or_absent if {
	[null_] = with_change({"PhishThresholdLevel": null})
	count(null_.depends_on) == 1
	[odd] = with_change({"PhishThresholdLevel": {"x": 1}})
	count(odd.depends_on) == 1
	less := object.remove(good, ["PhishThresholdLevel"])
	[absent] = [each | some each in findings([mocks.layer("custom", less)])]
	count(absent.depends_on) == 1
}

test_inconclusive_when_the_policy_is_not_in_the_snapshot if {
	[finding] = [each | some each in findings([mocks.missing("custom")])]
	finding.depends_on == ["the policy x"]
}

test_a_policy_that_nobody_reaches_does_not_matter if {
	findings([mocks.unreached(mocks.layer("custom", {}))]) == set()
}

package tenantlint.checks.defender_office.no_sender_domains_allowed_test

import data.tenantlint.checks.defender_office.no_sender_domains_allowed as check
import data.tenantlint.lib.mail_settings_test as mocks
import rego.v1

good := {"AllowedSenderDomains": []}

findings(layers) := found if {
	found := check.findings with input as mocks.told(
		"anti_spam",
		layers,
		{"permitted": []},
	)
}

with_change(change) := [finding |
	some finding in findings([mocks.layer("custom", object.union(good, change))])
]

test_pass_when_all_is_as_wanted if {
	with_change({}) == []
	with_change({"AllowedSenderDomains": null}) == []
}

test_pass_with_presets_that_are_not_in_the_snapshot if {
	findings([mocks.layer("strict", null), mocks.layer("standard", null)]) == set()
}

test_fail_with_allowed_domains if {
	[finding] = with_change({"AllowedSenderDomains": ["x.example", "y.example"]})
	mocks.shortcoming(finding) == "has x.example, y.example in AllowedSenderDomains."
	finding.depends_on == []
}

test_fail_with_entries_as_objects if {
	[finding] = with_change({"AllowedSenderDomains": [{"Domain": "z.example"}]})
	mocks.shortcoming(finding) == "has z.example in AllowedSenderDomains."
	finding.depends_on == []
}

test_inconclusive_when_a_setting_is_null_odd_or_absent if {
	less := object.remove(good, ["AllowedSenderDomains"])
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

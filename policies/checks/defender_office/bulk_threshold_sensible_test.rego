package tenantlint.checks.defender_office.bulk_threshold_sensible_test

import data.tenantlint.checks.defender_office.bulk_threshold_sensible as check
import data.tenantlint.lib.mail_settings_test as mocks
import rego.v1

good := {"BulkThreshold": 6}

findings(layers) := found if {
	found := check.findings with input as mocks.told(
		"anti_spam",
		layers,
		{"min_level": 4, "max_level": 6},
	)
}

with_change(change) := [finding |
	some finding in findings([mocks.layer("custom", object.union(good, change))])
]

test_pass_when_all_is_as_wanted if {
	with_change({}) == []
	with_change({"BulkThreshold": 4}) == []
}

test_pass_with_presets_that_are_not_in_the_snapshot if {
	findings([mocks.layer("strict", null), mocks.layer("standard", null)]) == set()
}

test_fail_when_it_is_lax if {
	[finding] = with_change({"BulkThreshold": 7})
	mocks.shortcoming(finding) == "has BulkThreshold 7."
	finding.depends_on == []
}

test_fail_when_it_is_too_tight if {
	[finding] = with_change({"BulkThreshold": 1})
	mocks.shortcoming(finding) == "has BulkThreshold 1."
	finding.depends_on == []
}

test_inconclusive_when_a_setting_is_null_odd_or_absent if {
	[null_] = with_change({"BulkThreshold": null})
	count(null_.depends_on) == 1
	[odd] = with_change({"BulkThreshold": {"x": 1}})
	count(odd.depends_on) == 1
	less := object.remove(good, ["BulkThreshold"])
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

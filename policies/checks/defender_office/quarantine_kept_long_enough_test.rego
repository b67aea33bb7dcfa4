package tenantlint.checks.defender_office.quarantine_kept_long_enough_test

import data.tenantlint.checks.defender_office.quarantine_kept_long_enough as check
import data.tenantlint.lib.mail_settings_test as mocks
import rego.v1

good := {"QuarantineRetentionPeriod": 30}

findings(layers) := found if {
	found := check.findings with input as mocks.told(
		"anti_spam",
		layers,
		{"min_days": 30},
	)
}

with_change(change) := [finding |
	some finding in findings([mocks.layer("custom", object.union(good, change))])
]

test_pass_when_all_is_as_wanted if {
	with_change({}) == []
}

test_pass_with_presets_that_are_not_in_the_snapshot if {
	findings([mocks.layer("strict", null), mocks.layer("standard", null)]) == set()
}

test_fail_when_it_is_shorter if {
	[finding] = with_change({"QuarantineRetentionPeriod": 15})
	mocks.shortcoming(finding) == "has QuarantineRetentionPeriod 15."
	finding.depends_on == []
}

test_inconclusive_when_a_setting_is_null_odd_or_absent if {
	[null_] = with_change({"QuarantineRetentionPeriod": null})
	count(null_.depends_on) == 1
	[odd] = with_change({"QuarantineRetentionPeriod": {"x": 1}})
	count(odd.depends_on) == 1
	less := object.remove(good, ["QuarantineRetentionPeriod"])
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

package tenantlint.checks.defender_office.sending_limited_test

import data.tenantlint.checks.defender_office.sending_limited as check
import data.tenantlint.lib.mail_settings_test as mocks
import rego.v1

good := {
	"RecipientLimitExternalPerHour": 400,
	"RecipientLimitInternalPerHour": 800,
	"RecipientLimitPerDay": 1000,
	"ActionWhenThresholdReached": "BlockUser",
}

findings(layers) := found if {
	found := check.findings with input as mocks.told(
		"outbound_spam",
		layers,
		{
			"external_per_hour": 500,
			"internal_per_hour": 1000,
			"per_day": 1000,
			"actions": ["BlockUser"],
		},
	)
}

with_change(change) := [finding |
	some finding in findings([mocks.layer("custom", object.union(good, change))])
]

test_pass_when_all_is_as_wanted if {
	with_change({}) == []
}

test_fail_without_a_limit if {
	[finding] = with_change({"RecipientLimitPerDay": 0})
	mocks.shortcoming(finding) == "has RecipientLimitPerDay 0."
	finding.depends_on == []
}

test_fail_with_a_high_limit if {
	[finding] = with_change({"RecipientLimitExternalPerHour": 5000})
	mocks.shortcoming(finding) == "has RecipientLimitExternalPerHour 5000."
	finding.depends_on == []
}

test_fail_when_nobody_is_stopped if {
	[finding] = with_change({"ActionWhenThresholdReached": "Alert"})
	mocks.shortcoming(finding) == "has ActionWhenThresholdReached Alert."
	finding.depends_on == []
}

test_inconclusive_when_a_setting_is_null_odd_or_absent if {
	[null_] = with_change({"ActionWhenThresholdReached": null})
	count(null_.depends_on) == 1
	[odd] = with_change({"ActionWhenThresholdReached": {"x": 1}})
	count(odd.depends_on) == 1
	less := object.remove(good, ["ActionWhenThresholdReached"])
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

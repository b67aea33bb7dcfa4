package tenantlint.checks.defender_office.anti_phishing_without_exceptions_test

import data.tenantlint.checks.defender_office.anti_phishing_without_exceptions as check
import data.tenantlint.lib.mail_settings_test as mocks
import rego.v1

good := {"ExcludedSenders": [], "ExcludedDomains": null}

findings(layers) := found if {
	found := check.findings with input as mocks.told(
		"anti_phish",
		layers,
		{"permitted": []},
	)
}

with_change(change) := [finding |
	some finding in findings([mocks.layer("custom", object.union(good, change))])
]

test_pass_when_all_is_as_wanted if {
	with_change({}) == []
}

test_fail_with_a_trusted_sender if {
	[finding] = with_change({"ExcludedSenders": ["a@x.example"]})
	mocks.shortcoming(finding) == "has a@x.example in ExcludedSenders."
	finding.depends_on == []
}

test_fail_with_a_trusted_domain if {
	[finding] = with_change({"ExcludedDomains": ["x.example"]})
	mocks.shortcoming(finding) == "has x.example in ExcludedDomains."
	finding.depends_on == []
}

test_inconclusive_when_a_setting_is_null_odd_or_absent if {
	less := object.remove(good, ["ExcludedSenders"])
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

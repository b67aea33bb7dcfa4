package tenantlint.checks.defender_office.executable_attachments_blocked_test

import data.tenantlint.checks.defender_office.executable_attachments_blocked as check
import data.tenantlint.lib.mail_settings_test as mocks
import rego.v1

good := {
	"EnableFileFilter": true,
	"FileTypes": ["exe", "cmd", "vbe", "js"],
}

findings(layers) := found if {
	found := check.findings with input as mocks.told(
		"anti_malware",
		layers,
		{"required_types": ["cmd", "exe", "vbe"]},
	)
}

with_change(change) := [finding |
	some finding in findings([mocks.layer("custom", object.union(good, change))])
]

test_pass_when_all_is_as_wanted if {
	with_change({}) == []
	with_change({"FileTypes": ["EXE", "Cmd", "vbe"]}) == []
}

test_pass_with_presets_that_are_not_in_the_snapshot if {
	findings([mocks.layer("strict", null), mocks.layer("standard", null)]) == set()
}

test_fail_when_the_filter_is_off if {
	[finding] = with_change({"EnableFileFilter": false})
	mocks.shortcoming(finding) == "has EnableFileFilter off."
	finding.depends_on == []
}

test_fail_when_types_are_missing if {
	[finding] = with_change({"FileTypes": ["exe"]})
	mocks.shortcoming(finding) == "lacks cmd, vbe in FileTypes."
	finding.depends_on == []
}

test_fail_when_the_list_is_empty if {
	[finding] = with_change({"FileTypes": null})
	mocks.shortcoming(finding) == "lacks cmd, exe, vbe in FileTypes."
	finding.depends_on == []
}

test_inconclusive_when_a_setting_is_null_odd_or_absent if {
	[null_] = with_change({"EnableFileFilter": null})
	count(null_.depends_on) == 1
	[odd] = with_change({"EnableFileFilter": {"x": 1}})
	count(odd.depends_on) == 1
	less := object.remove(good, ["EnableFileFilter"])
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

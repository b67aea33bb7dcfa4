package tenantlint.checks.defender_office.impersonated_people_caught_test

import data.tenantlint.checks.defender_office.impersonated_people_caught as check
import data.tenantlint.lib.mail_settings_test as mocks
import rego.v1

good := {
	"Enabled": true,
	"EnableTargetedUserProtection": true,
	"TargetedUsersToProtect": ["Ceo;ceo@contoso.com"],
	"TargetedUserProtectionAction": "Quarantine",
}

findings(layers) := found if {
	found := check.findings with input as mocks.told(
		"anti_phish",
		layers,
		{
			"sensitive_users": [],
			"actions": ["Quarantine", "MoveToJmf", "Delete", "Redirect"],
		},
	)
}

with_change(change) := [finding |
	some finding in findings([mocks.layer("custom", object.union(good, change))])
]

test_pass_when_all_is_as_wanted if {
	with_change({}) == []
	with_change({"TargetedUserProtectionAction": "movetojmf"}) == []
}

test_fail_when_it_is_off if {
	[finding] = with_change({"EnableTargetedUserProtection": false})
	mocks.shortcoming(finding) == "has EnableTargetedUserProtection off."
	finding.depends_on == []
}

test_fail_when_nobody_is_named if {
	[finding] = with_change({"TargetedUsersToProtect": []})
	mocks.shortcoming(finding) == "has nothing in TargetedUsersToProtect."
	finding.depends_on == []
}

test_fail_when_nothing_is_done if {
	[finding] = with_change({
		"TargetedUserProtectionAction": "NoAction",
		"Enabled": false,
	})
	mocks.shortcoming(finding) == "has Enabled off and has TargetedUserProtectionAction NoAction."
	finding.depends_on == []
}

test_inconclusive_when_a_setting_is_null_odd_or_absent if {
	[null_] = with_change({"TargetedUserProtectionAction": null})
	count(null_.depends_on) == 1
	[odd] = with_change({"TargetedUserProtectionAction": {"x": 1}})
	count(odd.depends_on) == 1
	less := object.remove(good, ["TargetedUserProtectionAction"])
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

test_fail_when_a_sensitive_person_is_not_named if {
	found := check.findings with input as mocks.told(
		"anti_phish",
		[mocks.layer("custom", good)],
		{"sensitive_users": ["ceo@contoso.com", "cfo@contoso.com"], "actions": ["Quarantine"]},
	)
	[finding] = [each | some each in found]
	mocks.shortcoming(finding) == "lacks cfo@contoso.com in TargetedUsersToProtect."
}

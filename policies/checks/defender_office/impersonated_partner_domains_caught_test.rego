package tenantlint.checks.defender_office.impersonated_partner_domains_caught_test

import data.tenantlint.checks.defender_office.impersonated_partner_domains_caught as check
import data.tenantlint.lib.mail_settings_test as mocks
import rego.v1

good := {
	"Enabled": true,
	"EnableTargetedDomainsProtection": true,
	"TargetedDomainsToProtect": ["supplier.example", "x.example"],
	"TargetedDomainProtectionAction": "Quarantine",
}

findings(layers) := found if {
	found := check.findings with input as mocks.told(
		"anti_phish",
		layers,
		{
			"partner_domains": ["supplier.example"],
			"actions": ["Quarantine", "MoveToJmf", "Delete", "Redirect"],
		},
	)
}

with_change(change) := [finding |
	some finding in findings([mocks.layer("custom", object.union(good, change))])
]

test_pass_when_all_is_as_wanted if {
	with_change({}) == []
}

test_fail_when_it_is_off if {
	[finding] = with_change({"EnableTargetedDomainsProtection": false})
	mocks.shortcoming(finding) == "has EnableTargetedDomainsProtection off."
	finding.depends_on == []
}

test_fail_when_a_partner_is_missing if {
	[finding] = with_change({"TargetedDomainsToProtect": ["x.example"]})
	mocks.shortcoming(finding) == "lacks supplier.example in TargetedDomainsToProtect."
	finding.depends_on == []
}

test_fail_when_nothing_is_done if {
	[finding] = with_change({"TargetedDomainProtectionAction": "NoAction"})
	mocks.shortcoming(finding) == "has TargetedDomainProtectionAction NoAction."
	finding.depends_on == []
}

test_inconclusive_when_a_setting_is_null_odd_or_absent if {
	[null_] = with_change({"EnableTargetedDomainsProtection": null})
	count(null_.depends_on) == 1
	[odd] = with_change({"EnableTargetedDomainsProtection": {"x": 1}})
	count(odd.depends_on) == 1
	less := object.remove(good, ["EnableTargetedDomainsProtection"])
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

test_not_applicable_when_no_partner_is_named if {
	given := mocks.told("anti_phish", [mocks.layer("custom", {})], {"partner_domains": [], "actions": []})
	check.findings == set() with input as given
	count(check.not_applicable) == 1 with input as given
}

package tenantlint.checks.defender_office.impersonated_own_domains_caught_test

import data.tenantlint.checks.defender_office.impersonated_own_domains_caught as check
import data.tenantlint.lib.mail_settings_test as mocks
import rego.v1

good := {
	"Enabled": true,
	"EnableOrganizationDomainsProtection": true,
	"TargetedDomainProtectionAction": "Quarantine",
}

findings(layers) := found if {
	found := check.findings with input as mocks.told(
		"anti_phish",
		layers,
		{
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

test_pass_with_presets_that_are_not_in_the_snapshot if {
	findings([mocks.layer("strict", null), mocks.layer("standard", null)]) == set()
}

test_fail_when_it_is_off if {
	[finding] = with_change({"EnableOrganizationDomainsProtection": false})
	mocks.shortcoming(finding) == "does not protect the organization's own domains."
	finding.depends_on == []
}

test_fail_when_nothing_is_done if {
	[finding] = with_change({"TargetedDomainProtectionAction": "NoAction"})
	mocks.shortcoming(finding) == "has TargetedDomainProtectionAction NoAction."
	finding.depends_on == []
}

test_fail_when_the_policy_is_off if {
	[finding] = with_change({"Enabled": false})
	mocks.shortcoming(finding) == "has Enabled off."
	finding.depends_on == []
}

test_inconclusive_when_a_setting_is_null_odd_or_absent if {
	[null_] = with_change({"EnableOrganizationDomainsProtection": null})
	count(null_.depends_on) == 1
	[odd] = with_change({"EnableOrganizationDomainsProtection": {"x": 1}})
	count(odd.depends_on) == 1
	less := object.remove(good, ["EnableOrganizationDomainsProtection"])
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

by_list(domains) := [finding |
	given := mocks.told(
		"anti_phish", [mocks.layer("custom", object.union(good, {
			"EnableOrganizationDomainsProtection": false,
			"EnableTargetedDomainsProtection": true,
			"TargetedDomainsToProtect": domains,
		}))],
		{"actions": ["Quarantine"]},
	)
	known := {"facts": {"mail_protection": {"anti_phish": {"accepted_domains": ["a.example", "b.example"]}}}}
	found := check.findings with input as object.union(given, known)
	some finding in found
]

test_pass_with_a_list_that_holds_all_accepted_domains if by_list(["A.example", "b.example"]) == []

test_fail_with_a_list_that_lacks_one if {
	[finding] = by_list(["a.example"])
	mocks.shortcoming(finding) == "does not protect the organization's own domains."
}

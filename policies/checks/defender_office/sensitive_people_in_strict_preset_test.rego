package tenantlint.checks.defender_office.sensitive_people_in_strict_preset_test

import data.tenantlint.checks.defender_office.sensitive_people_in_strict_preset as check
import data.tenantlint.lib.mail_settings_test as mocks
import rego.v1

strict(conditions, exceptions) := object.union(
	mocks.layer("strict", null),
	{"conditions": conditions, "exceptions": exceptions},
)

told(exchange, defender, people) := {
	"parameters": {"sensitive_users": people},
	"tenant": {"id": "t"},
	"facts": {"mail_protection": {
		"presets_exchange": {"layers": exchange},
		"presets_defender": {"layers": defender},
	}},
}

findings(exchange, defender) := [finding |
	found := check.findings with input as told(exchange, defender, ["Ceo;CEO@contoso.com"])
	some finding in found
]

all_people := [strict({}, {})]

test_pass_when_both_rules_take_them if {
	findings(all_people, all_people) == []
	findings([strict({"SentTo": ["ceo@contoso.com"]}, {})], all_people) == []
	findings([strict({"RecipientDomainIs": ["contoso.com"]}, {})], all_people) == []
}

test_fail_when_one_rule_leaves_them_out if {
	[finding] = findings(all_people, [mocks.layer("none", null)])
	finding.message == "The strict preset does not take \"ceo@contoso.com\" for links, attachments and impersonation."
	finding.principals == [{"kind": "user", "id": "ceo@contoso.com", "name": "ceo@contoso.com"}]
	finding.depends_on == []
}

test_fail_with_each_way_to_be_left_out if {
	every layer in [
		strict({"SentTo": ["cfo@contoso.com"]}, {}),
		strict({"RecipientDomainIs": ["other.example"]}, {}),
		strict({}, {"ExceptIfSentTo": ["ceo@contoso.com"]}),
		strict({"SentToMemberOf": ["g@contoso.com"]}, {"ExceptIfRecipientDomainIs": ["com"]}),
	] {
		[finding] = findings([layer], all_people)
		finding.depends_on == []
	}
}

test_inconclusive_when_it_hangs_on_a_group if {
	[finding] = findings([strict({"SentToMemberOf": ["vip@contoso.com"]}, {})], all_people)
	startswith(finding.message, "Perhaps the strict preset does not take")
	finding.depends_on == ["the members of the group vip@contoso.com"]
}

test_inconclusive_when_the_rule_is_not_known if {
	[finding] = findings([object.union(strict({}, {}), {"depends_on": ["the rules of the presets"]})], all_people)
	finding.depends_on == ["the rules of the presets"]
}

test_not_applicable_when_nobody_is_named if {
	given := told([], [], [])
	check.findings == set() with input as given
	count(check.not_applicable) == 1 with input as given
}

package tenantlint.checks.exchange.outside_mail_marked_test

import data.tenantlint.checks.exchange.outside_mail_marked as check
import rego.v1

rule(more) := object.union(
	{
		"Guid": "r",
		"Name": "Mark",
		"State": "Enabled",
		"Mode": "Enforce",
		"FromScope": "NotInOrganization",
		"PrependSubject": "[External] ",
		"SenderDomainIs": null,
	},
	more,
)

findings(tags, rules) := found if {
	found := check.findings with input as {
		"tenant": {"id": "t"},
		"statuses": {"external_in_outlook": "ok", "transport_rules": "ok"},
		"collections": {"external_in_outlook": tags, "transport_rules": rules},
	}
}

off := [{"Identity": "x", "Enabled": false}]

test_pass_with_the_tag if {
	findings([{"Identity": "x", "Enabled": true}], []) == set()
}

test_pass_with_a_rule if {
	findings(off, [rule({})]) == set()
	findings(off, [rule({"PrependSubject": null, "ApplyHtmlDisclaimerText": "From outside"})]) == set()
}

test_fail_without_either if {
	some found in findings(off, [])
	found.message == "Nothing marks mail from outside: the External tag of Outlook is off, and no mail flow rule does."
	found.depends_on == []
}

test_fail_when_the_rule_does_not_work_on_all_mail_from_outside if {
	every more in [
		{"State": "Disabled"},
		{"Mode": "AuditAndNotify"},
		{"FromScope": "InOrganization"},
		{"FromScope": null},
		{"SenderDomainIs": ["partner.example"]},
		{"SentToScope": "NotInOrganization"},
		{"ExceptIfFromScope": "NotInOrganization"},
		{"ExceptIfSentToScope": "InOrganization"},
		{"PrependSubject": ""},
	] {
		count(findings(off, [rule(more)])) == 1
	}
}

test_inconclusive_when_the_tag_is_not_told if {
	every tags in [[], [{"Identity": "x", "Enabled": null}]] {
		some found in findings(tags, [])
		found.depends_on == ["the External tag of Outlook (external_in_outlook)"]
		found.message == "The snapshot does not tell whether mail from outside is marked."
	}
}

test_inconclusive_when_the_rules_are_not_known if {
	some found in check.findings with input as {
		"tenant": {"id": "t"},
		"statuses": {"external_in_outlook": "ok", "transport_rules": "denied"},
		"collections": {"external_in_outlook": off},
	}
	found.depends_on == ["the mail flow rules (transport_rules)"]
}

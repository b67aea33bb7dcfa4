package tenantlint.checks.exchange.mail_tips_on_test

import data.tenantlint.checks.exchange.mail_tips_on as check
import rego.v1

good := {
	"Name": "contoso",
	"MailTipsAllTipsEnabled": true,
	"MailTipsExternalRecipientsTipsEnabled": true,
	"MailTipsGroupMetricsEnabled": true,
	"MailTipsLargeAudienceThreshold": 25,
}

findings(config) := found if {
	found := check.findings with input as {
		"tenant": {"id": "t"},
		"parameters": {"max_large_audience": 25},
		"collections": {"organization_config": config},
	}
}

test_pass_with_all_hints if {
	findings(good) == set()
}

test_fail_with_one_hint_off if {
	some found in findings(object.union(good, {"MailTipsExternalRecipientsTipsEnabled": false}))
	found.message == "MailTips do not warn of recipients outside the organization."
	found.key == "MailTipsExternalRecipientsTipsEnabled"
}

test_fail_with_a_high_threshold if {
	some found in findings(object.union(good, {"MailTipsLargeAudienceThreshold": 100}))
	found.message == "MailTips warn of a large audience from 100 recipients on."
}

test_inconclusive_when_not_told if {
	every config in [{"Name": "x", "MailTipsAllTipsEnabled": null}, null] {
		count({name | some found in findings(config); some name in found.depends_on}) == 4
	}
}

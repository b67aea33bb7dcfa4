package tenantlint.checks.defender_office.outbound_spam_reported_test

import data.tenantlint.checks.defender_office.outbound_spam_reported as check
import data.tenantlint.lib.mail_settings_test as mocks
import rego.v1

silent := {"NotifyOutboundSpam": false, "NotifyOutboundSpamRecipients": []}

findings(policy, alerts, status) := [finding |
	parameters := {"alerts": ["User restricted from sending email"]}
	told := mocks.told("outbound_spam", [mocks.layer("default", policy)], parameters)
	found := check.findings with input as object.union(told, {
		"collections": {"protection_alerts": alerts},
		"statuses": {"protection_alerts": status},
	})
	some finding in found
]

alert(more) := [object.union({"Name": "User restricted from sending email"}, more)]

test_pass_when_the_alert_is_on if {
	findings(silent, alert({"Disabled": false, "NotificationEnabled": true}), "ok") == []
}

test_pass_when_the_policy_notifies if {
	findings({"NotifyOutboundSpam": true, "NotifyOutboundSpamRecipients": ["soc@contoso.com"]}, [], "ok") == []
}

test_fail_when_neither_tells_anybody if {
	[finding] = findings(silent, alert({"Disabled": true}), "ok")
	mocks.shortcoming(finding) == "has NotifyOutboundSpam off and has nothing in NotifyOutboundSpamRecipients."
	finding.depends_on == []
	finding.evidence.alert_policy == "off"
}

test_fail_when_the_alert_notifies_nobody if {
	count(findings(silent, alert({"Disabled": false, "NotificationEnabled": false}), "ok")) == 1
}

test_inconclusive_when_the_alerts_are_not_known if {
	[denied] = findings(silent, [], "denied")
	denied.depends_on == ["the alert policies (protection_alerts)"]
	[null_] = findings(silent, alert({"Disabled": null}), "ok")
	null_.depends_on == ["the alert policies (protection_alerts)"]
}

test_inconclusive_when_the_policy_does_not_tell if {
	[finding] = findings({"NotifyOutboundSpam": null}, [], "ok")
	finding.depends_on == [
		"NotifyOutboundSpam of the policy Sales <b>%d",
		"NotifyOutboundSpamRecipients of the policy Sales <b>%d",
	]
}

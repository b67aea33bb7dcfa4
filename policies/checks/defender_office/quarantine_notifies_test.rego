package tenantlint.checks.defender_office.quarantine_notifies_test

import data.tenantlint.checks.defender_office.quarantine_notifies as check
import data.tenantlint.lib.mail_settings_test as mocks
import rego.v1

policy := {
	"SpamAction": "MoveToJmf",
	"HighConfidenceSpamAction": "Quarantine",
	"HighConfidenceSpamQuarantineTag": "Loud",
	"PhishSpamAction": "Quarantine",
	"PhishQuarantineTag": "loud",
	"BulkSpamAction": "MoveToJmf",
}

findings(layers) := [finding |
	found := check.findings with input as object.union(mocks.told("anti_spam", layers, {}), {"collections": {
		"quarantine_policies": [
			{"Name": "Loud", "ESNEnabled": true},
			{"Name": "Silent", "ESNEnabled": false},
			{"Name": "Odd", "ESNEnabled": null},
		],
	}})
	some finding in found
]

with_change(change) := findings([mocks.layer("custom", object.union(policy, change))])

test_pass_when_recipients_are_told if with_change({}) == []

test_pass_with_presets_and_with_what_nobody_reaches if {
	findings([mocks.layer("strict", null), mocks.unreached(mocks.layer("custom", {"SpamAction": "Quarantine"}))]) == []
}

test_fail_when_recipients_are_not_told if {
	[finding] = with_change({"PhishQuarantineTag": "Silent"})
	mocks.shortcoming(finding) == "tells recipients nothing of what PhishSpamAction quarantines."
	finding.depends_on == []
}

test_inconclusive_when_the_quarantine_policy_is_not_known if {
	every tag in [null, "Gone", "Odd"] {
		[finding] = with_change({"PhishQuarantineTag": tag})
		finding.depends_on == ["PhishQuarantineTag of the policy Sales <b>%d"]
		mocks.shortcoming(finding) == "does not tell whether recipients hear of what it quarantines."
	}
}

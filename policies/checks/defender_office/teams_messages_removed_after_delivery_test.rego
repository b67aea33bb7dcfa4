package tenantlint.checks.defender_office.teams_messages_removed_after_delivery_test

import data.tenantlint.checks.defender_office.teams_messages_removed_after_delivery as check
import rego.v1

findings(policy) := [finding |
	given := object.union({"Name": "Default"}, policy)
	found := check.findings with input as {"collections": {"teams_protection_policies": [given]}}
	some finding in found
]

test_pass_when_it_is_as_wanted if findings({"ZapEnabled": true}) == []

test_fail_when_it_is_otherwise if {
	[finding] = findings({"ZapEnabled": false})
	finding.message == "Malware and phishing in Teams messages stay where they are when they are found later."
	finding.pointer == "/ZapEnabled"
	finding.depends_on == []
}

test_inconclusive_when_it_is_null_odd_or_absent if {
	every policy in [{"ZapEnabled": null}, {"ZapEnabled": "maybe"}, {}] {
		some finding in findings(policy)
		finding.depends_on == ["ZapEnabled"]
	}
}

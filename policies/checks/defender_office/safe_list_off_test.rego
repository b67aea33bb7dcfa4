package tenantlint.checks.defender_office.safe_list_off_test

import data.tenantlint.checks.defender_office.safe_list_off as check
import rego.v1

findings(policy) := [finding |
	given := object.union({"Name": "Default"}, policy)
	found := check.findings with input as {"collections": {"hosted_connection_filter_policies": [given]}}
	some finding in found
]

test_pass_when_it_is_as_wanted if findings({"EnableSafeList": false}) == []

test_fail_when_it_is_otherwise if {
	[finding] = findings({"EnableSafeList": true})
	finding.message == "Mail from Microsoft's list of trusted senders skips the spam filter."
	finding.pointer == "/EnableSafeList"
	finding.depends_on == []
}

test_inconclusive_when_it_is_null_odd_or_absent if {
	every policy in [{"EnableSafeList": null}, {"EnableSafeList": "maybe"}, {}] {
		some finding in findings(policy)
		finding.depends_on == ["EnableSafeList"]
	}
}

package tenantlint.checks.defender_office.no_addresses_allowed_test

import data.tenantlint.checks.defender_office.no_addresses_allowed as check
import rego.v1

findings(policy) := [finding |
	found := check.findings with input as {
		"collections": {"hosted_connection_filter_policies": [object.union({"Name": "Default"}, policy)]},
		"parameters": {"permitted": ["192.0.2.1"]},
	}
	some finding in found
]

test_pass_with_an_empty_list if {
	findings({"IPAllowList": []}) == []
	findings({"IPAllowList": null}) == []
}

test_pass_with_what_is_agreed if findings({"IPAllowList": ["192.0.2.1"]}) == []

test_fail_with_an_address if {
	[finding] = findings({"IPAllowList": ["203.0.113.0/24", "192.0.2.1", "198.51.100.7"]})
	finding.message == "The connection filter waves through 198.51.100.7, 203.0.113.0/24."
	finding.pointer == "/IPAllowList"
	finding.depends_on == []
}

test_entries_of_other_types_count if {
	[finding] = findings({"IPAllowList": [{"Address": "<b>%d"}]})
	finding.message == "The connection filter waves through an entry that is no text."
}

test_inconclusive_when_the_list_is_absent if {
	[finding] = findings({})
	finding.depends_on == ["IPAllowList"]
}

package tenantlint.checks.defender_office.allow_entries_end_test

import data.tenantlint.checks.defender_office.allow_entries_end as check
import rego.v1

entry := {
	"Identity": "i",
	"Value": "x.example/<b>%d",
	"Action": "Allow",
	"ListType": "Url",
	"ExpirationDate": "2026-12-20T00:00:00Z",
}

findings(change) := [finding |
	found := check.findings with input as {
		"collections": {"tenant_allow_block_list_items": [object.union(entry, change)]},
		"parameters": {"max_days": 45},
		"now": "2026-11-23T08:00:00Z",
	}
	some finding in found
]

test_pass_when_the_entry_ends_soon if {
	findings({}) == []
	findings({"ExpirationDate": "2027-01-07T07:59:59.1234567Z"}) == []
}

test_pass_with_entries_that_block if findings({"Action": "Block", "ExpirationDate": null}) == []

test_fail_when_it_never_ends if {
	[finding] = findings({"ExpirationDate": null})
	finding.message == "The entry that allows x.example/<b>%d never ends."
	finding.resource.id == "i"
	finding.evidence.ListType == "Url"
	finding.depends_on == []
}

test_fail_when_it_ends_late if {
	[finding] = findings({"Action": "allow", "ExpirationDate": "2027-11-23T08:00:00Z"})
	finding.message == "The entry that allows x.example/<b>%d ends on 2027-11-23 only."
}

test_the_last_day_is_told_to_the_day if {
	count(findings({"ExpirationDate": "2027-01-08T00:00:00Z"})) == 1
	count(findings({"ExpirationDate": "9999-12-31T23:59:59Z"})) == 1
}

test_inconclusive_when_the_date_is_none if {
	[finding] = findings({"ExpirationDate": "some day", "Identity": null})
	finding.depends_on == ["ExpirationDate"]
	finding.resource.id == "x.example/<b>%d"
}

test_inconclusive_when_the_action_is_not_told if {
	[finding] = findings({"Action": null, "Value": null})
	finding.depends_on == ["Action"]
	finding.resource.name == "an entry without a value"
}

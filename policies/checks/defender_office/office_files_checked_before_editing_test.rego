package tenantlint.checks.defender_office.office_files_checked_before_editing_test

import data.tenantlint.checks.defender_office.office_files_checked_before_editing as check
import rego.v1

good := {
	"Identity": "Default",
	"Name": "Default",
	"EnableSafeDocs": true,
	"AllowSafeDocsOpen": false,
}

findings(policy) := [finding |
	found := check.findings with input as {"collections": {"atp_policy_for_o365": policy}, "tenant": {"id": "t"}}
	some finding in found
]

test_pass_when_all_is_as_wanted if findings(good) == []

test_fail_when_enablesafedocs_is_otherwise if {
	[finding] = findings(object.union(good, {"EnableSafeDocs": false}))
	finding.message == "Office does not check files from outside before they are opened for editing."
	finding.pointer == "/EnableSafeDocs"
	finding.depends_on == []
}

test_fail_when_allowsafedocsopen_is_otherwise if {
	[finding] = findings(object.union(good, {"AllowSafeDocsOpen": true}))
	finding.message == "People can open a file for editing although Safe Documents found it malicious."
	finding.pointer == "/AllowSafeDocsOpen"
	finding.depends_on == []
}

test_inconclusive_when_it_is_not_told if {
	[null_] = findings(object.union(good, {"EnableSafeDocs": null}))
	null_.depends_on == ["EnableSafeDocs"]
	[odd] = findings(object.union(good, {"EnableSafeDocs": ["x"]}))
	odd.depends_on == ["EnableSafeDocs"]
}

test_inconclusive_when_there_is_no_object if {
	found := check.findings with input as {"collections": {}, "tenant": {"id": "t"}}
	count(found) == 2
	every finding in found {
		finding.resource.kind == "tenant"
		count(finding.depends_on) == 1
	}
}

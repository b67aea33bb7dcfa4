package tenantlint.checks.defender_office.files_scanned_in_sharepoint_and_teams_test

import data.tenantlint.checks.defender_office.files_scanned_in_sharepoint_and_teams as check
import rego.v1

good := {
	"Identity": "Default",
	"Name": "Default",
	"EnableATPForSPOTeamsODB": true,
}

findings(policy) := [finding |
	found := check.findings with input as {"collections": {"atp_policy_for_o365": policy}, "tenant": {"id": "t"}}
	some finding in found
]

test_pass_when_all_is_as_wanted if findings(good) == []

test_fail_when_enableatpforspoteamsodb_is_otherwise if {
	[finding] = findings(object.union(good, {"EnableATPForSPOTeamsODB": false}))
	finding.message == "Safe Attachments does not scan files in SharePoint, OneDrive and Teams."
	finding.pointer == "/EnableATPForSPOTeamsODB"
	finding.depends_on == []
}

test_inconclusive_when_it_is_not_told if {
	[null_] = findings(object.union(good, {"EnableATPForSPOTeamsODB": null}))
	null_.depends_on == ["EnableATPForSPOTeamsODB"]
	[odd] = findings(object.union(good, {"EnableATPForSPOTeamsODB": ["x"]}))
	odd.depends_on == ["EnableATPForSPOTeamsODB"]
}

test_inconclusive_when_there_is_no_object if {
	found := check.findings with input as {"collections": {}, "tenant": {"id": "t"}}
	count(found) == 1
	every finding in found {
		finding.resource.kind == "tenant"
		count(finding.depends_on) == 1
	}
}

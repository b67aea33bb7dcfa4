package tenantlint.checks.sharepoint.infected_files_stay_test

import data.tenantlint.checks.sharepoint.infected_files_stay as check
import rego.v1

document(collections) := {
	"tenant": {"id": "t"},
	"collections": collections,
}

findings(collections) := found if {
	found := check.findings with input as document(collections)
}

by_admin(value) := {"sharepoint_tenant": {"_ObjectIdentity_": "x", "DisallowInfectedFileDownload": value}}

test_pass_as_wanted if {
	findings(by_admin(true)) == set()
}

test_fail_otherwise if {
	some one in findings(by_admin(false))
	one.message == "People can download files in which malware was found."
	one.depends_on == []
	one.pointer == "/DisallowInfectedFileDownload"
	one.resource == {"kind": "sharepointTenant", "id": "x", "name": "SharePoint and OneDrive settings"}
}

test_inconclusive_when_not_told if {
	every given in [by_admin(null), by_admin("<b>%s"), {"sharepoint_tenant": {}}, {}] {
		some one in findings(given)
		one.depends_on == ["DisallowInfectedFileDownload"]
		one.message == "The snapshot does not tell whether infected files can be downloaded."
	}
}

package tenantlint.checks.sharepoint.anyone_links_only_view_test

import data.tenantlint.checks.sharepoint.anyone_links_only_view as check
import rego.v1

whole := {"_ObjectIdentity_": "x", "SharingCapability": 2, "FileAnonymousLinkType": 1, "FolderAnonymousLinkType": 1}

document(anyone, object_) := {
	"tenant": {"id": "t"},
	"facts": {"sharing": {"anyone_links": anyone, "resource": {"kind": "sharepointTenant", "id": "x", "name": "y"}}},
	"collections": {"sharepoint_tenant": object_},
}

findings(anyone, more) := found if {
	found := check.findings with input as document(anyone, object.union(whole, more))
}

test_pass_when_they_only_view if {
	findings(true, {}) == set()
	findings(null, {}) == set()
}

test_fail_for_files_and_for_folders if {
	{one.key: one.message | some one in findings(true, {"FileAnonymousLinkType": 2, "FolderAnonymousLinkType": 3})} == {
		"FileAnonymousLinkType": "Links to files that open for anyone let people change what is there.",
		"FolderAnonymousLinkType": "Links to folders that open for anyone let people change what is there.",
	}
}

test_inconclusive_when_not_told if {
	every value in [null, 0, 9, "<b>%s"] {
		some one in findings(true, {"FileAnonymousLinkType": value})
		one.depends_on == ["FileAnonymousLinkType"]
	}
	some level_too in findings(null, {"FileAnonymousLinkType": 2})
	level_too.depends_on == ["the sharing level of SharePoint"]
}

test_not_applicable_without_such_links if {
	findings(false, {"FileAnonymousLinkType": 2}) == set()
	reasons := check.not_applicable with input as document(false, whole)
	count(reasons) == 1
}

test_inconclusive_when_the_object_is_not_whole if {
	found := check.findings with input as document(false, {"SharingCapability": 0, "FileAnonymousLinkType": 1})
	{one.depends_on[0] | some one in found} == {"FolderAnonymousLinkType"}
}

test_inconclusive_without_the_admin_services_object if {
	found := check.findings with input as document(true, {})
	count(found) == 2
}

package tenantlint.checks.sharepoint.guests_are_directory_guests_test

import data.tenantlint.checks.sharepoint.guests_are_directory_guests as check
import rego.v1

levels(level) := {
	"sharing_capability": level,
	"onedrive_sharing_capability": null,
	"anyone_links": level == "externalUserAndGuestSharing",
	"resource": {"kind": "sharepointTenant", "id": "x", "name": "y"},
	"source": ["sharepoint_tenant"],
}

document(collections) := {
	"tenant": {"id": "t"},
	"facts": {"sharing": levels("externalUserSharingOnly")},
	"collections": collections,
}

findings(collections) := found if {
	found := check.findings with input as document(collections)
}

by_admin(value) := {"sharepoint_tenant": {"_ObjectIdentity_": "x", "EnableAzureADB2BIntegration": value}}

test_pass_as_wanted if {
	findings(by_admin(true)) == set()
}

test_fail_otherwise if {
	some one in findings(by_admin(false))
	one.message == "People with whom files are shared get codes of SharePoint's own, past the directory and its policies."
	one.depends_on == []
	one.pointer == "/EnableAzureADB2BIntegration"
	one.resource == {"kind": "sharepointTenant", "id": "x", "name": "SharePoint and OneDrive settings"}
}

test_inconclusive_when_not_told if {
	every given in [by_admin(null), by_admin("<b>%s"), {"sharepoint_tenant": {}}, {}] {
		some one in findings(given)
		one.depends_on == ["EnableAzureADB2BIntegration"]
		one.message == "The snapshot does not tell whether sharing makes guests of the directory."
	}
}

test_not_applicable_when_nothing_is_shared if {
	given := object.union(document(by_admin(false)), {"facts": {"sharing": levels("disabled")}})
	found := check.findings with input as given
	found == set()
	reasons := check.not_applicable with input as given
	count(reasons) == 1
}

test_inconclusive_when_the_level_is_not_told if {
	given := object.union(document(by_admin(false)), {"facts": {"sharing": levels(null)}})
	some one in check.findings with input as given
	one.depends_on == ["the sharing level of SharePoint"]
}

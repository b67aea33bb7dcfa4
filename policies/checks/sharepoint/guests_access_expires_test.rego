package tenantlint.checks.sharepoint.guests_access_expires_test

import data.tenantlint.checks.sharepoint.guests_access_expires as check
import rego.v1

levels(level) := {
	"sharing_capability": level,
	"onedrive_sharing_capability": null,
	"anyone_links": level == "externalUserAndGuestSharing",
	"resource": {"kind": "sharepointTenant", "id": "x", "name": "y"},
	"source": ["sharepoint_tenant"],
}

document(level, required, days) := {
	"tenant": {"id": "t"},
	"parameters": {"max_days": 30},
	"facts": {"sharing": levels(level)},
	"collections": {"sharepoint_tenant": {
		"_ObjectIdentity_": "<b>%s",
		"ExternalUserExpirationRequired": required,
		"ExternalUserExpireInDays": days,
	}},
}

findings(level, required, days) := found if {
	found := check.findings with input as document(level, required, days)
}

guests := "existingExternalUserSharingOnly"

test_pass_within_the_limit if findings(guests, true, 30) == set()

test_fail_when_it_never_ends if {
	some one in findings(guests, false, 30)
	one.message == "Guests' access to sites and files never ends by itself."
	one.depends_on == []
}

test_fail_when_it_ends_late if {
	some one in findings(guests, true, 60)
	one.message == "Guests' access to sites and files ends only after 60 days; 30 are permitted."
	one.resource.id == "<b>%s"
}

test_inconclusive_when_not_told if {
	some one in findings(guests, null, 30)
	one.depends_on == ["ExternalUserExpirationRequired"]
	some days in findings(guests, true, null)
	days.depends_on == ["ExternalUserExpireInDays"]
	some level in findings(null, false, 30)
	level.depends_on == ["the sharing level of SharePoint"]
}

test_not_applicable_when_nothing_is_shared if {
	findings("disabled", false, 30) == set()
	reasons := check.not_applicable with input as document("disabled", false, 30)
	count(reasons) == 1
}

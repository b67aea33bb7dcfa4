package tenantlint.checks.sharepoint.verification_codes_renewed_test

import data.tenantlint.checks.sharepoint.verification_codes_renewed as check
import rego.v1

levels(level) := {
	"sharing_capability": level,
	"onedrive_sharing_capability": null,
	"anyone_links": level == "externalUserAndGuestSharing",
	"resource": {"kind": "sharepointTenant", "id": "x", "name": "y"},
	"source": ["sharepoint_tenant"],
}

document(level, more) := {
	"tenant": {"id": "t"},
	"parameters": {"max_days": 30},
	"facts": {"sharing": levels(level)},
	"collections": {"sharepoint_tenant": object.union(
		{
			"_ObjectIdentity_": "x",
			"SharingCapability": 1,
			"EnableAzureADB2BIntegration": false,
			"EmailAttestationRequired": true,
			"EmailAttestationReAuthDays": 30,
		},
		more,
	)},
}

findings(level, more) := found if {
	found := check.findings with input as document(level, more)
}

guests := "existingExternalUserSharingOnly"

test_pass_within_a_month if findings(guests, {}) == set()

test_fail_when_it_is_not_asked_for if {
	some one in findings(guests, {"EmailAttestationRequired": false, "EmailAttestationReAuthDays": 90})
	one.message == "People who opened a file with a code once are never asked for another."
	one.depends_on == []
}

test_fail_when_it_takes_longer if {
	some one in findings(guests, {"EmailAttestationReAuthDays": 31})
	one.message == "People with a code prove themselves again only after 31 days; 30 are permitted."
	one.depends_on == []
	one.pointer == "/EmailAttestationReAuthDays"
}

test_inconclusive_when_not_told if {
	some one in findings(guests, {"EmailAttestationRequired": null})
	one.depends_on == ["EmailAttestationRequired"]
	some days in findings(guests, {"EmailAttestationReAuthDays": "<b>%s"})
	days.depends_on == ["EmailAttestationReAuthDays"]
	some level in findings(null, {"EmailAttestationReAuthDays": 31})
	level.depends_on == ["the sharing level of SharePoint"]
	some integration in findings(guests, {"EmailAttestationReAuthDays": 31, "EnableAzureADB2BIntegration": null})
	integration.depends_on == ["EnableAzureADB2BIntegration"]
}

test_not_applicable_when_the_directory_sends_the_codes if {
	more := {"EmailAttestationRequired": false, "EnableAzureADB2BIntegration": true}
	findings(guests, more) == set()
	reasons := check.not_applicable with input as document(guests, more)
	count(reasons) == 1
}

test_not_applicable_when_nothing_is_shared if {
	findings("disabled", {"EmailAttestationRequired": false}) == set()
	reasons := check.not_applicable with input as document("disabled", {})
	count(reasons) == 1
}

test_inconclusive_when_the_object_is_not_whole if {
	given := json.remove(document("disabled", {}), ["collections/sharepoint_tenant/EmailAttestationRequired"])
	found := check.findings with input as given
	{one.depends_on[0] | some one in found} == {"EmailAttestationRequired"}
}

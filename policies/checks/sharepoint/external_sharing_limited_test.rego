package tenantlint.checks.sharepoint.external_sharing_limited_test

import data.tenantlint.checks.sharepoint.external_sharing_limited as check
import rego.v1

findings(sharepoint, onedrive, parameters) := found if {
	found := check.findings with input as {
		"parameters": object.union(
			{
				"most_open_level": "existingExternalUserSharingOnly",
				"most_open_onedrive_level": "existingExternalUserSharingOnly",
			},
			parameters,
		),
		"facts": {"sharing": {
			"sharing_capability": sharepoint,
			"onedrive_sharing_capability": onedrive,
			"resource": {"kind": "sharepointTenant", "id": "x", "name": "y"},
			"source": ["sharepoint_tenant"],
		}},
	}
}

test_pass_at_or_below_the_permitted_level if {
	findings("disabled", "disabled", {}) == set()
	findings("existingExternalUserSharingOnly", "existingExternalUserSharingOnly", {}) == set()
}

test_fail_above_it if {
	some found in findings("externalUserAndGuestSharing", "disabled", {})
	found.message == "SharePoint may be shared with anyone."
	found.evidence.value == "externalUserAndGuestSharing"
	found.depends_on == []
	count(findings("externalUserSharingOnly", "externalUserSharingOnly", {})) == 2
}

test_fail_for_onedrive_alone if {
	some found in findings("disabled", "externalUserSharingOnly", {})
	found.message == "OneDrive may be shared with new and existing guests."
	found.key == "OneDrive"
}

test_the_parameters_permit_more if {
	more := {
		"most_open_level": "externalUserSharingOnly",
		"most_open_onedrive_level": "externalUserAndGuestSharing",
	}
	findings("externalUserSharingOnly", "externalUserAndGuestSharing", more) == set()
}

test_a_level_that_does_not_exist_permits_nothing if {
	count(findings("disabled", "disabled", {"most_open_level": "Anyone!"})) == 1
}

test_onedrive_is_bounded_by_sharepoint if {
	findings("existingExternalUserSharingOnly", null, {}) == set()
}

test_inconclusive_when_onedrive_is_unknown_below_an_open_sharepoint if {
	found := findings("externalUserSharingOnly", null, {})
	count(found) == 2
	some unknown in found
	unknown.depends_on == ["the sharing level of OneDrive"]
}

test_inconclusive_when_nothing_is_known if {
	found := findings(null, null, {})
	{each.depends_on[0] | some each in found} == {"the sharing level of SharePoint", "the sharing level of OneDrive"}
}

package tenantlint.checks.sharepoint.anyone_links_expire_test

import data.tenantlint.checks.sharepoint.anyone_links_expire as check
import rego.v1

document(anyone, days) := {
	"parameters": {"max_days": 30},
	"facts": {"sharing": {
		"anyone_links": anyone,
		"anonymous_link_expiry_days": days,
		"sharing_capability": null,
		"onedrive_sharing_capability": null,
		"resource": {"kind": "sharepointTenant", "id": "x", "name": "y"},
		"source": ["sharepoint_tenant"],
	}},
}

findings(anyone, days) := found if {
	found := check.findings with input as document(anyone, days)
}

reasons(anyone, days) := found if {
	found := check.not_applicable with input as document(anyone, days)
}

test_pass_within_the_limit if {
	findings(true, 30) == set()
	reasons(true, 30) == set()
}

test_fail_above_the_limit if {
	some found in findings(true, 31)
	found.message == "Links that open for anyone work for 31 days; 30 are permitted."
	found.depends_on == []
}

test_fail_when_they_never_expire if {
	some found in findings(true, 0)
	found.message == "Links that open for anyone never expire."
}

test_not_applicable_without_such_links if {
	every days in [null, 0, 31] {
		findings(false, days) == set()
		reasons(false, days) == {"Neither SharePoint nor OneDrive allows Anyone links."}
	}
}

test_inconclusive_when_the_expiry_is_unknown if {
	some found in findings(true, null)
	found.depends_on == ["the expiry of Anyone links"]
}

test_inconclusive_when_the_sharing_level_is_unknown if {
	every days in [0, 29, 31] {
		some found in findings(null, days)
		found.depends_on == ["the sharing level of SharePoint"]
	}
	some both in findings(null, null)
	both.depends_on == ["the expiry of Anyone links", "the sharing level of SharePoint"]
	reasons(null, 29) == set()
}

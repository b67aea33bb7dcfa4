package tenantlint.checks.sharepoint.default_link_only_views_test

import data.tenantlint.checks.sharepoint.default_link_only_views as check
import rego.v1

findings(object_, permission) := found if {
	found := check.findings with input as {
		"facts": {"sharing": {
			"default_link_permission": permission,
			"resource": {"kind": "sharepointTenant", "id": "x", "name": "y"},
		}},
		"collections": {"sharepoint_tenant": object_},
	}
}

test_pass_when_it_only_views if {
	findings({"DefaultLinkPermission": 1}, "view") == set()
}

test_it_may_be_a_word if findings({"DefaultLinkPermission": "View"}, "view") == set()

test_fail_when_it_edits if {
	some one in findings({"DefaultLinkPermission": 2}, "edit")
	one.message == "The link that is offered first lets people edit."
	one.depends_on == []
	some unset in findings({"DefaultLinkPermission": 0}, "none")
	unset.message == "The link that is offered first permits what SharePoint chooses, which is to edit."
}

test_inconclusive_when_not_told if {
	every object_ in [
		{},
		{"DefaultLinkPermission": null},
		{"DefaultLinkPermission": 9},
		{"DefaultLinkPermission": "<b>%s"},
	] {
		some one in findings(object_, null)
		one.depends_on == ["DefaultLinkPermission"]
		one.message == "The snapshot does not tell what the link permits that is offered first."
	}
}

package tenantlint.checks.sharepoint.sharing_domains_listed_test

import data.tenantlint.checks.sharepoint.sharing_domains_listed as check
import rego.v1

levels(level) := {
	"sharing_capability": level,
	"onedrive_sharing_capability": null,
	"anyone_links": level == "externalUserAndGuestSharing",
	"resource": {"kind": "sharepointTenant", "id": "x", "name": "y"},
	"source": ["sharepoint_tenant"],
}

document(level, mode, blocked, more) := {
	"tenant": {"id": "t"},
	"parameters": {"accepted_restrictions": ["allowList"]},
	"facts": {"sharing": object.union(
		levels(level),
		{"domain_restriction": {"mode": mode, "allowed": [], "blocked": blocked}},
	)},
	"collections": {"sharepoint_tenant": object.union(
		{"_ObjectIdentity_": "x", "SharingCapability": 1, "SharingDomainRestrictionMode": 0},
		more,
	)},
}

open_level := "externalUserSharingOnly"

findings(level, mode, blocked, more) := found if {
	found := check.findings with input as document(level, mode, blocked, more)
}

test_pass_with_listed_domains if findings(open_level, "allowList", [], {}) == set()

test_pass_with_named_groups if {
	acl := "<acl><ace identityName=\"c:0t.c|tenant|1\" displayName=\"<b>%s\" /></acl>"
	findings(open_level, "none", [], {"GuestSharingGroupAllowListInTenant": acl}) == set()
}

test_fail_when_every_domain_will_do if {
	every acl in ["", null, "<acl></acl>"] {
		some one in findings(open_level, "none", [], {"GuestSharingGroupAllowListInTenant": acl})
		one.message == "Files can be shared with every domain, by everybody who may share with people outside."
		one.depends_on == []
		one.evidence.mode == "none"
	}
}

test_odd_groups_name_nobody if count(findings(open_level, "none", [], {"GuestSharingGroupAllowListInTenant": 7})) == 1

test_fail_with_a_block_list if {
	some one in findings(open_level, "blockList", ["bad.example"], {})
	one.message == "Files can be shared with every domain but 1 blocked one."
	some empty in findings(open_level, "blockList", [], {})
	startswith(empty.message, "Files can be shared with every domain, by everybody")
}

test_a_block_list_can_be_accepted if {
	given := object.union(
		document(
			open_level,
			"blockList",
			["bad.example"],
			{},
		),
		{"parameters": {"accepted_restrictions": [
			"allowList",
			"blockList",
		]}},
	)
	found := check.findings with input as given
	found == set()
}

test_inconclusive_when_not_told if {
	some one in findings(open_level, null, [], {})
	one.depends_on == ["mode"]
	some level_too in findings(null, "none", [], {})
	level_too.depends_on == ["the sharing level of SharePoint"]
}

test_inconclusive_when_the_object_is_not_whole if {
	given := json.remove(
		document("disabled", "none", [], {}),
		["collections/sharepoint_tenant/SharingDomainRestrictionMode"],
	)
	found := check.findings with input as given
	{one.depends_on[0] | some one in found} == {"SharingDomainRestrictionMode"}
}

test_not_applicable_when_nothing_is_shared if {
	findings("disabled", "none", [], {}) == set()
	reasons := check.not_applicable with input as document("disabled", "none", [], {})
	count(reasons) == 1
}

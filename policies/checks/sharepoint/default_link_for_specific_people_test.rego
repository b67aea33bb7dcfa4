package tenantlint.checks.sharepoint.default_link_for_specific_people_test

import data.tenantlint.checks.sharepoint.default_link_for_specific_people as check
import rego.v1

findings(type, accepted) := found if {
	found := check.findings with input as {
		"parameters": {"accepted_types": accepted},
		"facts": {"sharing": {
			"default_link_type": type,
			"default_link_permission": "view",
			"sharing_capability": "disabled",
			"resource": {"kind": "sharepointTenant", "id": "x", "name": "y"},
			"source": ["sharepoint_tenant"],
		}},
	}
}

test_pass_for_specific_people if findings("direct", ["direct"]) == set()

test_pass_for_what_the_parameter_accepts if findings("internal", ["direct", "internal"]) == set()

test_fail_for_every_other_kind if {
	every type, people in {
		"none": "whomever SharePoint chooses",
		"internal": "everyone in the organization",
		"anonymousAccess": "anyone who has it",
	} {
		some found in findings(type, ["direct"])
		found.message == sprintf("The link that is offered first is for %s.", [people])
		found.depends_on == []
	}
}

test_inconclusive_when_it_is_unknown if {
	some found in findings(null, ["direct"])
	found.depends_on == ["the default link type"]
}

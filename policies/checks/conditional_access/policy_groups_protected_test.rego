package tenantlint.checks.conditional_access.policy_groups_protected_test

import data.tenantlint.checks.conditional_access.policy_groups_protected as check
import rego.v1

group := {
	"id": "G",
	"name": "<b>Exclude</b>",
	"protected": false,
	"unknown": [],
	"ways": ["holders of roles", "its owner"],
	"owners": 1,
	"members": 4,
	"policies": [{"id": "p", "name": "MFA", "side": "exclude"}, {"id": "p", "name": "MFA", "side": "include"}],
	"excluded": true,
}

included := object.union(group, {"excluded": false})

run(groups, permitted, includes) := found if {
	found := check.findings with input as {
		"parameters": {"permitted_groups": permitted, "check_includes": includes},
		"facts": {"policy_groups": groups},
	}
}

only(found) := one if {
	count(found) == 1
	some one in found
}

test_pass_when_protected if run([object.union(group, {"protected": true})], [], true) == set()

test_pass_when_permitted if run([group], ["g"], true) == set()

test_pass_when_included_groups_do_not_count if run([included], [], false) == set()

test_fail_when_left_out if {
	finding := only(run([group], [], false))
	startswith(finding.message, `Policies leave out the group "<b>Exclude</b>", which can be changed by holders`)
	endswith(finding.message, "of roles, and by its owner.")
	finding.resource == {"kind": "group", "id": "G", "name": "<b>Exclude</b>"}
	finding.evidence.policies == ["MFA"]
}

test_fail_when_included if {
	startswith(only(run([included], [], true)).message, `Policies include the group "<b>Exclude</b>", `)
}

test_depends_when_it_is_not_told if {
	unsure := object.union(group, {"protected": null, "unknown": ["isManagementRestricted"], "members": null})
	only(run([unsure], [], true)).depends_on == ["isManagementRestricted"]
}

test_not_applicable_without_groups if {
	reasons := check.not_applicable with input as {"facts": {"policy_groups": []}}
	count(reasons) == 1
}

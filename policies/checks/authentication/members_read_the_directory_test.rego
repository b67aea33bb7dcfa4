package tenantlint.checks.authentication.members_read_the_directory_test

import data.tenantlint.checks.authentication.members_read_the_directory as check
import rego.v1

run(policy) := found if found := check.findings with input as {"collections": {"authorization_policy": policy}}

test_pass_as_wanted if run({"defaultUserRolePermissions": {"allowedToReadOtherUsers": true}}) == set()

test_fail_otherwise if {
	found := run({"defaultUserRolePermissions": {"allowedToReadOtherUsers": false}})
	count(found) == 1
	some finding in found
	finding.message == "Members cannot read other users of the directory."
	finding.evidence == {"defaultUserRolePermissions.allowedToReadOtherUsers": false}
	finding.depends_on == []
}

test_depends_when_null_or_absent if {
	every policy in [
		{},
		null,
		{"defaultUserRolePermissions": {"allowedToReadOtherUsers": null}},
		{"defaultUserRolePermissions": {"allowedToReadOtherUsers": "x"}},
	] {
		some finding in run(policy)
		finding.depends_on == ["defaultUserRolePermissions.allowedToReadOtherUsers"]
	}
}

package tenantlint.checks.authentication.users_create_no_security_groups_test

import data.tenantlint.checks.authentication.users_create_no_security_groups as check
import rego.v1

run(policy) := found if found := check.findings with input as {"collections": {"authorization_policy": policy}}

test_pass_as_wanted if run({"defaultUserRolePermissions": {"allowedToCreateSecurityGroups": false}}) == set()

test_fail_otherwise if {
	found := run({"defaultUserRolePermissions": {"allowedToCreateSecurityGroups": true}})
	count(found) == 1
	some finding in found
	finding.message == "Users create security groups."
	finding.evidence == {"defaultUserRolePermissions.allowedToCreateSecurityGroups": true}
	finding.depends_on == []
}

test_depends_when_null_or_absent if {
	every policy in [
		{},
		null,
		{"defaultUserRolePermissions": {"allowedToCreateSecurityGroups": null}},
		{"defaultUserRolePermissions": {"allowedToCreateSecurityGroups": "x"}},
	] {
		some finding in run(policy)
		finding.depends_on == ["defaultUserRolePermissions.allowedToCreateSecurityGroups"]
	}
}

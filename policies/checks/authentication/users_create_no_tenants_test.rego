package tenantlint.checks.authentication.users_create_no_tenants_test

import data.tenantlint.checks.authentication.users_create_no_tenants as check
import rego.v1

run(policy) := found if found := check.findings with input as {"collections": {"authorization_policy": policy}}

test_pass_as_wanted if run({"defaultUserRolePermissions": {"allowedToCreateTenants": false}}) == set()

test_fail_otherwise if {
	found := run({"defaultUserRolePermissions": {"allowedToCreateTenants": true}})
	count(found) == 1
	some finding in found
	finding.message == "Users create tenants."
	finding.evidence == {"defaultUserRolePermissions.allowedToCreateTenants": true}
	finding.depends_on == []
}

test_depends_when_null_or_absent if {
	every policy in [
		{},
		null,
		{"defaultUserRolePermissions": {"allowedToCreateTenants": null}},
		{"defaultUserRolePermissions": {"allowedToCreateTenants": "x"}},
	] {
		some finding in run(policy)
		finding.depends_on == ["defaultUserRolePermissions.allowedToCreateTenants"]
	}
}

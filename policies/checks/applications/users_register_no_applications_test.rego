package tenantlint.checks.applications.users_register_no_applications_test

import data.tenantlint.checks.applications.users_register_no_applications as check
import rego.v1

run(policy) := found if {
	found := check.findings with input as {"collections": {"authorization_policy": policy}}
}

policy(value) := {"id": "authorizationPolicy", "defaultUserRolePermissions": {"allowedToCreateApps": value}}

only(findings) := one if {
	count(findings) == 1
	some one in findings
}

test_pass_when_users_may_not if run(policy(false)) == set()

test_fail_when_users_may if {
	finding := only(run(policy(true)))
	finding.depends_on == []
	finding.pointer == "/defaultUserRolePermissions/allowedToCreateApps"
	finding.evidence == {"defaultUserRolePermissions.allowedToCreateApps": true}
}

test_depends_when_not_told if {
	every one in [{}, {"defaultUserRolePermissions": null}, policy(null), policy(3), policy("<b>")] {
		only(run(one)).depends_on == ["defaultUserRolePermissions.allowedToCreateApps"]
	}
}

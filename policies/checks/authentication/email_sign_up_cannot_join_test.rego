package tenantlint.checks.authentication.email_sign_up_cannot_join_test

import data.tenantlint.checks.authentication.email_sign_up_cannot_join as check
import rego.v1

run(policy) := found if found := check.findings with input as {"collections": {"authorization_policy": policy}}

test_pass_as_wanted if run({"allowEmailVerifiedUsersToJoinOrganization": false}) == set()

test_fail_otherwise if {
	found := run({"allowEmailVerifiedUsersToJoinOrganization": true})
	count(found) == 1
	some finding in found
	finding.message == "People join the tenant by a mail address alone."
	finding.evidence == {"allowEmailVerifiedUsersToJoinOrganization": true}
	finding.depends_on == []
}

test_depends_when_null_or_absent if {
	every policy in [
		{},
		null,
		{"allowEmailVerifiedUsersToJoinOrganization": null},
		{"allowEmailVerifiedUsersToJoinOrganization": "x"},
	] {
		some finding in run(policy)
		finding.depends_on == ["allowEmailVerifiedUsersToJoinOrganization"]
	}
}

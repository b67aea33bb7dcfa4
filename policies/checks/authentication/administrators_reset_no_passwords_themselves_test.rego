package tenantlint.checks.authentication.administrators_reset_no_passwords_themselves_test

import data.tenantlint.checks.authentication.administrators_reset_no_passwords_themselves as check
import rego.v1

run(policy) := found if found := check.findings with input as {"collections": {"authorization_policy": policy}}

test_pass_as_wanted if run({"allowedToUseSSPR": false}) == set()

test_fail_otherwise if {
	found := run({"allowedToUseSSPR": true})
	count(found) == 1
	some finding in found
	finding.message == "Administrators can reset their own passwords by self-service."
	finding.evidence == {"allowedToUseSSPR": true}
	finding.depends_on == []
}

test_depends_when_null_or_absent if {
	every policy in [
		{},
		null,
		{"allowedToUseSSPR": null},
		{"allowedToUseSSPR": "x"},
	] {
		some finding in run(policy)
		finding.depends_on == ["allowedToUseSSPR"]
	}
}

package tenantlint.checks.authentication.email_subscriptions_off_test

import data.tenantlint.checks.authentication.email_subscriptions_off as check
import rego.v1

run(policy) := found if found := check.findings with input as {"collections": {"authorization_policy": policy}}

test_pass_as_wanted if run({"allowedToSignUpEmailBasedSubscriptions": false}) == set()

test_fail_otherwise if {
	found := run({"allowedToSignUpEmailBasedSubscriptions": true})
	count(found) == 1
	some finding in found
	finding.message == "Users sign up for services with their mail address."
	finding.evidence == {"allowedToSignUpEmailBasedSubscriptions": true}
	finding.depends_on == []
}

test_depends_when_null_or_absent if {
	every policy in [
		{},
		null,
		{"allowedToSignUpEmailBasedSubscriptions": null},
		{"allowedToSignUpEmailBasedSubscriptions": "x"},
	] {
		some finding in run(policy)
		finding.depends_on == ["allowedToSignUpEmailBasedSubscriptions"]
	}
}

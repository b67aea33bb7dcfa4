package tenantlint.checks.exchange.old_protocols_take_no_passwords_test

import data.tenantlint.checks.exchange.old_protocols_take_no_passwords as check
import rego.v1

given(policies, default_policy) := {
	"parameters": {"protocols": ["Smtp"]},
	"collections": {
		"authentication_policies": policies,
		"organization_config": {"Name": "contoso", "DefaultAuthenticationPolicy": default_policy},
	},
}

policy(smtp) := {"Guid": "g", "Name": "Scanners", "AllowBasicAuthSmtp": smtp, "AllowBasicAuthImap": true}

test_pass_when_refused if {
	check.findings == set() with input as given([policy(false)], null)
	check.not_applicable == set() with input as given([policy(false)], null)
}

test_fail_when_allowed if {
	some found in check.findings with input as given([policy(true)], null)
	found.message == "The authentication policy Scanners lets SMTP take plain passwords."
	found.evidence.allowed == ["AllowBasicAuthImap", "AllowBasicAuthSmtp"]
}

test_the_policy_of_new_mailboxes_is_marked if {
	some found in check.findings with input as given([policy(true)], "scanners")
	found.message == "The authentication policy Scanners, which new mailboxes get, lets SMTP take plain passwords."
	some other in check.findings with input as given([object.union(policy(true), {"IsDefault": true})], null)
	contains(other.message, "which new mailboxes get")
}

test_not_applicable_without_policies if {
	count(check.not_applicable) == 1 with input as given([], null)
}

test_inconclusive_when_null if {
	some found in check.findings with input as given([policy(null)], null)
	found.depends_on == ["AllowBasicAuthSmtp"]
}

package tenantlint.checks.authentication.lockout_after_few_attempts_test

import data.tenantlint.checks.authentication.lockout_after_few_attempts as check
import rego.v1

setting(values) := [{
	"id": "s1",
	"displayName": "Password Rule Settings",
	"templateId": "5cf42378-d67d-4f36-ba46-e8b86229381d",
	"values": [{"name": name, "value": value} | some name, value in values],
}]

only(findings) := one if {
	count(findings) == 1
	some one in findings
}

run(settings) := found if {
	found := check.findings with input as {
		"parameters": {"max_attempts": 10},
		"collections": {"group_settings": settings},
	}
}

test_pass_within_bounds if {
	run(setting({"LockoutThreshold": "8"})) == set()
	run([]) == set()
}

test_fail_beyond_them if {
	finding := only(run(setting({"LockoutThreshold": "50"})))
	finding.message == "Accounts are locked after 50 wrong passwords."
	finding.pointer == "/values/0/value"
}

test_depends_on_what_is_no_number if {
	every value in [null, "", "many"] {
		only(run(setting({"LockoutThreshold": value}))).depends_on == ["LockoutThreshold"]
	}
}

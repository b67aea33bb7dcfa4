package tenantlint.checks.authentication.lockout_lasts_test

import data.tenantlint.checks.authentication.lockout_lasts as check
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
		"parameters": {"min_seconds": 60},
		"collections": {"group_settings": settings},
	}
}

test_pass_within_bounds if {
	run(setting({"LockoutDurationInSeconds": "60"})) == set()
	run([]) == set()
}

test_fail_beyond_them if {
	finding := only(run(setting({"LockoutDurationInSeconds": "5"})))
	finding.message == "The first lockout lasts 5 seconds."
	finding.pointer == "/values/0/value"
}

test_depends_on_what_is_no_number if {
	every value in [null, "", "many"] {
		only(run(setting({"LockoutDurationInSeconds": value}))).depends_on == ["LockoutDurationInSeconds"]
	}
}

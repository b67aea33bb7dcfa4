package tenantlint.checks.applications.applications_use_no_passwords_test

import data.tenantlint.checks.applications.applications_use_no_passwords as check
import rego.v1

run(holders) := found if {
	found := check.findings with input as {
		"parameters": {"permitted_applications": ["Known"]},
		"facts": {"application_credentials": {"holders": holders}},
	}
}

holder(changes) := object.union(
	{
		"kind": "application",
		"id": "a1",
		"name": "](Shop)",
		"app_id": "app1",
		"enabled": null,
		"origin": "own",
		"passwords": [],
		"untold": [],
	},
	changes,
)

password(days, expired) := {
	"key_id": "k",
	"name": "<b>",
	"holder": "application",
	"ends": "2027-01-01T00:00:00Z",
	"days": days,
	"expired": expired,
}

only(findings) := one if {
	count(findings) == 1
	some one in findings
}

test_fail_with_a_password if {
	finding := only(run([holder({"passwords": [password(90, false), password(90, true)]})]))
	finding.message == "The application signs in with 1 password."
	finding.resource == {"kind": "application", "id": "a1", "name": "](Shop)"}
}

test_pass_without if {
	run([]) == set()
	run([holder({"passwords": [password(90, true)]})]) == set()
	run([holder({"name": "known", "passwords": [password(90, false)]})]) == set()
	run([holder({"kind": "servicePrincipal", "enabled": false, "passwords": [password(90, false)]})]) == set()
}

test_depends_when_not_told if {
	only(run([holder({"untold": ["passwordCredentials"]})])).depends_on == ["passwordCredentials"]
}

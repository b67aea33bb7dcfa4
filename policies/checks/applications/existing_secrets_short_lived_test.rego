package tenantlint.checks.applications.existing_secrets_short_lived_test

import data.tenantlint.checks.applications.existing_secrets_short_lived as check
import rego.v1

run(holders) := found if {
	found := check.findings with input as {
		"parameters": {"permitted_applications": ["Known"], "max_days": 365},
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

test_fail_with_a_password_for_years if {
	finding := only(run([holder({"passwords": [password(900, false), password(365, false)]})]))
	finding.message == "A password of the application lasts 900 days, until 2027-01-01."
	finding.key == {"credential": "k"}
}

test_pass_with_short_or_ended_ones if {
	run([]) == set()
	run([holder({"passwords": [password(365, false), password(9000, true)]})]) == set()
	run([holder({"name": "known", "passwords": [password(9000, false)]})]) == set()
}

test_depends_when_not_told if {
	only(run([holder({"untold": ["passwordCredentials"]})])).depends_on == ["passwordCredentials"]
	finding := only(run([holder({"passwords": [object.union(password(null, false), {"ends": null})]})]))
	finding.depends_on == ["startDateTime and endDateTime of the password"]
}

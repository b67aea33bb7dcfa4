package tenantlint.checks.applications.privileged_applications_use_no_passwords_test

import data.tenantlint.checks.applications.privileged_applications_use_no_passwords as check
import rego.v1

row(changes) := object.union(
	{
		"id": "sp1",
		"name": "](Sync)",
		"app_id": "app1",
		"enabled": true,
		"origin": "own",
		"permissions": [],
		"roles": [],
		"passwords": [],
		"certificates": [],
		"credentials_known": true,
	},
	changes,
)

run(rows, permitted) := found if {
	found := check.findings with input as {
		"parameters": {"permitted_applications": permitted, "tiers": ["takeover"]},
		"facts": {"application_power": {"applications": rows, "roles_known": true}},
	}
}

only(findings) := one if {
	count(findings) == 1
	some one in findings
}

role(tier) := {"roles": [{
	"template_id": "r",
	"name": "Global Administrator",
	"tier": tier,
	"state": "active",
	"via": [],
}]}

password(expired) := {"passwords": [{
	"key_id": "k",
	"name": "<b>",
	"holder": "application",
	"ends": "2027-01-01T00:00:00Z",
	"days": 365,
	"expired": expired,
}]}

test_fail_with_a_password if {
	finding := only(run([row(object.union(role("takeover"), password(false)))], []))
	finding.message == "The application holds \"Global Administrator\" and signs in with 1 password."
	not finding.depends_on
}

test_pass_without if {
	run([], []) == set()
	run([row(role("takeover"))], []) == set()
	run([row(object.union(role("takeover"), password(true)))], []) == set()
	run([row(object.union(role("reader"), password(false)))], []) == set()
	run([row(object.union(role("takeover"), password(false)))], ["app1"]) == set()
}

test_depends_when_the_registration_is_not_told if {
	finding := only(run([row(object.union(role("takeover"), {"credentials_known": false}))], []))
	finding.depends_on == ["the registration of the application"]
}

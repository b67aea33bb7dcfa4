package tenantlint.checks.applications.applications_hold_no_takeover_roles_test

import data.tenantlint.checks.applications.applications_hold_no_takeover_roles as check
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
		"parameters": {"permitted_applications": permitted},
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

test_fail_with_such_a_role if {
	finding := only(run([row(role("takeover"))], []))
	finding.message == "The application holds \"Global Administrator\"."
	finding.evidence.roles[0].state == "active"
}

test_pass_with_none if {
	run([], []) == set()
	run([row(role("reader"))], []) == set()
	run([row(role("takeover"))], ["SP1"]) == set()
	run([row(object.union(role("takeover"), {"enabled": false}))], []) == set()
}

test_an_application_of_which_little_is_told if {
	count(run([row(object.union(role("takeover"), {"enabled": null, "origin": "unknown"}))], [])) == 1
}

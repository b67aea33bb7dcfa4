package tenantlint.checks.applications.applications_cannot_take_over_in_steps_test

import data.tenantlint.checks.applications.applications_cannot_take_over_in_steps as check
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

held(path) := {"permissions": [{
	"id": "1",
	"name": "Some.Permission",
	"resource": "Microsoft Graph",
	"path": path,
	"because": "x",
}]}

test_fail_with_such_a_permission if {
	finding := only(run([row(held("indirect"))], []))
	finding.message == "The application can reach Global Administrator by a detour: \"Some.Permission\"."
	finding.resource.name == "](Sync)"
	only(run([row(object.union(held("indirect"), {"origin": "foreign"}))], [])).principals[0].id == "sp1"
}

test_pass_with_others if {
	run([], []) == set()
	run([row(held("other"))], []) == set()
	run([row(held("indirect"))], ["](sync)"]) == set()
	run([row(object.union(held("indirect"), {"enabled": false}))], []) == set()
}

test_an_application_of_which_little_is_told if {
	count(run([row(object.union(held("indirect"), {"enabled": null, "origin": "unknown", "name": ""}))], [])) == 1
}

test_unknown_permissions_are_an_open_question if {
	one := object.union(row({}), {"permissions": [{"id": "new", "resource": "Microsoft Graph"}]})
	some finding in check.findings with input as {
		"parameters": {"permitted_applications": []},
		"facts": {"application_power": {"applications": [], "unknown_permissions": [one], "roles_known": true}},
	}
	finding.depends_on == ["what unknown application permissions reach"]
}

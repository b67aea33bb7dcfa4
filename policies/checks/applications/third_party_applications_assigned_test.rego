package tenantlint.checks.applications.third_party_applications_assigned_test

import data.tenantlint.checks.applications.third_party_applications_assigned as check
import rego.v1

row(changes) := object.union(
	{"id": "sp1", "name": "](Notes)", "app_id": "app1", "enabled": true, "origin": "foreign", "required": false},
	changes,
)

run(rows) := found if {
	found := check.findings with input as {
		"parameters": {"permitted_applications": ["Known"]},
		"facts": {"application_assignment": {"foreign": rows, "microsoft": {}}},
	}
}

only(findings) := one if {
	count(findings) == 1
	some one in findings
}

test_pass_when_assigned if {
	run([]) == set()
	run([row({"required": true}), row({"name": "known"}), row({"enabled": false})]) == set()
}

test_fail_when_open if only(run([row({})])).resource.name == "](Notes)"

test_depends_when_not_told if only(run([row({"required": null})])).depends_on == ["appRoleAssignmentRequired"]

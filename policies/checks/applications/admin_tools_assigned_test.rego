package tenantlint.checks.applications.admin_tools_assigned_test

import data.tenantlint.checks.applications.admin_tools_assigned as check
import rego.v1

run(tools) := found if {
	found := check.findings with input as {
		"tenant": {"id": "t"},
		"parameters": {"applications": ["APP1"]},
		"facts": {"application_assignment": {"foreign": [], "microsoft": tools}},
	}
}

tool(enabled, required) := {"app1": {"id": "sp1", "name": "](Tools)", "enabled": enabled, "required": required}}

only(findings) := one if {
	count(findings) == 1
	some one in findings
}

test_pass_when_assigned_or_disabled if {
	run(tool(true, true)) == set()
	run(tool(false, false)) == set()
}

test_fail_when_open if {
	only(run(tool(true, false))).resource.id == "sp1"
	only(run({})).key == {"application": "app1"}
}

test_depends_when_not_told if only(run(tool(null, null))).depends_on == ["appRoleAssignmentRequired"]

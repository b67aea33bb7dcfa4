package tenantlint.checks.exchange.outlook_add_ins_restricted_test

import data.tenantlint.checks.exchange.outlook_add_ins_restricted as check
import rego.v1

findings(roles) := found if {
	policy := {"Guid": "g", "Name": "Default", "IsDefault": true, "AssignedRoles": roles}
	found := check.findings with input as {
		"parameters": {"refused_roles": ["My Custom Apps", "My Marketplace Apps"]},
		"collections": {"role_assignment_policies": [policy]},
	}
}

test_pass_without_the_roles if {
	findings(["MyBaseOptions", "MyContactInformation"]) == set()
	findings([]) == set()
}

test_fail_with_a_role if {
	some found in findings(["MyBaseOptions", "My marketplace apps"])
	found.message == concat(" ", [
		"The role assignment policy Default lets people install Outlook add-ins",
		"through My marketplace apps.",
	])
	found.resource == {"kind": "roleAssignmentPolicy", "id": "g", "name": "Default"}
}

test_a_single_role_as_text if {
	count(findings("My Custom Apps")) == 1
}

test_inconclusive_when_the_roles_are_null if {
	some found in findings(null)
	found.depends_on == ["AssignedRoles"]
}

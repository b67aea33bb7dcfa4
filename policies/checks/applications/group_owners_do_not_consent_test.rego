package tenantlint.checks.applications.group_owners_do_not_consent_test

import data.tenantlint.checks.applications.group_owners_do_not_consent as check
import rego.v1

run(policy, settings) := found if {
	found := check.findings with input as {
		"tenant": {"id": "t"},
		"parameters": {"permitted_policies": ["microsoft-dynamically-managed-permissions-for-team"]},
		"collections": {"authorization_policy": policy, "group_settings": settings},
	}
}

setting(value) := [{
	"id": "s",
	"displayName": "Consent Policy Settings",
	"templateId": "dffd5d46-495d-40a9-8e21-954ff55e198a",
	"values": [{"name": "EnableGroupSpecificConsent", "value": value}],
}]

v1(ids) := {"id": "a", "defaultUserRolePermissions": {"permissionGrantPoliciesAssigned": ids}}

beta(ids) := {"id": "a", "permissionGrantPolicyIdsAssignedToDefaultUserRole": ids}

owned(name) := sprintf("ManagePermissionGrantsForOwnedResource.%s", [name])

only(findings) := one if {
	count(findings) == 1
	some one in findings
}

test_pass_when_nothing_lets_them if {
	run(v1([]), []) == set()
	run(beta([owned("microsoft-dynamically-managed-permissions-for-team")]), []) == set()
	run(v1(["ManagePermissionGrantsForSelf.microsoft-user-default-legacy"]), setting("False")) == set()
}

test_fail_by_the_setting if {
	only(run(v1([]), setting("True"))).key == {"place": "directory setting"}
}

test_fail_by_a_policy_for_any_application if {
	finding := only(run(v1([owned("microsoft-all-application-permissions")]), []))
	finding.message == "Owners of teams or chats may let applications in under \"microsoft-all-application-permissions\"."
	finding.pointer == "/defaultUserRolePermissions/permissionGrantPoliciesAssigned"
	only(run(beta([owned("microsoft-x")]), [])).pointer == "/permissionGrantPolicyIdsAssignedToDefaultUserRole"
}

test_depends_on_a_policy_of_the_tenant if {
	only(run(v1([owned("](ours)")]), [])).depends_on == ["what the permission grant policy ](ours) allows"]
}

test_depends_when_nothing_is_told if {
	every policy in [{}, v1(null), beta("x"), {"defaultUserRolePermissions": 3}] {
		only(run(policy, [])).key == {"place": "unknown"}
	}
	run({}, setting("False")) == set()
	run(v1([null, 3]), []) == set()
}

package tenantlint.checks.applications.user_consent_restricted_test

import data.tenantlint.checks.applications.user_consent_restricted as check
import rego.v1

run_with(policy, permitted, definitions) := found if {
	found := check.findings with input as {
		"parameters": {"permitted_policies": permitted},
		"collections": {"authorization_policy": policy, "permission_grant_policies": definitions},
	}
}

run(policy) := run_with(policy, ["microsoft-user-default-low", "microsoft-user-default-recommended"], [])

v1(ids) := {"id": "authorizationPolicy", "defaultUserRolePermissions": {"permissionGrantPoliciesAssigned": ids}}

beta(ids) := {"id": "authorizationPolicy", "permissionGrantPolicyIdsAssignedToDefaultUserRole": ids}

only(findings) := one if {
	count(findings) == 1
	some one in findings
}

self(name) := sprintf("ManagePermissionGrantsForSelf.%s", [name])

owned := "ManagePermissionGrantsForOwnedResource.microsoft-dynamically-managed-permissions-for-team"

test_pass_when_consent_is_restricted if {
	every ids in [[], [self("microsoft-user-default-low")], [self("microsoft-user-default-recommended"), owned]] {
		run(v1(ids)) == set()
		run(beta(ids)) == set()
	}
}

test_fail_with_the_legacy_policy_in_both_spellings if {
	old := only(run(v1([self("microsoft-user-default-legacy"), owned])))
	old.message == "Users may consent to any application, for every permission that needs no administrator."
	old.pointer == "/defaultUserRolePermissions/permissionGrantPoliciesAssigned"
	new := only(run(beta([lower(self("microsoft-user-default-legacy"))])))
	new.pointer == "/permissionGrantPolicyIdsAssignedToDefaultUserRole"
}

test_fail_when_nothing_is_permitted if {
	finding := only(run_with(v1([self("microsoft-user-default-low")]), [], []))
	finding.evidence.not_permitted == ["microsoft-user-default-low"]
}

test_depends_on_a_policy_of_the_tenant if {
	definitions := [{"id": "ours", "displayName": "<b>"}, {"id": "other"}]
	finding := only(run_with(v1([self("ours")]), [], definitions))
	finding.depends_on == ["what the permission grant policy ours allows"]
	[one.id | some one in finding.evidence.definitions] == ["ours"]
}

test_depends_when_nothing_is_known if {
	every policy in [{}, {"defaultUserRolePermissions": null}, v1(null), beta("x")] {
		only(run(policy)).key == {"consent": "unknown"}
	}
}

test_entries_that_are_no_text_are_passed_over if run(v1([null, 3, self("microsoft-user-default-low")])) == set()

classified(permission, level) := {
	"id": "s/1",
	"permissionName": permission,
	"classification": level,
	"displayName": "Office 365 Exchange Online",
}

run_classified(id, one) := found if {
	found := check.findings with input as {
		"parameters": {
			"permitted_policies": ["microsoft-user-default-low", "microsoft-user-default-recommended"],
			"low_risk_permissions": ["User.Read"],
		},
		"collections": {
			"authorization_policy": v1([self(id)]),
			"delegated_permission_classifications": [one],
		},
	}
}

test_fail_when_a_risky_permission_is_classified_as_low if {
	finding := only(run_classified("microsoft-user-default-low", classified("Mail.ReadWrite", "Low")))
	finding.resource.name == "Mail.ReadWrite"
	startswith(finding.message, "Users may grant applications Mail.ReadWrite of Office 365 Exchange Online")
}

test_pass_when_only_low_risk_permissions_are_low if {
	run_classified("microsoft-user-default-low", classified("user.read", "low")) == set()
	run_classified("microsoft-user-default-low", classified("Mail.ReadWrite", "medium")) == set()
	run_classified("microsoft-user-default-recommended", classified("Mail.ReadWrite", "low")) == set()
}

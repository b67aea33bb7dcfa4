package tenantlint.checks.conditional_access.unmanaged_devices_cannot_download_test

import data.tenantlint.checks.conditional_access.unmanaged_devices_cannot_download as check
import data.tenantlint.lib.coverage_test as mock
import rego.v1

run(answer, policies, sharepoint) := found if {
	found := check.findings with input as {
		"tenant": {"id": "t", "display_name": "Contoso"},
		"facts": {"sessions": {"app_enforced": answer}},
		"collections": {"conditional_access_policies": policies, "sharepoint_tenant": sharepoint},
	}
}

policy(state, enabled) := {
	"displayName": "Web only",
	"state": state,
	"sessionControls": {"applicationEnforcedRestrictions": {"isEnabled": enabled}},
}

full := {"ConditionalAccessPolicy": 0}

limited := {"ConditionalAccessPolicy": 1}

test_pass_when_nobody_is_open if {
	run(mock.covered, [policy("enabled", true)], limited) == set()
	run(mock.covered, [policy("disabled", true), policy("enabled", false)], full) == set()
}

test_no_policy_leans_on_sharepoint if {
	run(mock.covered, [null], null) == set()
	run(mock.covered, [{"state": "enabled", "sessionControls": null}], full) == set()
}

test_depends_on_sharepoint_where_it_is_not_told if {
	every told in [null, {"ConditionalAccessPolicy": null}, {"ConditionalAccessPolicy": 9}, {}] {
		finding := mock.only(run(mock.covered, [policy("enabled", true)], told))
		finding.depends_on == ["SharePoint's access from unmanaged devices (sharepoint_tenant)"]
		endswith(finding.message, `on which "Web only" leans.`)
	}
}

test_names_of_powershell_are_understood if {
	run(mock.covered, [policy("enabled", true)], {"ConditionalAccessPolicy": "AllowLimitedAccess"}) == set()
	told := {"ConditionalAccessPolicy": "AllowFullAccess"}
	mock.only(run(mock.covered, [policy("enabled", true)], told)).depends_on == []
}

test_fail_when_somebody_is_open if {
	finding := mock.only(run(mock.open, [], limited))
	finding.resource.kind == "tenant"
	finding.population == ["coverage/0/1"]
}

test_fail_when_sharepoint_gives_full_access_all_the_same if {
	finding := mock.only(run(mock.covered, [policy("enabled", true)], full))
	endswith(finding.message, `so that "Web only" limits nothing there.`)
	finding.key == "sharepoint"
}

test_depends_on_what_the_answer_depends_on if {
	mock.only(run(mock.depends, [], null)).depends_on == ["who is in the group G"]
}

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

full := {"ConditionalAccessPolicy": "AllowFullAccess"}

limited := {"ConditionalAccessPolicy": "AllowLimitedAccess"}

test_pass_when_nobody_is_open if {
	run(mock.covered, [policy("enabled", true)], limited) == set()
	run(mock.covered, [policy("disabled", true), policy("enabled", false)], full) == set()
}

test_pass_where_sharepoint_is_not_told if {
	run(mock.covered, [policy("enabled", true)], {"ConditionalAccessPolicy": null}) == set()
	run(mock.covered, [policy("enabled", true), null], null) == set()
	run(mock.covered, [{"state": "enabled", "sessionControls": null}], full) == set()
}

test_fail_when_somebody_is_open if {
	finding := mock.only(run(mock.open, [], null))
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

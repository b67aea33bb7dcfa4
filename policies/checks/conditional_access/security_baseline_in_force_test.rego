package tenantlint.checks.conditional_access.security_baseline_in_force_test

import data.tenantlint.checks.conditional_access.security_baseline_in_force as check
import rego.v1

run(defaults, policies, status) := found if {
	found := check.findings with input as {
		"tenant": {"id": "t"},
		"collections": {"security_defaults": defaults, "conditional_access_policies": policies},
		"statuses": {"security_defaults": "ok", "conditional_access_policies": status},
	}
}

on := {"id": "d", "isEnabled": true}

off := {"id": "d", "isEnabled": false}

enabled := {"id": "p", "displayName": "MFA", "state": "enabled", "grantControls": {"builtInControls": ["mfa"]}}

reporting := object.union(enabled, {"state": "enabledForReportingButNotEnforced", "displayName": "<img>"})

only(findings) := one if {
	count(findings) == 1
	some one in findings
}

test_pass_with_security_defaults if {
	run(on, [], "ok") == set()
	run(on, [reporting], "ok") == set()
	run(on, [], "not_collected") == set()
}

test_pass_with_policies if run(off, [enabled, reporting], "ok") == set()

test_fail_with_neither if {
	finding := only(run(off, [], "ok"))
	finding.message == "Security defaults are off and no Conditional Access policy is enabled."
	finding.resource.kind == "identitySecurityDefaultsEnforcementPolicy"
	not finding.depends_on
}

test_fail_without_the_licence if only(run(off, [], "unlicensed")).key == {"gap": "nothing in force"}

test_fail_when_policies_only_report if {
	finding := only(run(off, [reporting], "ok"))
	endswith(finding.message, "1 policy only reports or is disabled")
	finding.evidence.policies_not_enabled == ["<img>"]
}

test_fail_when_policies_have_session_controls_only if {
	session := object.union(enabled, {"grantControls": null, "id": "s"})
	only(run(off, [object.remove(session, ["grantControls"])], "ok")).key == {"gap": "nothing in force"}
}

test_fail_with_both if {
	finding := only(run(on, [enabled], "ok"))
	finding.key == {"gap": "both"}
	finding.evidence.security_defaults == "on"
}

test_depends_on_policies_that_are_not_known if {
	finding := only(run(off, [], "denied"))
	finding.depends_on == ["Conditional Access policies (conditional_access_policies)"]
}

test_total_over_nulls if {
	finding := only(run({"isEnabled": null}, [{}], "ok"))
	finding.resource.id == "security_defaults"
}

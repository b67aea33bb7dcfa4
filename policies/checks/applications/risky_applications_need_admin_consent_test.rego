package tenantlint.checks.applications.risky_applications_need_admin_consent_test

import data.tenantlint.checks.applications.risky_applications_need_admin_consent as check
import rego.v1

run(policy, status, settings) := found if {
	found := check.findings with input as {
		"tenant": {"id": "t"},
		"statuses": {"group_settings": status},
		"collections": {"authorization_policy": policy, "group_settings": settings},
	}
}

setting(value) := [{
	"id": "s",
	"displayName": "Consent Policy Settings",
	"templateId": "dffd5d46-495d-40a9-8e21-954ff55e198a",
	"values": [{"name": "BlockUserConsentForRiskyApps", "value": value}],
}]

policy(value) := {"id": "authorizationPolicy", "allowUserConsentForRiskyApps": value}

only(findings) := one if {
	count(findings) == 1
	some one in findings
}

test_pass_when_both_places_are_safe if run(policy(false), "ok", setting("True")) == set()

test_pass_by_the_defaults if {
	run(policy(null), "ok", []) == set()
	run(policy(null), "denied", []) == set()
}

test_fail_by_the_policy if {
	only(run(policy(true), "ok", [])).resource.kind == "authorizationPolicy"
}

test_fail_by_the_setting if {
	finding := only(run(policy(false), "ok", setting("false")))
	finding.resource == {"kind": "groupSetting", "id": "s", "name": "Consent Policy Settings"}
	finding.pointer == "/values/0/value"
}

test_depends_on_odd_values if {
	only(run(policy("<i>"), "ok", [])).depends_on == ["allowUserConsentForRiskyApps"]
	only(run(policy(false), "ok", setting("?"))).depends_on == ["BlockUserConsentForRiskyApps"]
	only(run({}, "ok", [])).resource.kind == "tenant"
}

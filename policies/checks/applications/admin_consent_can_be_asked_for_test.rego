package tenantlint.checks.applications.admin_consent_can_be_asked_for_test

import data.tenantlint.checks.applications.admin_consent_can_be_asked_for as check
import rego.v1

run(collections) := found if {
	found := check.findings with input as {"collections": collections}
}

workflow(enabled, reviewers) := run({"admin_consent_request_policy": {"isEnabled": enabled, "reviewers": reviewers}})

setting(value) := run({"group_settings": [{
	"id": "s",
	"displayName": "Consent Policy Settings",
	"templateId": "dffd5d46-495d-40a9-8e21-954ff55e198a",
	"values": [{"name": "EnableAdminConsentRequests", "value": value}],
}]})

only(findings) := one if {
	count(findings) == 1
	some one in findings
}

reviewer := {"query": "/users/1", "queryType": "MicrosoftGraph", "queryRoot": null}

test_pass_with_a_reviewer if workflow(true, [reviewer]) == set()

test_pass_by_the_directory_setting if setting("true") == set()

# The policy is the newer place of the same switch.
test_pass_when_the_policy_says_so_and_the_setting_was_never_made if {
	run({
		"admin_consent_request_policy": {"isEnabled": true, "reviewers": [reviewer]},
		"group_settings": [],
	}) == set()
}

test_fail_when_off if {
	startswith(only(workflow(false, [])).message, "Users cannot ask")
	startswith(only(setting("False")).message, "Users cannot ask")
}

test_fail_by_the_default_of_the_setting if {
	only(run({"group_settings": []})).resource.kind == "tenant"
}

test_fail_when_nobody_reviews if {
	finding := only(workflow(true, []))
	finding.key == {"part": "reviewers"}
	finding.depends_on == []
}

test_depends_when_not_told if {
	only(workflow(null, [])).depends_on == ["isEnabled"]
	only(workflow(true, null)).depends_on == ["reviewers"]
	only(setting("](x)")).depends_on == ["EnableAdminConsentRequests"]
}

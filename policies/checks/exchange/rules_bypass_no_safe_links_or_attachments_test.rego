package tenantlint.checks.exchange.rules_bypass_no_safe_links_or_attachments_test

import data.tenantlint.checks.exchange.rules_bypass_no_safe_links_or_attachments as check
import rego.v1

rule(more) := object.union(
	{
		"Guid": "r",
		"Name": "Partner",
		"State": "Enabled",
		"Mode": "Enforce",
		"FromScope": null,
		"SetSCL": null,
		"SenderDomainIs": null,
	},
	more,
)

findings(rules, permitted) := found if {
	found := check.findings with input as {
		"parameters": {"permitted_rules": permitted},
		"collections": {"transport_rules": rules},
	}
}

skip(more) := rule(object.union(
	{"SetHeaderName": "X-MS-Exchange-Organization-SkipSafeLinksProcessing", "SetHeaderValue": "1"},
	more,
))

test_pass_without_such_rules if {
	findings([rule({"SetHeaderName": "X-Other", "SetHeaderValue": "1"}), skip({"SetHeaderValue": "0"})], []) == set()
	findings([skip({"State": "Disabled"}), skip({"Mode": "AuditAndNotify"})], []) == set()
	findings([skip({})], ["Partner"]) == set()
}

test_fail_with_such_a_rule if {
	some found in findings([skip({})], [])
	found.message == "The mail flow rule Partner takes mail past Safe Links."
	some other in findings([skip({"SetHeaderName": "x-ms-exchange-organization-skipsafeattachmentprocessing"})], [])
	other.message == "The mail flow rule Partner takes mail past Safe Attachments."
}

test_null_headers_set_nothing if {
	findings([skip({"SetHeaderName": null}), skip({"SetHeaderValue": null})], []) == set()
}

test_inconclusive_when_the_state_is_of_no_known_name if {
	some found in findings([skip({"State": "Sometimes"})], [])
	found.depends_on == ["State and Mode of the mail flow rule Partner"]
}

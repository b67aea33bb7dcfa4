package tenantlint.checks.exchange.rules_bypass_no_spam_filter_test

import data.tenantlint.checks.exchange.rules_bypass_no_spam_filter as check
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
		"collections": {"transport_rules": rules, "accepted_domains": [{"DomainName": "contoso.example"}]},
	}
}

bypass(more) := rule(object.union({"SetSCL": "-1"}, more))

test_pass_without_such_rules if {
	findings([], []) == set()
	findings([rule({"SenderDomainIs": ["a.example"]}), rule({"SetSCL": "9"})], []) == set()
}

test_pass_where_strangers_cannot_meet_the_condition if {
	findings([bypass({"SenderIpRanges": ["192.0.2.1"]})], []) == set()
	findings([bypass({"FromScope": "InOrganization"})], []) == set()
	findings(
		[bypass({
			"SenderDomainIs": ["a.example"],
			"HeaderContainsMessageHeader": "Authentication-Results",
			"HeaderContainsWords": ["dmarc=pass"],
		})],
		[],
	) == set()
}

test_pass_for_rules_that_do_nothing_or_are_permitted if {
	findings([bypass({"State": "Disabled"}), bypass({"Mode": "Audit"})], []) == set()
	findings([bypass({})], ["partner"]) == set()
}

test_fail_by_a_sender_domain if {
	some found in findings([bypass({"SenderDomainIs": ["a.example"]})], [])
	found.message == "The mail flow rule Partner takes mail past the spam filter by the sender domain a.example alone."
	found.resource == {"kind": "transportRule", "id": "r", "name": "Partner"}
	found.depends_on == []
	found.evidence.SetSCL == "-1"
}

test_fail_by_the_own_domain if {
	some found in findings([bypass({"SetSCL": "-1", "SenderDomainIs": ["Contoso.example", "a.example"]})], [])
	endswith(found.message, "by the sender domain contoso.example, which is your own.")
}

test_fail_by_anything_else if {
	some found in findings([bypass({"SubjectContainsWords": ["invoice"]})], [])
	endswith(found.message, "by something that a sender writes, or by nothing.")
	count(findings(
		[bypass({
			"HeaderContainsMessageHeader": "Authentication-Results",
			"HeaderContainsWords": ["dmarc=fail"],
		})],
		[],
	)) == 1
}

test_inconclusive_when_the_state_is_null if {
	some found in findings([bypass({"State": null})], [])
	found.depends_on == ["State and Mode of the mail flow rule Partner"]
}

package tenantlint.checks.exchange.rules_forward_nothing_outside_test

import data.tenantlint.checks.exchange.rules_forward_nothing_outside as check
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

findings(rules, domains) := found if {
	found := check.findings with input as {
		"parameters": {"permitted_rules": ["archive"], "permitted_domains": ["Archive.example", "*"]},
		"collections": {"transport_rules": rules, "accepted_domains": domains},
	}
}

own := [{"DomainName": "Contoso.example"}]

test_pass_inside_and_where_it_was_agreed if {
	findings([rule({"BlindCopyTo": ["SMTP:a@contoso.example"], "CopyTo": ["x@archive.example"]})], own) == set()
	findings([rule({"State": "Disabled", "CopyTo": ["a@b.example"]})], own) == set()
	findings([rule({"Name": "Archive", "CopyTo": ["a@b.example"]})], own) == set()
	findings([rule({"RedirectMessageTo": null})], own) == set()
}

test_fail_to_an_outsider if {
	some found in findings([rule({"BlindCopyTo": ["a@contoso.example", "X@b.example"]})], own)
	found.message == "The mail flow rule Partner sends hidden copies to x@b.example."
	found.depends_on == []
	found.key == ["BlindCopyTo"]
}

test_a_single_recipient_as_text if {
	some found in findings([rule({"RedirectMessageTo": "x@b.example"})], own)
	found.message == "The mail flow rule Partner redirects mail to x@b.example."
}

test_inconclusive_for_a_name_without_an_address if {
	some found in findings([rule({"AddToRecipients": ["Ann Smith"]})], own)
	found.depends_on == ["the addresses behind AddToRecipients of the mail flow rule Partner"]
}

test_inconclusive_without_the_accepted_domains if {
	some found in findings([rule({"CopyTo": ["x@b.example"]})], null)
	found.depends_on == ["the accepted domains (accepted_domains)"]
}

test_inconclusive_when_the_mode_is_null if {
	some found in findings([rule({"Mode": null, "State": null, "CopyTo": ["x@b.example"]})], own)
	found.depends_on == ["State and Mode of the mail flow rule Partner"]
}

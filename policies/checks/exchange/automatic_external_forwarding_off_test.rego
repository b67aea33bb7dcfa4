package tenantlint.checks.exchange.automatic_external_forwarding_off_test

import data.tenantlint.checks.exchange.automatic_external_forwarding_off as check
import rego.v1

everyone := {"kind": "domain", "id": "*", "name": "everyone"}

layer(name, mode) := {
	"layer": "default",
	"name": name,
	"policy": {"AutoForwardingMode": mode},
	"policy_unknown": null,
	"resource": {"kind": "hostedOutboundSpamFilterPolicy", "id": name, "name": name},
	"rule": null,
	"rule_id": null,
	"reaches": "everyone",
	"reached": "certain",
	"who": [everyone],
	"who_possibly": [],
	"depends_on": [],
}

possibly(told) := object.union(told, {
	"reached": "possible",
	"who": [],
	"who_possibly": [everyone],
	"depends_on": ["the members of the group x"],
})

unknown_policies := object.union(layer("default", null), {
	"policy": null,
	"policy_unknown": "the policies (hosted_outbound_spam_filter_policies)",
})

remote(name, forward) := {"Guid": sprintf("r-%s", [name]), "DomainName": name, "AutoForwardEnabled": forward}

open_default := remote("*", true)

closed_default := remote("*", false)

findings(layers, domains, allowed) := found if {
	found := check.findings with input as {
		"tenant": {"id": "t", "display_name": "Contoso"},
		"parameters": {"allowed_domains": allowed},
		"collections": {"remote_domains": domains},
		"facts": {"mail_protection": {"outbound_spam": {"layers": layers}}},
	}
}

test_pass_when_the_outbound_policy_blocks if {
	every mode in ["Automatic", "Off", "off"] {
		findings([layer("Default", mode)], [open_default], []) == set()
	}
}

test_pass_when_the_remote_domain_blocks if {
	findings([layer("Default", "On")], [closed_default], []) == set()
}

test_pass_when_remote_domains_block_and_policies_are_unknown if {
	findings([unknown_policies], [closed_default], []) == set()
}

test_pass_for_an_agreed_domain if {
	findings([layer("Default", "On")], [closed_default, remote("Partner.example", true)], ["partner.example"]) == set()
}

test_fail_when_both_are_open if {
	some found in findings([layer("Default", "On")], [open_default], [])
	found.message == concat(" ", [
		"Mail can be forwarded automatically to every outside address",
		"by the senders of the outbound spam policy Default.",
	])
	found.resource == {"kind": "remoteDomain", "id": "r-*", "name": "*"}
	found.principals == [everyone]
	found.depends_on == []
	found.evidence.outbound_policies[0].AutoForwardingMode == "On"
}

test_a_star_in_the_parameter_allows_nothing if {
	count(findings([layer("Default", "On")], [open_default], ["*"])) == 1
}

test_fail_for_one_open_domain if {
	some found in findings([layer("Default", "On")], [closed_default, remote("partner.example", true)], [])
	startswith(found.message, "Mail can be forwarded automatically to addresses in partner.example by")
}

test_inconclusive_when_only_some_senders_may_be_open if {
	layers := [possibly(layer("Sales", "On")), layer("Default", "Off")]
	some found in findings(layers, [open_default], [])
	found.depends_on == ["the members of the group x"]
	found.message == "Mail may be forwarded automatically to every outside address."
}

test_inconclusive_when_the_policies_are_unknown if {
	some found in findings([unknown_policies], [open_default], [])
	found.depends_on == ["the policies (hosted_outbound_spam_filter_policies)"]
}

test_inconclusive_when_the_mode_is_null_or_of_no_known_name if {
	every mode in [null, 3, "Sometimes"] {
		some found in findings([layer("Default", mode)], [open_default], [])
		found.depends_on == ["AutoForwardingMode of the outbound spam policy Default"]
	}
}

test_inconclusive_when_the_remote_domain_does_not_tell if {
	every value in [null, "no"] {
		some found in findings([layer("Default", "On")], [remote("*", value)], [])
		found.depends_on == ["AutoForwardEnabled of the remote domain *"]
	}
}

test_inconclusive_without_the_default_remote_domain if {
	some found in findings([layer("Default", "On")], [], [])
	found.depends_on == ["the default remote domain (remote_domains)"]
	found.resource.kind == "tenant"
	findings([layer("Default", "Off")], [], []) == set()
}

test_a_policy_that_nobody_reaches_does_not_matter if {
	unreached := object.union(layer("Sales", "On"), {"reached": "none", "who": []})
	findings([unreached, layer("Default", "Off")], [open_default], []) == set()
}

test_a_remote_domain_without_a_name_is_judged if {
	nameless := {"Identity": "<b>%s", "DomainName": null, "AutoForwardEnabled": true}
	some found in findings([layer("Default", "On")], [closed_default, nameless], [])
	found.resource == {"kind": "remoteDomain", "id": "<b>%s", "name": "an unnamed remote domain"}
}

package tenantlint.checks.defender_office.presets_on_test

import data.tenantlint.checks.defender_office.presets_on as check
import rego.v1

rule(level, state) := {"Name": sprintf("%s Preset Security Policy", [level]), "State": state}

findings(eop, atp) := [finding |
	found := check.findings with input as {
		"collections": {"eop_protection_policy_rules": eop, "atp_protection_policy_rules": atp},
		"parameters": {"required": ["standard", "strict"]},
		"tenant": {"id": "t"},
	}
	some finding in found
]

both := [rule("Standard", "Enabled"), rule("Strict", "Enabled")]

test_pass_when_both_rules_of_both_presets_are_on if findings(both, both) == []

test_fail_when_one_of_the_two_rules_is_off if {
	[finding] = findings(both, [rule("Standard", "Disabled"), rule("Strict", "Enabled")])
	finding.message == "The standard preset is off for links, attachments and impersonation."
	finding.resource.kind == "atpProtectionPolicyRule"
	finding.depends_on == []
}

test_fail_when_a_preset_was_never_turned_on if {
	[one, other] = findings([rule("Standard", "Enabled")], [rule("Standard", "Enabled")])
	one.resource.kind == "tenant"
	{one.message, other.message} == {
		"The strict preset was never turned on for links, attachments and impersonation.",
		"The strict preset was never turned on for spam and malware.",
	}
}

test_states_of_other_types_and_other_rules_of_the_level if {
	again := [rule("Standard", true), rule("Strict", "Enabled"), rule("Strict", false), {"Name": null}]
	findings(both, again) == []
	[finding] = findings(both, [rule("Standard", false), rule("Strict", "Enabled")])
	finding.evidence.State == false
}

test_inconclusive_when_the_state_is_not_told if {
	[null_] = findings([rule("Standard", null), rule("Strict", "Enabled")], both)
	null_.depends_on == ["State"]
	[odd] = findings([rule("Standard", "Dreaming"), rule("Strict", "Enabled")], both)
	odd.depends_on == ["State"]
}

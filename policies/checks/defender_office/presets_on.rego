# METADATA
# title: The preset security policies are on, each with both of its rules
# description: >-
#   Each preset of `required` has two rules, one for spam and malware and one for links, attachments and
#   impersonation; both have to be there and enabled. Whom they take is another question.
# related_resources:
#   - ref: https://learn.microsoft.com/defender-office-365/preset-security-policies
#     description: Preset security policies and their two rules
# custom:
#   id: DO041
#   severity: low
#   requires: [eop_protection_policy_rules, atp_protection_policy_rules]
#   licences: [defender_office_p1]
#   tags: [mail, strict]
#   bucket: situational
#   lenses: {risk_reduction: medium, scope: mail, effort: low, user_impact: low}
#   rationale: >-
#     Microsoft keeps the settings of the presets up to date, so that new kinds of attack are answered without
#     anybody here noticing. Custom policies stay as they were on the day on which they were made.
#   remediation: >-
#     Microsoft Defender portal, Email & collaboration, Policies & rules, Threat policies, Preset security policies:
#     turn on Standard and Strict protection, each for Exchange Online Protection and for Defender for Office 365
#     (Enable-EOPProtectionPolicyRule, Enable-ATPProtectionPolicyRule -Identity "Strict Preset Security Policy").
#   parameters:
#     required:
#       type: array
#       default: [standard, strict]
#       meaning: >-
#         presets that have to be on; take one out when the other covers everybody
#   mappings:
#     scuba: [MS.DEFENDER.1.1v1]
#     prowler: [defender_strict_preset_security_policy_enabled]
#     mitre_attack: [T1566]
#     nist_800_53: [SI-8]
package tenantlint.checks.defender_office.presets_on

import data.tenantlint.lib.exchange
import data.tenantlint.lib.findings as results
import data.tenantlint.lib.settings
import rego.v1

kinds := {
	"eop_protection_policy_rules": {"kind": "eopProtectionPolicyRule", "words": "spam and malware"},
	"atp_protection_policy_rules": {"kind": "atpProtectionPolicyRule", "words": "links, attachments and impersonation"},
}

findings contains finding if {
	some level in input.parameters.required
	some collection, told in kinds
	rules := rules_of(collection, level)
	count(rules) > 0
	state := best({state_of(rule) | some rule in rules})
	some finding in settings.verdict(
		{
			"resource": exchange.resource(told.kind, rules[0]),
			"object": rules[0],
			"property": "State",
			"key": [level, collection],
			"about": sprintf("whether the %s preset is on for %s", [level, told.words]),
			"observed": sprintf("The %s preset is off for %s.", [level, told.words]),
		},
		state,
	)
}

# A preset has no rule until somebody turns it on for the first time.
findings contains finding if {
	some level in input.parameters.required
	some collection, told in kinds
	count(rules_of(collection, level)) == 0
	finding := {
		"resource": results.tenant,
		"key": [level, collection],
		"message": sprintf("The %s preset was never turned on for %s.", [level, told.words]),
		"evidence": {collection: []},
	}
}

rules_of(collection, level) := [rule |
	some rule in results.collection(collection)
	startswith(lower(exchange.resource("", rule).name), lower(level))
]

state_of(rule) := settings.choice_state(
	settings.folded(settings.value(rule, "State")),
	{"allowed": ["Enabled", true], "known": ["Enabled", "Disabled", true, false]},
)

best(states) := "good" if {
	"good" in states
} else := "unknown" if {
	"unknown" in states
} else := "bad"

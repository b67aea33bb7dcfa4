# METADATA
# title: Sensitive people are in the strict preset, with both of its rules
# description: >-
#   Each person of `sensitive_users` has to be taken by both rules of the Strict preset. Whether somebody is in a
#   group that a rule names is not known here and leaves the verdict open. Without names there is nothing to judge.
# related_resources:
#   - ref: https://learn.microsoft.com/defender-office-365/preset-security-policies
#     description: Preset security policies and whom they take
# custom:
#   id: DO044
#   severity: medium
#   requires: [eop_protection_policy_rules, atp_protection_policy_rules]
#   refines: [accepted_domains]
#   facts: [mail_protection.presets_exchange, mail_protection.presets_defender]
#   licences: [defender_office_p1]
#   tags: [mail, strict]
#   bucket: situational
#   lenses: {risk_reduction: medium, scope: some_users, effort: low, user_impact: medium}
#   rationale: >-
#     Directors, their assistants and those who pay bills get the mails that somebody took trouble over. The Strict
#     preset quarantines what the Standard one only moves to the junk folder, and for these few people the odd lost
#     message is worth it.
#   remediation: >-
#     Microsoft Defender portal, Email & collaboration, Policies & rules, Threat policies, Preset security policies:
#     Strict protection, name the people for Exchange Online Protection and for Defender for Office 365
#     (Set-EOPProtectionPolicyRule -SentTo, Set-ATPProtectionPolicyRule -SentTo). Name the same people in the
#     parameter sensitive_users.
#   parameters:
#     sensitive_users:
#       type: array
#       default: []
#       meaning: >-
#         addresses of the people who need the strictest protection; empty by default, since only the tenant knows
#         them
#   mappings:
#     scuba: [MS.DEFENDER.1.4v1, MS.DEFENDER.1.5v1]
#     mitre_attack: [T1566, T1656]
#     nist_800_53: [SI-8]
package tenantlint.checks.defender_office.sensitive_people_in_strict_preset

import data.tenantlint.lib.findings as results
import data.tenantlint.lib.mail_settings
import rego.v1

kinds := {
	"presets_exchange": {
		"layers": input.facts.mail_protection.presets_exchange.layers,
		"words": "spam and malware",
	},
	"presets_defender": {
		"layers": input.facts.mail_protection.presets_defender.layers,
		"words": "links, attachments and impersonation",
	},
}

people := {mail_settings.address(entry) | some entry in input.parameters.sensitive_users}

not_applicable contains "No sensitive person is named (parameter sensitive_users)." if count(people) == 0

findings contains finding if {
	some kind, told in kinds
	states := {person: state | some person in people; state := place(told.layers, person)}
	outside := sort([person | some person, state in states; state == "out"])
	unsure := sort([person | some person, state in states; is_array(state)])
	count(outside) + count(unsure) > 0
	finding := {
		"resource": results.tenant,
		"key": kind,
		"message": sprintf("%s preset does not take %s for %s.", [
			certainty(outside),
			results.named(array.concat(outside, unsure)),
			told.words,
		]),
		"principals": [{"kind": "user", "id": person, "name": person} | some person in array.concat(outside, unsure)],
		"depends_on": unknowns(outside, states),
		"evidence": {"outside": outside, "perhaps_outside": unsure, "strict_preset": [layer.reaches |
			some layer in told.layers
			layer.layer == "strict"
		]},
	}
}

certainty(outside) := "The strict" if {
	count(outside) > 0
} else := "Perhaps the strict"

unknowns(outside, states) := [] if {
	count(outside) > 0
} else := sort({unknown | some _, state in states; is_array(state); some unknown in state})

# `in`, `out`, or what it hangs on.
place(layers, person) := best({scope(layer, person) | some layer in layers; layer.layer == "strict"})

best(states) := "in" if {
	"in" in states
} else := sort({unknown | some state in states; is_array(state); some unknown in state}) if {
	some other in states
	is_array(other)
} else := "out"

scope(layer, person) := "out" if {
	refused(layer, person)
} else := array.concat(layer.depends_on, groups(layer)) if {
	count(layer.depends_on) + count(groups(layer)) > 0
} else := "in"

groups(layer) := [sprintf("the members of the group %s", [group]) |
	some group in array.concat(
		object.get(layer.conditions, "SentToMemberOf", []),
		object.get(layer.exceptions, "ExceptIfSentToMemberOf", []),
	)
]

refused(layer, person) if person in object.get(layer.exceptions, "ExceptIfSentTo", [])

refused(layer, person) if under(person, object.get(layer.exceptions, "ExceptIfRecipientDomainIs", []))

refused(layer, person) if not person in object.get(layer.conditions, "SentTo", [person])

refused(layer, person) if {
	domains := object.get(layer.conditions, "RecipientDomainIs", [])
	count(domains) > 0
	not under(person, domains)
}

# A domain stands for its subdomains, too.
under(person, domains) if {
	some domain in domains
	parts := split(person, "@")
	endswith(sprintf(".%s", [parts[count(parts) - 1]]), sprintf(".%s", [domain]))
}

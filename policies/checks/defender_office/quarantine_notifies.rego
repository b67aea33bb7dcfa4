# METADATA
# title: Recipients are told what was quarantined
# description: >-
#   Where the anti-spam policy that a recipient gets quarantines spam, phishing or bulk mail, the quarantine policy
#   of that grade has to send notifications (ESNEnabled). High confidence phishing and malware are for administrators
#   and not asked about; the presets notify.
# related_resources:
#   - ref: https://learn.microsoft.com/defender-office-365/quarantine-policies
#     description: Quarantine policies and notifications
# custom:
#   id: DO026
#   severity: low
#   requires: [quarantine_policies, hosted_content_filter_policies]
#   refines: [hosted_content_filter_rules, eop_protection_policy_rules, accepted_domains]
#   facts: [mail_protection.anti_spam]
#   tags: [mail, spam, strict]
#   bucket: situational
#   lenses: {risk_reduction: low, scope: mail, effort: low, user_impact: low}
#   rationale: >-
#     A recipient who never hears of the quarantine misses wanted mail and blames the filter, and administrators then
#     open it up with allow lists. A daily notice lets people find what was held by mistake without weakening
#     anything.
#   remediation: >-
#     Microsoft Defender portal, Email & collaboration, Policies & rules, Threat policies, Quarantine policies: make
#     one with notifications, and choose it in the anti-spam policy (Set-HostedContentFilterPolicy -SpamQuarantineTag
#     DefaultFullAccessWithNotificationPolicy, and the same for the other grades).
#   mappings:
#     orca: [ORCA.107]
#     nist_800_53: [SI-8]
package tenantlint.checks.defender_office.quarantine_notifies

import data.tenantlint.lib.findings as results
import data.tenantlint.lib.mail
import data.tenantlint.lib.mail_settings
import data.tenantlint.lib.settings
import rego.v1

layers := input.facts.mail_protection.anti_spam.layers

# What happens to each grade, and the quarantine policy for it. Certain phishing is for administrators alone.
tags := {
	"SpamAction": "SpamQuarantineTag",
	"HighConfidenceSpamAction": "HighConfidenceSpamQuarantineTag",
	"PhishSpamAction": "PhishQuarantineTag",
	"BulkSpamAction": "BulkQuarantineTag",
}

findings contains finding if {
	some layer in layers
	layer.reached != "none"
	not mail.managed(layer)
	grades := {action: state(layer, tag) |
		some action, tag in tags
		settings.folded(mail_settings.read(layer, action)) == "quarantine"
	}
	silent := sort([action | some action, told in grades; told == "bad"])
	unsure := [action | some action, told in grades; told == "unknown"]
	count(silent) + count(unsure) > 0
	finding := mail.finding(
		layer,
		layers,
		{action | some action in silent},
		{sprintf("%s of the policy %s", [tags[action], layer.name]) | some action in unsure},
		sprintf("%s %s.", [mail.subject("anti-spam", layer), shortcoming(silent)]),
		{"settings": {tag: mail_settings.read(layer, tag) | some _, tag in tags}},
	)
}

shortcoming(silent) := sprintf("tells recipients nothing of what %s quarantines", [concat(", ", silent)]) if {
	count(silent) > 0
} else := "does not tell whether recipients hear of what it quarantines"

state(layer, tag) := settings.switch_state(notifies(mail_settings.read(layer, tag)), true)

notifies(name) := settings.truth(settings.value(policies[0], "ESNEnabled")) if {
	policies := [policy |
		some policy in results.collection("quarantine_policies")
		some key in ["Identity", "Name", "Guid"]
		settings.folded(settings.value(policy, key)) == settings.folded(name)
	]
	count(policies) > 0
	is_string(name)
} else := null

# METADATA
# title: Somebody is told when a mailbox is stopped for sending spam
# description: >-
#   One of two ways is enough: an alert policy of `alerts` that is on and notifies, or the notification of the
#   outbound spam policy that each sender gets (custom policies by priority, then the default one), with a recipient.
# related_resources:
#   - ref: https://learn.microsoft.com/defender-office-365/outbound-spam-policies-configure
#     description: Setting up outbound spam policies
#   - ref: https://learn.microsoft.com/defender-office-365/alert-policies-defender-portal
#     description: Alert policies in the Defender portal
# custom:
#   id: DO040
#   severity: medium
#   requires: [hosted_outbound_spam_filter_policies]
#   refines: [hosted_outbound_spam_filter_rules, accepted_domains, protection_alerts]
#   facts: [mail_protection.outbound_spam]
#   tags: [mail, monitoring]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: mail, effort: low, user_impact: none}
#   rationale: >-
#     A mailbox that sends spam is a stolen mailbox. Stopping it from sending ends the noise and not the intrusion:
#     until somebody is told, the intruder reads on, sets rules and signs in elsewhere.
#   remediation: >-
#     Microsoft Defender portal, Email & collaboration, Policies & rules, Alert policy: turn on User restricted from
#     sending email with an address that is read. Or Anti-spam, outbound policy, Notifications
#     (Set-HostedOutboundSpamFilterPolicy -NotifyOutboundSpam $true -NotifyOutboundSpamRecipients address).
#   parameters:
#     alerts:
#       type: array
#       default: [User restricted from sending email]
#       meaning: >-
#         names of alert policies that tell of a stopped sender; the default is the one that the service brings
#   mappings:
#     secure_score: [mdo_spam_notifications_only_for_admins]
#     cis_m365: ["2.1.6"]
#     prowler: [defender_antispam_outbound_policy_configured]
#     mitre_attack: [T1534]
#     nist_800_53: [SI-4]
package tenantlint.checks.defender_office.outbound_spam_reported

import data.tenantlint.lib.findings as results
import data.tenantlint.lib.mail_settings
import data.tenantlint.lib.settings
import rego.v1

ask := {
	"layers": input.facts.mail_protection.outbound_spam.layers,
	"product": "outbound spam",
	"wants": [
		{"property": "NotifyOutboundSpam", "is": true},
		{"property": "NotifyOutboundSpamRecipients", "filled": true},
	],
}

# One way is enough: the alert policy, or the notification of the policy that each sender gets.
findings contains finding if {
	alert != "on"
	some found in mail_settings.findings(ask)
	finding := object.union(found, {
		"depends_on": sort({unknown | some unknown in found.depends_on} | alert_unknowns),
		"evidence": object.union(found.evidence, {"alert_policy": alert}),
	})
}

alerts := [one |
	some one in results.collection("protection_alerts")
	settings.folded(settings.value(one, "Name")) in {lower(name) | some name in input.parameters.alerts}
]

alert := "on" if {
	some one in alerts
	settings.truth(settings.value(one, "Disabled")) == false
	settings.truth(settings.value(one, "NotificationEnabled")) == true
} else := "not known" if {
	results.status("protection_alerts") != "ok"
} else := "not known" if {
	some one in alerts
	settings.truth(settings.value(one, "Disabled")) != true
	null in {settings.truth(settings.value(one, name)) | some name in ["Disabled", "NotificationEnabled"]}
} else := "off"

alert_unknowns := {"the alert policies (protection_alerts)" | alert == "not known"}

# METADATA
# title: Spam and phishing that are found later are taken out of mailboxes
# description: >-
#   Zero-hour auto purge has to be on for spam and for phishing (SpamZapEnabled, PhishZapEnabled). The anti-spam
#   policy that each recipient really gets counts, in Microsoft's order: the Strict and the Standard preset, custom
#   policies by priority, the default policy; a policy that nobody reaches does not matter. Where the snapshot lacks
#   a setting of the presets, the value that Microsoft documents counts. A setting that is not told leaves the
#   verdict open.
# related_resources:
#   - ref: https://learn.microsoft.com/defender-office-365/zero-hour-auto-purge
#     description: Zero-hour auto purge
#   - ref: https://learn.microsoft.com/defender-office-365/anti-spam-policies-configure
#     description: Setting up anti-spam policies
#   - ref: https://learn.microsoft.com/defender-office-365/preset-security-policies
#     description: Preset security policies and the order of precedence
# custom:
#   id: DO031
#   severity: medium
#   requires: [hosted_content_filter_policies]
#   refines: [hosted_content_filter_rules, eop_protection_policy_rules, accepted_domains]
#   facts: [mail_protection.anti_spam]
#   tags: [mail, phishing, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: mail, effort: low, user_impact: none}
#   rationale: >-
#     Phishing pages are often armed after the message was delivered, and the service learns of them from the first
#     people who report them. With the purge on, the same message disappears from everybody else's inbox; without it
#     each recipient has to see through it alone.
#   remediation: >-
#     Microsoft Defender portal, Email & collaboration, Policies & rules, Threat policies, Preset security policies:
#     turn on Standard protection for all recipients. For a custom or the default policy: Threat policies, Anti-spam,
#     Edit actions, Enable zero-hour auto purge for spam and for phishing (Set-HostedContentFilterPolicy
#     -SpamZapEnabled $true -PhishZapEnabled $true).
#   mappings:
#     secure_score: [mdo_zapphish, mdo_zapspam]
#     orca: [ORCA.120.1, ORCA.120.3]
#     mitre_attack: [T1566]
#     nist_800_53: [SI-3, SI-8]
package tenantlint.checks.defender_office.spam_removed_after_delivery

import data.tenantlint.lib.mail_settings
import rego.v1

ask := {
	"layers": input.facts.mail_protection.anti_spam.layers,
	"product": "anti-spam",
	"wants": [
		{"property": "SpamZapEnabled", "is": true},
		{"property": "PhishZapEnabled", "is": true},
	],
}

findings contains finding if some finding in mail_settings.findings(ask)

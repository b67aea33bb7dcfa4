# METADATA
# title: Messages in the inbox carry their safety tips
# description: >-
#   InlineSafetyTipsEnabled has to be on. The anti-spam policy that each recipient really gets counts, in Microsoft's
#   order: the Strict and the Standard preset, custom policies by priority, the default policy; a policy that nobody
#   reaches does not matter. Where the snapshot lacks a setting of the presets, the value that Microsoft documents
#   counts. A setting that is not told leaves the verdict open.
# related_resources:
#   - ref: https://learn.microsoft.com/defender-office-365/anti-spam-policies-configure
#     description: Setting up anti-spam policies
#   - ref: https://learn.microsoft.com/defender-office-365/preset-security-policies
#     description: Preset security policies and the order of precedence
# custom:
#   id: DO013
#   severity: low
#   requires: [hosted_content_filter_policies]
#   refines: [hosted_content_filter_rules, eop_protection_policy_rules, accepted_domains]
#   facts: [mail_protection.anti_spam]
#   tags: [mail, phishing, strict]
#   bucket: situational
#   lenses: {risk_reduction: low, scope: mail, effort: low, user_impact: low}
#   rationale: >-
#     The filter often knows more than it acts upon. The coloured bar above a message is how it tells the reader;
#     with the bar off, a suspicious message looks like a good one.
#   remediation: >-
#     Microsoft Defender portal, Email & collaboration, Policies & rules, Threat policies, Preset security policies:
#     turn on Standard protection for all recipients. For a custom or the default policy: Threat policies, Anti-spam,
#     Edit actions, Enable spam safety tips (Set-HostedContentFilterPolicy -InlineSafetyTipsEnabled $true).
#   mappings:
#     orca: [ORCA.143]
#     mitre_attack: [T1566]
#     nist_800_53: [AT-2]
package tenantlint.checks.defender_office.spam_tips_shown

import data.tenantlint.lib.mail_settings
import rego.v1

ask := {
	"layers": input.facts.mail_protection.anti_spam.layers,
	"product": "anti-spam",
	"wants": [
		{"property": "InlineSafetyTipsEnabled", "is": true},
	],
}

findings contains finding if some finding in mail_settings.findings(ask)

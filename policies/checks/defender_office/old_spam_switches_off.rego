# METADATA
# title: The old advanced spam switches are off
# description: >-
#   The fifteen settings of the advanced spam filter (IncreaseScoreWith…, MarkAsSpam… but for bulk mail) must not be
#   On; Test changes nothing for recipients. The anti-spam policy that each recipient really gets counts, in
#   Microsoft's order: the Strict and the Standard preset, custom policies by priority, the default policy; a policy
#   that nobody reaches does not matter. Where the snapshot lacks a setting of the presets, the value that Microsoft
#   documents counts. A setting that is not told leaves the verdict open.
# related_resources:
#   - ref: https://learn.microsoft.com/defender-office-365/anti-spam-policies-asf-settings-about
#     description: Advanced spam filter settings
#   - ref: https://learn.microsoft.com/defender-office-365/anti-spam-policies-configure
#     description: Setting up anti-spam policies
#   - ref: https://learn.microsoft.com/defender-office-365/preset-security-policies
#     description: Preset security policies and the order of precedence
# custom:
#   id: DO024
#   severity: low
#   requires: [hosted_content_filter_policies]
#   refines: [hosted_content_filter_rules, eop_protection_policy_rules, accepted_domains]
#   facts: [mail_protection.anti_spam]
#   tags: [mail, spam, strict]
#   bucket: situational
#   lenses: {risk_reduction: low, scope: mail, effort: low, user_impact: low}
#   rationale: >-
#     These switches are from the time before machine learning, and Microsoft is retiring them. They mark honest mail
#     as spam for one trait, nobody can report such a mistake to the service, and staff who release from quarantine
#     all day stop looking.
#   remediation: >-
#     Microsoft Defender portal, Email & collaboration, Policies & rules, Threat policies, Anti-spam: open the
#     policy, Edit spam threshold and properties, set each of the settings under Increase spam score and Mark as spam
#     to Off (for example Set-HostedContentFilterPolicy -MarkAsSpamSpfRecordHardFail Off).
#   mappings:
#     orca: [ORCA.102]
#     nist_800_53: [SI-8]
package tenantlint.checks.defender_office.old_spam_switches_off

import data.tenantlint.lib.mail_settings
import rego.v1

ask := {
	"layers": input.facts.mail_protection.anti_spam.layers,
	"product": "anti-spam",
	"wants": [
	{"property": property, "among": ["Off", "Test"], "known": ["Off", "On", "Test"]} |
		some property in switches
	],
}

findings contains finding if some finding in mail_settings.findings(ask)

switches := [
	"IncreaseScoreWithImageLinks",
	"IncreaseScoreWithNumericIps",
	"IncreaseScoreWithRedirectToOtherPort",
	"IncreaseScoreWithBizOrInfoUrls",
	"MarkAsSpamEmptyMessages",
	"MarkAsSpamJavaScriptInHtml",
	"MarkAsSpamFramesInHtml",
	"MarkAsSpamObjectTagsInHtml",
	"MarkAsSpamEmbedTagsInHtml",
	"MarkAsSpamFormTagsInHtml",
	"MarkAsSpamWebBugsInHtml",
	"MarkAsSpamSensitiveWordList",
	"MarkAsSpamSpfRecordHardFail",
	"MarkAsSpamFromAddressAuthFail",
	"MarkAsSpamNdrBackscatter",
]

# METADATA
# title: Spam and phishing of every grade stay out of inboxes
# description: >-
#   The actions for spam, high confidence spam, phishing and high confidence phishing each have to move the message
#   to the junk folder, quarantine, redirect or delete it; a header, a changed subject or nothing at all leaves it in
#   the inbox. The anti-spam policy that each recipient really gets counts, in Microsoft's order: the Strict and the
#   Standard preset, custom policies by priority, the default policy; a policy that nobody reaches does not matter.
#   Where the snapshot lacks a setting of the presets, the value that Microsoft documents counts. A setting that is
#   not told leaves the verdict open.
# related_resources:
#   - ref: https://learn.microsoft.com/defender-office-365/anti-spam-policies-configure
#     description: Setting up anti-spam policies
#   - ref: https://learn.microsoft.com/defender-office-365/preset-security-policies
#     description: Preset security policies and the order of precedence
# custom:
#   id: DO019
#   severity: high
#   requires: [hosted_content_filter_policies]
#   refines: [hosted_content_filter_rules, eop_protection_policy_rules, accepted_domains]
#   facts: [mail_protection.anti_spam]
#   tags: [mail, phishing, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: mail, effort: low, user_impact: low}
#   rationale: >-
#     The filter knows these messages for what they are, and a policy that only adds a header hands them over all the
#     same. One mail to anybody is then all that an attacker needs, and the reader sees it among honest ones.
#   remediation: >-
#     Microsoft Defender portal, Email & collaboration, Policies & rules, Threat policies, Preset security policies:
#     turn on Standard protection for all recipients. For a custom or the default policy: Threat policies, Anti-spam,
#     Edit actions (Set-HostedContentFilterPolicy -SpamAction MoveToJmf -HighConfidenceSpamAction Quarantine
#     -PhishSpamAction Quarantine -HighConfidencePhishAction Quarantine).
#   mappings:
#     secure_score: [mdo_spamaction]
#     scuba: [MS.SECURITYSUITE.6.1v1]
#     orca: [ORCA.121, ORCA.139, ORCA.231]
#     mitre_attack: [T1566]
#     nist_800_53: [SI-8]
package tenantlint.checks.defender_office.spam_kept_out_of_inboxes

import data.tenantlint.lib.mail_settings
import rego.v1

ask := {
	"layers": input.facts.mail_protection.anti_spam.layers,
	"product": "anti-spam",
	"wants": [
	{"property": property, "among": kept_out, "known": known} |
		some property in ["SpamAction", "HighConfidenceSpamAction", "PhishSpamAction", "HighConfidencePhishAction"]
	],
}

findings contains finding if some finding in mail_settings.findings(ask)

kept_out := ["Delete", "MoveToJmf", "Quarantine", "Redirect"]

known := array.concat(kept_out, ["AddXHeader", "ModifySubject", "NoAction"])

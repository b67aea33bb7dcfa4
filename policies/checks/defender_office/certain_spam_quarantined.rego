# METADATA
# title: High confidence spam goes to quarantine
# description: >-
#   The action for high confidence spam has to be Quarantine. The anti-spam policy that each recipient really gets
#   counts, in Microsoft's order: the Strict and the Standard preset, custom policies by priority, the default
#   policy; a policy that nobody reaches does not matter. Where the snapshot lacks a setting of the presets, the
#   value that Microsoft documents counts. A setting that is not told leaves the verdict open.
# related_resources:
#   - ref: https://learn.microsoft.com/defender-office-365/anti-spam-policies-configure
#     description: Setting up anti-spam policies
#   - ref: https://learn.microsoft.com/defender-office-365/preset-security-policies
#     description: Preset security policies and the order of precedence
# custom:
#   id: DO021
#   severity: low
#   requires: [hosted_content_filter_policies]
#   refines: [hosted_content_filter_rules, eop_protection_policy_rules, accepted_domains]
#   facts: [mail_protection.anti_spam]
#   tags: [mail, spam]
#   bucket: situational
#   lenses: {risk_reduction: low, scope: mail, effort: low, user_impact: low}
#   rationale: >-
#     What is surely spam is never wanted, and some of it is fraud that no signature knows yet. In quarantine it
#     tempts nobody and can still be released when the filter was wrong.
#   remediation: >-
#     Microsoft Defender portal, Email & collaboration, Policies & rules, Threat policies, Preset security policies:
#     turn on Standard protection for all recipients. For a custom or the default policy: Threat policies, Anti-spam,
#     Edit actions, High confidence spam: Quarantine message (Set-HostedContentFilterPolicy -HighConfidenceSpamAction
#     Quarantine).
#   mappings:
#     secure_score: [mdo_highconfidencespamaction]
#     orca: [ORCA.140]
#     mitre_attack: [T1566]
#     nist_800_53: [SI-8]
package tenantlint.checks.defender_office.certain_spam_quarantined

import data.tenantlint.lib.mail_settings
import rego.v1

ask := {
	"layers": input.facts.mail_protection.anti_spam.layers,
	"product": "anti-spam",
	"wants": [
		{"property": "HighConfidenceSpamAction", "among": ["Quarantine"], "known": known},
	],
}

findings contains finding if some finding in mail_settings.findings(ask)

known := ["AddXHeader", "Delete", "ModifySubject", "MoveToJmf", "NoAction", "Quarantine", "Redirect"]

# METADATA
# title: What mailboxes know of their correspondents is used against impersonation
# description: >-
#   Mailbox intelligence has to be on, to be used against impersonation, and to take one of `actions`. The
#   anti-phishing policy that each recipient really gets counts, in Microsoft's order: the Strict and the Standard
#   preset, custom policies by priority, the default policy; a policy that nobody reaches does not matter. Whom a
#   preset takes follows its rule of Defender for Office 365 (Get-ATPProtectionPolicyRule). Where the snapshot lacks
#   a setting of the presets, the value that Microsoft documents counts. A setting that is not told leaves the
#   verdict open.
# related_resources:
#   - ref: https://learn.microsoft.com/defender-office-365/anti-phishing-policies-about
#     description: Anti-phishing policies and mailbox intelligence
#   - ref: https://learn.microsoft.com/defender-office-365/anti-phishing-policies-mdo-configure
#     description: Setting up anti-phishing policies in Defender for Office 365
#   - ref: https://learn.microsoft.com/defender-office-365/preset-security-policies
#     description: Preset security policies and the order of precedence
# custom:
#   id: DO014
#   severity: medium
#   requires: [anti_phish_policies]
#   refines: [anti_phish_rules, atp_protection_policy_rules, eop_protection_policy_rules, accepted_domains]
#   facts: [mail_protection.anti_phish]
#   licences: [defender_office_p1]
#   tags: [mail, phishing, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: mail, effort: low, user_impact: low}
#   rationale: >-
#     Nobody can list everybody whom an attacker may play. The service learns with whom each person writes, and sees
#     when a message claims to be one of them and is not. Left off, or without an action, that knowledge protects
#     nobody.
#   remediation: >-
#     Microsoft Defender portal, Email & collaboration, Policies & rules, Threat policies, Preset security policies:
#     turn on Standard protection for all recipients. For a custom or the default policy: Set-AntiPhishPolicy
#     -EnableMailboxIntelligence $true -EnableMailboxIntelligenceProtection $true
#     -MailboxIntelligenceProtectionAction MoveToJmf.
#   parameters:
#     actions:
#       type: array
#       default: [Quarantine, MoveToJmf, Delete, Redirect]
#       meaning: >-
#         actions that keep such a message out of the inbox; Quarantine is what the Strict preset does
#   mappings:
#     secure_score:
#       - mdo_enablemailboxintelligence
#       - mdo_mailboxintelligenceprotection
#       - mdo_mailboxintelligenceprotectionaction
#     orca: [ORCA.115, ORCA.116, ORCA.221]
#     mitre_attack: [T1566, T1656]
#     nist_800_53: [SI-8]
package tenantlint.checks.defender_office.mailbox_intelligence_acts

import data.tenantlint.lib.mail_settings
import rego.v1

ask := {
	"layers": input.facts.mail_protection.anti_phish.layers,
	"product": "anti-phishing",
	"wants": [
		{"property": "EnableMailboxIntelligence", "is": true},
		{"property": "EnableMailboxIntelligenceProtection", "is": true},
		{"property": "MailboxIntelligenceProtectionAction", "among": input.parameters.actions, "known": known},
	],
}

findings contains finding if some finding in mail_settings.findings(ask)

known := ["BccMessage", "Delete", "MoveToJmf", "NoAction", "Quarantine", "Redirect"]

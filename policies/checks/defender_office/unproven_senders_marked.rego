# METADATA
# title: Recipients are told of first contacts and of senders without proof
# description: >-
#   The tip for first contacts, the mark of senders that failed authentication and the via tag have to be on. A mail
#   flow rule that sets the header of the first contact tip is not looked at. The anti-phishing policy that each
#   recipient really gets counts, in Microsoft's order: the Strict and the Standard preset, custom policies by
#   priority, the default policy; a policy that nobody reaches does not matter. Whom a preset takes follows its rule
#   of Exchange Online Protection (Get-EOPProtectionPolicyRule). Where the snapshot lacks a setting of the presets,
#   the value that Microsoft documents counts. A setting that is not told leaves the verdict open.
# related_resources:
#   - ref: https://learn.microsoft.com/defender-office-365/anti-phishing-policies-about
#     description: Anti-phishing policies and their safety tips
#   - ref: https://learn.microsoft.com/defender-office-365/anti-phishing-policies-eop-configure
#     description: Setting up anti-phishing policies
#   - ref: https://learn.microsoft.com/defender-office-365/preset-security-policies
#     description: Preset security policies and the order of precedence
# custom:
#   id: DO048
#   severity: low
#   requires: [anti_phish_policies]
#   refines: [anti_phish_rules, eop_protection_policy_rules, accepted_domains]
#   facts: [mail_protection.anti_spoofing]
#   tags: [mail, phishing, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: low, scope: mail, effort: low, user_impact: low}
#   rationale: >-
#     A message from somebody who never wrote before, or whose address nobody vouches for, deserves a second look,
#     and the reader cannot tell it from any other unless it is marked. The mark costs one line and comes at the
#     moment in which somebody is about to answer.
#   remediation: >-
#     Microsoft Defender portal, Email & collaboration, Policies & rules, Threat policies, Preset security policies:
#     turn on Standard protection for all recipients. For a custom or the default policy: Threat policies,
#     Anti-phishing, Edit actions, Safety tips and indicators (Set-AntiPhishPolicy -EnableFirstContactSafetyTips
#     $true -EnableUnauthenticatedSender $true -EnableViaTag $true).
#   mappings:
#     scuba: [MS.SECURITYSUITE.2.4v1]
#     orca: [ORCA.111, ORCA.241]
#     mitre_attack: [T1566, T1656]
#     nist_800_53: [AT-2, SI-8]
package tenantlint.checks.defender_office.unproven_senders_marked

import data.tenantlint.lib.mail_settings
import rego.v1

ask := {
	"layers": input.facts.mail_protection.anti_spoofing.layers,
	"product": "anti-phishing",
	"wants": [
		{"property": "EnableFirstContactSafetyTips", "is": true},
		{"property": "EnableUnauthenticatedSender", "is": true},
		{"property": "EnableViaTag", "is": true},
	],
}

findings contains finding if some finding in mail_settings.findings(ask)

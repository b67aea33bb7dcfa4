# METADATA
# title: Anti-phishing policies trust no sender or domain blindly
# description: >-
#   The lists of senders and domains that are never taken for impersonation (ExcludedSenders, ExcludedDomains) have
#   to be empty but for `permitted`. In the presets these lists are the tenant's own, too. The anti-phishing policy
#   that each recipient really gets counts, in Microsoft's order: the Strict and the Standard preset, custom policies
#   by priority, the default policy; a policy that nobody reaches does not matter. Whom a preset takes follows its
#   rule of Defender for Office 365 (Get-ATPProtectionPolicyRule). Where the snapshot lacks a setting of the presets,
#   the value that Microsoft documents counts. A setting that is not told leaves the verdict open.
# related_resources:
#   - ref: https://learn.microsoft.com/defender-office-365/anti-phishing-policies-mdo-configure
#     description: Setting up anti-phishing policies in Defender for Office 365
#   - ref: https://learn.microsoft.com/defender-office-365/preset-security-policies
#     description: Preset security policies and the order of precedence
# custom:
#   id: DO018
#   severity: medium
#   requires: [anti_phish_policies]
#   refines: [anti_phish_rules, atp_protection_policy_rules, eop_protection_policy_rules, accepted_domains]
#   facts: [mail_protection.anti_phish]
#   licences: [defender_office_p1]
#   tags: [mail, phishing, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: mail, effort: low, user_impact: low}
#   rationale: >-
#     An entry in these lists is an address that may pose as anybody. Attackers who learn of it, or who take over a
#     mailbox there, write past the protection; entries are made for one good message and stay for years.
#   remediation: >-
#     Microsoft Defender portal, Email & collaboration, Policies & rules, Threat policies, Anti-phishing (for the
#     presets: Preset security policies, Manage protection settings), Add trusted senders and domains: take the
#     entries out (Set-AntiPhishPolicy -ExcludedSenders @{Remove="..."} -ExcludedDomains @{Remove="..."}). Report
#     messages that were held by mistake to Microsoft instead.
#   parameters:
#     permitted:
#       type: array
#       default: []
#       meaning: >-
#         senders and domains that are agreed; empty by default, since each of them may impersonate anybody
#   mappings:
#     orca: [ORCA.228, ORCA.229]
#     mitre_attack: [T1566, T1656]
#     nist_800_53: [SI-8]
package tenantlint.checks.defender_office.anti_phishing_without_exceptions

import data.tenantlint.lib.mail_settings
import rego.v1

ask := {
	"layers": input.facts.mail_protection.anti_phish.layers,
	"product": "anti-phishing",
	"wants": [
		{"property": "ExcludedSenders", "permitted": input.parameters.permitted},
		{"property": "ExcludedDomains", "permitted": input.parameters.permitted},
	],
}

findings contains finding if some finding in mail_settings.findings(ask)

# METADATA
# title: Mail with a forged sender is found and kept out of inboxes
# description: >-
#   Spoof intelligence has to be on, and what it finds has to be moved to the junk folder or quarantined. The
#   anti-phishing policy that each recipient really gets counts, in Microsoft's order: the Strict and the Standard
#   preset, custom policies by priority, the default policy; a policy that nobody reaches does not matter. Whom a
#   preset takes follows its rule of Exchange Online Protection (Get-EOPProtectionPolicyRule). Where the snapshot
#   lacks a setting of the presets, the value that Microsoft documents counts. A setting that is not told leaves the
#   verdict open.
# related_resources:
#   - ref: https://learn.microsoft.com/defender-office-365/anti-phishing-protection-spoofing-about
#     description: Protection against spoofing
#   - ref: https://learn.microsoft.com/defender-office-365/anti-phishing-policies-eop-configure
#     description: Setting up anti-phishing policies
#   - ref: https://learn.microsoft.com/defender-office-365/preset-security-policies
#     description: Preset security policies and the order of precedence
# custom:
#   id: DO016
#   severity: high
#   requires: [anti_phish_policies]
#   refines: [anti_phish_rules, eop_protection_policy_rules, accepted_domains]
#   facts: [mail_protection.anti_spoofing]
#   tags: [mail, phishing, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: mail, effort: low, user_impact: low}
#   rationale: >-
#     The sender of a mail is what somebody typed. Spoof intelligence weighs all that speaks for or against it; with
#     it off, mail in the name of colleagues, banks and the own helpdesk arrives unhindered, and one answered message
#     is often enough for a stolen account.
#   remediation: >-
#     Microsoft Defender portal, Email & collaboration, Policies & rules, Threat policies, Preset security policies:
#     turn on Standard protection for all recipients. For a custom or the default policy: Threat policies,
#     Anti-phishing, Enable spoof intelligence (Set-AntiPhishPolicy -EnableSpoofIntelligence $true
#     -AuthenticationFailAction MoveToJmf).
#   mappings:
#     cis_m365: ["2.1.7"]
#     orca: [ORCA.112, ORCA.180]
#     prowler: [defender_antiphishing_policy_configured]
#     mitre_attack: [T1566, T1672]
#     nist_800_53: [SI-8]
package tenantlint.checks.defender_office.spoofed_senders_caught

import data.tenantlint.lib.mail_settings
import rego.v1

ask := {
	"layers": input.facts.mail_protection.anti_spoofing.layers,
	"product": "anti-phishing",
	"wants": [
		{"property": "EnableSpoofIntelligence", "is": true},
		{"property": "AuthenticationFailAction", "among": ["MoveToJmf", "Quarantine"]},
	],
}

findings contains finding if some finding in mail_settings.findings(ask)

# METADATA
# title: Mail that poses as a named partner's domain is caught for every recipient
# description: >-
#   The domains of `partner_domains` have to be protected against impersonation by every policy that reaches
#   somebody. Without such names there is nothing to judge. The anti-phishing policy that each recipient really gets
#   counts, in Microsoft's order: the Strict and the Standard preset, custom policies by priority, the default
#   policy; a policy that nobody reaches does not matter. Whom a preset takes follows its rule of Defender for Office
#   365 (Get-ATPProtectionPolicyRule). Where the snapshot lacks a setting of the presets, the value that Microsoft
#   documents counts. A setting that is not told leaves the verdict open.
# related_resources:
#   - ref: https://learn.microsoft.com/defender-office-365/anti-phishing-policies-mdo-configure
#     description: Setting up anti-phishing policies in Defender for Office 365
#   - ref: https://learn.microsoft.com/defender-office-365/preset-security-policies
#     description: Preset security policies and the order of precedence
# custom:
#   id: DO011
#   severity: low
#   requires: [anti_phish_policies]
#   refines: [anti_phish_rules, atp_protection_policy_rules, eop_protection_policy_rules, accepted_domains]
#   facts: [mail_protection.anti_phish]
#   licences: [defender_office_p1]
#   tags: [mail, phishing, strict]
#   bucket: situational
#   lenses: {risk_reduction: medium, scope: mail, effort: medium, user_impact: low}
#   rationale: >-
#     Fraudsters who know whom you pay take a domain like that of the supplier, and send a new bank account. Nobody
#     looks at the one letter that differs. The policy does, once it knows which partners matter.
#   remediation: >-
#     Microsoft Defender portal, Email & collaboration, Policies & rules, Threat policies, Preset security policies:
#     turn on Standard protection for all recipients. On its impersonation page name the partners' domains. For a
#     custom or the default policy: Set-AntiPhishPolicy -EnableTargetedDomainsProtection $true
#     -TargetedDomainsToProtect supplier.example -TargetedDomainProtectionAction Quarantine. Name the same domains in
#     the parameter partner_domains.
#   parameters:
#     partner_domains:
#       type: array
#       default: []
#       meaning: >-
#         domains of suppliers and partners worth imitating; empty by default, since only the tenant knows them
#     actions:
#       type: array
#       default: [Quarantine, MoveToJmf, Delete, Redirect]
#       meaning: >-
#         actions that keep such a message out of the inbox
#   mappings:
#     scuba: [MS.SECURITYSUITE.2.3v1, MS.DEFENDER.2.3v1]
#     mitre_attack: [T1566, T1656]
#     nist_800_53: [SI-8]
package tenantlint.checks.defender_office.impersonated_partner_domains_caught

import data.tenantlint.lib.mail_settings
import rego.v1

ask := {
	"layers": input.facts.mail_protection.anti_phish.layers,
	"product": "anti-phishing",
	"wants": [
		{"property": "Enabled", "is": true},
		{"property": "EnableTargetedDomainsProtection", "is": true},
		{"property": "TargetedDomainsToProtect", "holds": partners},
		{"property": "TargetedDomainProtectionAction", "among": input.parameters.actions, "known": known},
	],
}

findings contains finding if {
	count(partners) > 0
	some finding in mail_settings.findings(ask)
}

not_applicable contains "No partner domain is named (parameter partner_domains)." if count(partners) == 0

partners := input.parameters.partner_domains

known := ["BccMessage", "Delete", "MoveToJmf", "NoAction", "Quarantine", "Redirect"]

# METADATA
# title: Recipients are warned of lookalike senders
# description: >-
#   The safety tips for users and domains that resemble protected ones and for unusual characters have to be on. The
#   anti-phishing policy that each recipient really gets counts, in Microsoft's order: the Strict and the Standard
#   preset, custom policies by priority, the default policy; a policy that nobody reaches does not matter. Whom a
#   preset takes follows its rule of Defender for Office 365 (Get-ATPProtectionPolicyRule). Where the snapshot lacks
#   a setting of the presets, the value that Microsoft documents counts. A setting that is not told leaves the
#   verdict open.
# related_resources:
#   - ref: https://learn.microsoft.com/defender-office-365/anti-phishing-policies-about
#     description: Anti-phishing policies and their safety tips
#   - ref: https://learn.microsoft.com/defender-office-365/anti-phishing-policies-mdo-configure
#     description: Setting up anti-phishing policies in Defender for Office 365
#   - ref: https://learn.microsoft.com/defender-office-365/preset-security-policies
#     description: Preset security policies and the order of precedence
# custom:
#   id: DO012
#   severity: medium
#   requires: [anti_phish_policies]
#   refines: [anti_phish_rules, atp_protection_policy_rules, eop_protection_policy_rules, accepted_domains]
#   facts: [mail_protection.anti_phish]
#   licences: [defender_office_p1]
#   tags: [mail, phishing, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: mail, effort: low, user_impact: low}
#   rationale: >-
#     What is not certain enough to be held is delivered, and the recipient decides. A line above the message that
#     says that the sender only resembles the managing director turns that decision; without it the reader sees the
#     name and nothing else.
#   remediation: >-
#     Microsoft Defender portal, Email & collaboration, Policies & rules, Threat policies, Preset security policies:
#     turn on Standard protection for all recipients. For a custom or the default policy: Threat policies,
#     Anti-phishing, Edit actions, Safety tips (Set-AntiPhishPolicy -EnableSimilarUsersSafetyTips $true
#     -EnableSimilarDomainsSafetyTips $true -EnableUnusualCharactersSafetyTips $true).
#   mappings:
#     secure_score: [mdo_similaruserssafetytips, mdo_similardomainssafetytips, mdo_unusualcharacterssafetytips]
#     scuba: [MS.SECURITYSUITE.2.4v1]
#     orca: [ORCA.119, ORCA.123, ORCA.224]
#     mitre_attack: [T1566, T1656]
#     nist_800_53: [AT-2, SI-8]
package tenantlint.checks.defender_office.impersonation_tips_shown

import data.tenantlint.lib.mail_settings
import rego.v1

ask := {
	"layers": input.facts.mail_protection.anti_phish.layers,
	"product": "anti-phishing",
	"wants": [
		{"property": "EnableSimilarUsersSafetyTips", "is": true},
		{"property": "EnableSimilarDomainsSafetyTips", "is": true},
		{"property": "EnableUnusualCharactersSafetyTips", "is": true},
	],
}

findings contains finding if some finding in mail_settings.findings(ask)

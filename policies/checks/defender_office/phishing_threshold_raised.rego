# METADATA
# title: The phishing threshold is above standard for every recipient
# description: >-
#   PhishThresholdLevel (1 standard, 2 aggressive, 3 more aggressive, 4 most aggressive) has to be at least
#   `min_level`. The anti-phishing policy that each recipient really gets counts, in Microsoft's order: the Strict
#   and the Standard preset, custom policies by priority, the default policy; a policy that nobody reaches does not
#   matter. Whom a preset takes follows its rule of Defender for Office 365 (Get-ATPProtectionPolicyRule). Where the
#   snapshot lacks a setting of the presets, the value that Microsoft documents counts. A setting that is not told
#   leaves the verdict open.
# related_resources:
#   - ref: https://learn.microsoft.com/defender-office-365/anti-phishing-policies-about
#     description: Advanced phishing thresholds
#   - ref: https://learn.microsoft.com/defender-office-365/anti-phishing-policies-mdo-configure
#     description: Setting up anti-phishing policies in Defender for Office 365
#   - ref: https://learn.microsoft.com/defender-office-365/preset-security-policies
#     description: Preset security policies and the order of precedence
# custom:
#   id: DO015
#   severity: medium
#   requires: [anti_phish_policies]
#   refines: [anti_phish_rules, atp_protection_policy_rules, eop_protection_policy_rules, accepted_domains]
#   facts: [mail_protection.anti_phish]
#   licences: [defender_office_p1]
#   tags: [mail, phishing, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: mail, effort: low, user_impact: low}
#   rationale: >-
#     The threshold decides what the service does with a message of which it is nearly sure that it is phishing. At
#     the standard level such messages are treated as if it were unsure, and reach the inbox or the junk folder,
#     where people still open them.
#   remediation: >-
#     Microsoft Defender portal, Email & collaboration, Policies & rules, Threat policies, Preset security policies:
#     turn on Standard protection for all recipients. For a custom or the default policy: Threat policies,
#     Anti-phishing, Edit protection settings, Phishing email threshold 3 (Set-AntiPhishPolicy -PhishThresholdLevel
#     3).
#   parameters:
#     min_level:
#       type: integer
#       default: 3
#       meaning: >-
#         the least level, from 1 to 4; 3 is what the Standard preset has, 4 holds more good mail
#   mappings:
#     secure_score: [mdo_phishthresholdlevel, mdo_antiphishingpolicies]
#     orca: [ORCA.220, ORCA.230]
#     mitre_attack: [T1566]
#     nist_800_53: [SI-8]
package tenantlint.checks.defender_office.phishing_threshold_raised

import data.tenantlint.lib.mail_settings
import rego.v1

ask := {
	"layers": input.facts.mail_protection.anti_phish.layers,
	"product": "anti-phishing",
	"wants": [
		{"property": "PhishThresholdLevel", "least": input.parameters.min_level},
	],
}

findings contains finding if some finding in mail_settings.findings(ask)

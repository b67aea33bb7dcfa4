# METADATA
# title: A sender's own DMARC policy decides about forged mail
# description: >-
#   HonorDmarcPolicy has to be on: mail that fails DMARC is then treated as the owner of the domain asks
#   (p=quarantine, p=reject). The anti-phishing policy that each recipient really gets counts, in Microsoft's order:
#   the Strict and the Standard preset, custom policies by priority, the default policy; a policy that nobody reaches
#   does not matter. Whom a preset takes follows its rule of Exchange Online Protection
#   (Get-EOPProtectionPolicyRule). Where the snapshot lacks a setting of the presets, the value that Microsoft
#   documents counts. A setting that is not told leaves the verdict open.
# related_resources:
#   - ref: https://learn.microsoft.com/defender-office-365/anti-phishing-policies-about
#     description: Spoof protection and sender DMARC policies
#   - ref: https://learn.microsoft.com/defender-office-365/anti-phishing-policies-eop-configure
#     description: Setting up anti-phishing policies
#   - ref: https://learn.microsoft.com/defender-office-365/preset-security-policies
#     description: Preset security policies and the order of precedence
# custom:
#   id: DO017
#   severity: medium
#   requires: [anti_phish_policies]
#   refines: [anti_phish_rules, eop_protection_policy_rules, accepted_domains]
#   facts: [mail_protection.anti_spoofing]
#   tags: [mail, phishing, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: mail, effort: low, user_impact: low}
#   rationale: >-
#     Banks, authorities and many companies publish what is to happen with mail that falsely bears their name: refuse
#     it. A tenant that does not honour this delivers forgeries which the true owner has disowned.
#   remediation: >-
#     Microsoft Defender portal, Email & collaboration, Policies & rules, Threat policies, Preset security policies:
#     turn on Standard protection for all recipients. For a custom or the default policy: Threat policies,
#     Anti-phishing, Honor DMARC record policy when the message is detected as spoof (Set-AntiPhishPolicy
#     -HonorDmarcPolicy $true).
#   mappings:
#     orca: [ORCA.244]
#     prowler: [defender_antiphishing_policy_configured]
#     mitre_attack: [T1566, T1672]
#     nist_800_53: [SI-8]
package tenantlint.checks.defender_office.senders_dmarc_policy_honoured

import data.tenantlint.lib.mail_settings
import rego.v1

ask := {
	"layers": input.facts.mail_protection.anti_spoofing.layers,
	"product": "anti-phishing",
	"wants": [
		{"property": "HonorDmarcPolicy", "is": true},
	],
}

findings contains finding if some finding in mail_settings.findings(ask)

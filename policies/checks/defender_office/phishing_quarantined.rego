# METADATA
# title: Phishing goes to quarantine
# description: >-
#   The actions for phishing and for high confidence phishing both have to be Quarantine. The junk folder is not
#   enough: its links and forms still work there. The anti-spam policy that each recipient really gets counts, in
#   Microsoft's order: the Strict and the Standard preset, custom policies by priority, the default policy; a policy
#   that nobody reaches does not matter. Where the snapshot lacks a setting of the presets, the value that Microsoft
#   documents counts. A setting that is not told leaves the verdict open.
# related_resources:
#   - ref: https://learn.microsoft.com/defender-office-365/anti-spam-policies-configure
#     description: Setting up anti-spam policies
#   - ref: https://learn.microsoft.com/defender-office-365/preset-security-policies
#     description: Preset security policies and the order of precedence
# custom:
#   id: DO020
#   severity: medium
#   requires: [hosted_content_filter_policies]
#   refines: [hosted_content_filter_rules, eop_protection_policy_rules, accepted_domains]
#   facts: [mail_protection.anti_spam]
#   tags: [mail, phishing, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: mail, effort: low, user_impact: low}
#   rationale: >-
#     People look into the junk folder when something is missing, and believe what they find there. A message in
#     quarantine is out of reach of a hasty click, and security staff can look at it and learn who else got it.
#   remediation: >-
#     Microsoft Defender portal, Email & collaboration, Policies & rules, Threat policies, Preset security policies:
#     turn on Standard protection for all recipients. For a custom or the default policy: Threat policies, Anti-spam,
#     Edit actions (Set-HostedContentFilterPolicy -PhishSpamAction Quarantine -HighConfidencePhishAction Quarantine).
#   mappings:
#     secure_score: [mdo_highconfidencephishaction, mdo_phisspamacation]
#     orca: [ORCA.104, ORCA.142]
#     mitre_attack: [T1566]
#     nist_800_53: [SI-8]
package tenantlint.checks.defender_office.phishing_quarantined

import data.tenantlint.lib.mail_settings
import rego.v1

ask := {
	"layers": input.facts.mail_protection.anti_spam.layers,
	"product": "anti-spam",
	"wants": [
		{"property": "PhishSpamAction", "among": ["Quarantine"], "known": known},
		{"property": "HighConfidencePhishAction", "among": ["Quarantine"], "known": known},
	],
}

findings contains finding if some finding in mail_settings.findings(ask)

known := ["AddXHeader", "Delete", "ModifySubject", "MoveToJmf", "NoAction", "Quarantine", "Redirect"]

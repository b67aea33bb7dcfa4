# METADATA
# title: Quarantined mail is kept for a month
# description: >-
#   QuarantineRetentionPeriod has to be at least `min_days`. The anti-spam policy that each recipient really gets
#   counts, in Microsoft's order: the Strict and the Standard preset, custom policies by priority, the default
#   policy; a policy that nobody reaches does not matter. Where the snapshot lacks a setting of the presets, the
#   value that Microsoft documents counts. A setting that is not told leaves the verdict open.
# related_resources:
#   - ref: https://learn.microsoft.com/defender-office-365/quarantine-about
#     description: Quarantine and how long it keeps messages
#   - ref: https://learn.microsoft.com/defender-office-365/anti-spam-policies-configure
#     description: Setting up anti-spam policies
#   - ref: https://learn.microsoft.com/defender-office-365/preset-security-policies
#     description: Preset security policies and the order of precedence
# custom:
#   id: DO025
#   severity: low
#   requires: [hosted_content_filter_policies]
#   refines: [hosted_content_filter_rules, eop_protection_policy_rules, accepted_domains]
#   facts: [mail_protection.anti_spam]
#   tags: [mail, spam]
#   bucket: situational
#   lenses: {risk_reduction: low, scope: mail, effort: low, user_impact: none}
#   rationale: >-
#     An attack is often found weeks after its first message. When the quarantine has thrown that message away,
#     nobody can tell who got it and what it asked for; and a wanted message is gone when its recipient comes back
#     from leave.
#   remediation: >-
#     Microsoft Defender portal, Email & collaboration, Policies & rules, Threat policies, Preset security policies:
#     turn on Standard protection for all recipients. For a custom or the default policy: Threat policies, Anti-spam,
#     Edit actions, Retain spam in quarantine for 30 days (Set-HostedContentFilterPolicy -QuarantineRetentionPeriod
#     30).
#   parameters:
#     min_days:
#       type: integer
#       default: 30
#       meaning: >-
#         days for which quarantined mail is kept; 30 is the most that the service offers
#   mappings:
#     secure_score: [mdo_quarantineretentionperiod]
#     orca: [ORCA.106]
#     nist_800_53: [AU-11]
package tenantlint.checks.defender_office.quarantine_kept_long_enough

import data.tenantlint.lib.mail_settings
import rego.v1

ask := {
	"layers": input.facts.mail_protection.anti_spam.layers,
	"product": "anti-spam",
	"wants": [
		{"property": "QuarantineRetentionPeriod", "least": input.parameters.min_days},
	],
}

findings contains finding if some finding in mail_settings.findings(ask)

# METADATA
# title: The bulk threshold is neither lax nor so tight that good mail is lost
# description: >-
#   BulkThreshold (1 to 9: the lower, the more counts as bulk) has to be between `min_level` and `max_level`. The
#   anti-spam policy that each recipient really gets counts, in Microsoft's order: the Strict and the Standard
#   preset, custom policies by priority, the default policy; a policy that nobody reaches does not matter. Where the
#   snapshot lacks a setting of the presets, the value that Microsoft documents counts. A setting that is not told
#   leaves the verdict open.
# related_resources:
#   - ref: https://learn.microsoft.com/defender-office-365/anti-spam-bulk-complaint-level-bcl-about
#     description: The bulk complaint level
#   - ref: https://learn.microsoft.com/defender-office-365/anti-spam-policies-configure
#     description: Setting up anti-spam policies
#   - ref: https://learn.microsoft.com/defender-office-365/preset-security-policies
#     description: Preset security policies and the order of precedence
# custom:
#   id: DO023
#   severity: low
#   requires: [hosted_content_filter_policies]
#   refines: [hosted_content_filter_rules, eop_protection_policy_rules, accepted_domains]
#   facts: [mail_protection.anti_spam]
#   tags: [mail, spam]
#   bucket: situational
#   lenses: {risk_reduction: low, scope: mail, effort: low, user_impact: low}
#   rationale: >-
#     At 7 and above only mail about which very many people complain is held, and fraud that comes as a newsletter
#     passes. Below 4 invoices and notices from honest services are lost, and staff learn to release everything from
#     quarantine.
#   remediation: >-
#     Microsoft Defender portal, Email & collaboration, Policies & rules, Threat policies, Preset security policies:
#     turn on Standard protection for all recipients. For a custom or the default policy: Threat policies, Anti-spam,
#     Bulk email threshold 6 (Set-HostedContentFilterPolicy -BulkThreshold 6; the Strict preset has 5).
#   parameters:
#     min_level:
#       type: integer
#       default: 4
#       meaning: >-
#         the tightest threshold; below it much wanted mail is held
#     max_level:
#       type: integer
#       default: 6
#       meaning: >-
#         the laxest threshold; 6 is that of the Standard preset, new policies begin with 7
#   mappings:
#     secure_score: [mdo_bulkthreshold]
#     orca: [ORCA.100]
#     mitre_attack: [T1566]
#     nist_800_53: [SI-8]
package tenantlint.checks.defender_office.bulk_threshold_sensible

import data.tenantlint.lib.mail_settings
import rego.v1

ask := {
	"layers": input.facts.mail_protection.anti_spam.layers,
	"product": "anti-spam",
	"wants": [
		{"property": "BulkThreshold", "least": input.parameters.min_level, "most": input.parameters.max_level},
	],
}

findings contains finding if some finding in mail_settings.findings(ask)

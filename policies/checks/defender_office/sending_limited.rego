# METADATA
# title: A mailbox that sends too much is stopped
# description: >-
#   The limits of recipients an hour (outside, inside) and a day have to be set and to be at most those of the
#   parameters; 0 leaves the limits of the service, which are far higher. Whoever reaches a limit has to be stopped
#   (one of `actions`). The outbound spam policy that each sender really gets counts: custom policies by priority,
#   then the default policy.
# related_resources:
#   - ref: https://learn.microsoft.com/defender-office-365/outbound-spam-protection-about
#     description: Outbound spam protection
#   - ref: https://learn.microsoft.com/defender-office-365/recommended-settings-for-eop-and-office365
#     description: Settings that Microsoft recommends, and those of the presets
#   - ref: https://learn.microsoft.com/defender-office-365/outbound-spam-policies-configure
#     description: Setting up outbound spam policies
# custom:
#   id: DO039
#   severity: medium
#   requires: [hosted_outbound_spam_filter_policies]
#   refines: [hosted_outbound_spam_filter_rules, accepted_domains]
#   facts: [mail_protection.outbound_spam]
#   tags: [mail, spam, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: mail, effort: low, user_impact: low}
#   rationale: >-
#     A stolen mailbox is used within minutes to write to thousands of people in its owner's name. A limit ends that
#     early, before partners are hit and the domain is on the block lists of others; the limits of the service itself
#     come much later.
#   remediation: >-
#     Microsoft Defender portal, Email & collaboration, Policies & rules, Threat policies, Anti-spam, outbound
#     policies: Set-HostedOutboundSpamFilterPolicy -RecipientLimitExternalPerHour 500 -RecipientLimitInternalPerHour
#     1000 -RecipientLimitPerDay 1000 -ActionWhenThresholdReached BlockUser. Give mailboxes that must send more a
#     custom policy with a higher limit.
#   parameters:
#     external_per_hour:
#       type: integer
#       default: 500
#       meaning: >-
#         the most recipients outside in an hour
#     internal_per_hour:
#       type: integer
#       default: 1000
#       meaning: >-
#         the most recipients inside in an hour
#     per_day:
#       type: integer
#       default: 1000
#       meaning: >-
#         the most recipients in a day
#     actions:
#       type: array
#       default: [BlockUser]
#       meaning: >-
#         actions that stop the sender; BlockUserForToday lets him go on the next day, Alert stops nothing
#   mappings:
#     secure_score:
#       - mdo_recipientexternallimitperhour
#       - mdo_recipientinternallimitperhour
#       - mdo_recipientlimitperday
#       - mdo_thresholdreachedaction
#     orca: [ORCA.103]
#     mitre_attack: [T1534]
#     nist_800_53: [SC-5, SI-8]
package tenantlint.checks.defender_office.sending_limited

import data.tenantlint.lib.mail_settings
import rego.v1

ask := {
	"layers": input.facts.mail_protection.outbound_spam.layers,
	"product": "outbound spam",
	"wants": [
		{"property": "RecipientLimitExternalPerHour", "least": 1, "most": input.parameters.external_per_hour},
		{"property": "RecipientLimitInternalPerHour", "least": 1, "most": input.parameters.internal_per_hour},
		{"property": "RecipientLimitPerDay", "least": 1, "most": input.parameters.per_day},
		{"property": "ActionWhenThresholdReached", "among": input.parameters.actions, "known": known},
	],
}

findings contains finding if some finding in mail_settings.findings(ask)

known := ["Alert", "BlockUser", "BlockUserForToday"]

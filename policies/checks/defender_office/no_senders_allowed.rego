# METADATA
# title: No single sender is waved through by an anti-spam policy
# description: >-
#   AllowedSenders has to be empty but for `permitted`. The presets have no such list. The anti-spam policy that each
#   recipient really gets counts, in Microsoft's order: the Strict and the Standard preset, custom policies by
#   priority, the default policy; a policy that nobody reaches does not matter. Where the snapshot lacks a setting of
#   the presets, the value that Microsoft documents counts. A setting that is not told leaves the verdict open.
# related_resources:
#   - ref: https://learn.microsoft.com/defender-office-365/create-safe-sender-lists-in-office-365
#     description: Ways to let a sender through, from best to worst
#   - ref: https://learn.microsoft.com/defender-office-365/anti-spam-policies-configure
#     description: Setting up anti-spam policies
#   - ref: https://learn.microsoft.com/defender-office-365/preset-security-policies
#     description: Preset security policies and the order of precedence
# custom:
#   id: DO028
#   severity: medium
#   requires: [hosted_content_filter_policies]
#   refines: [hosted_content_filter_rules, eop_protection_policy_rules, accepted_domains]
#   facts: [mail_protection.anti_spam]
#   tags: [mail, phishing, allow-lists, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: mail, effort: low, user_impact: low}
#   rationale: >-
#     The sender of a mail is not proven when this list is asked: whoever knows an allowed address writes in its
#     name, past spam filtering and spoof detection. Such entries outlive the reason for which they were made.
#   remediation: >-
#     Microsoft Defender portal, Email & collaboration, Policies & rules, Threat policies, Anti-spam: open the
#     policy, Edit allowed and blocked senders and domains, take all allowed senders out
#     (Set-HostedContentFilterPolicy -AllowedSenders @{}). Use the Tenant Allow/Block List, whose entries end.
#   parameters:
#     permitted:
#       type: array
#       default: []
#       meaning: >-
#         addresses that are agreed; empty by default, since the sender of a mail can be forged
#   mappings:
#     secure_score: [mdo_allowedsenderscombined]
#     orca: [ORCA.109]
#     mitre_attack: [T1566, T1672]
#     nist_800_53: [SI-8]
package tenantlint.checks.defender_office.no_senders_allowed

import data.tenantlint.lib.mail_settings
import rego.v1

ask := {
	"layers": input.facts.mail_protection.anti_spam.layers,
	"product": "anti-spam",
	"wants": [
		{"property": "AllowedSenders", "permitted": input.parameters.permitted},
	],
}

findings contains finding if some finding in mail_settings.findings(ask)

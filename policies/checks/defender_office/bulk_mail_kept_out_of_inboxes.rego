# METADATA
# title: Bulk mail counts as spam and stays out of inboxes
# description: >-
#   MarkAsSpamBulkMail has to be on, and the action for bulk mail has to move the message to the junk folder,
#   quarantine, redirect or delete it. Whether the threshold is sensible is another check. The anti-spam policy that
#   each recipient really gets counts, in Microsoft's order: the Strict and the Standard preset, custom policies by
#   priority, the default policy; a policy that nobody reaches does not matter. Where the snapshot lacks a setting of
#   the presets, the value that Microsoft documents counts. A setting that is not told leaves the verdict open.
# related_resources:
#   - ref: https://learn.microsoft.com/defender-office-365/anti-spam-spam-vs-bulk-about
#     description: Spam and bulk mail
#   - ref: https://learn.microsoft.com/defender-office-365/anti-spam-policies-configure
#     description: Setting up anti-spam policies
#   - ref: https://learn.microsoft.com/defender-office-365/preset-security-policies
#     description: Preset security policies and the order of precedence
# custom:
#   id: DO022
#   severity: low
#   requires: [hosted_content_filter_policies]
#   refines: [hosted_content_filter_rules, eop_protection_policy_rules, accepted_domains]
#   facts: [mail_protection.anti_spam]
#   tags: [mail, spam]
#   bucket: situational
#   lenses: {risk_reduction: low, scope: mail, effort: low, user_impact: low}
#   rationale: >-
#     Senders of bulk mail with a bad name share their servers with fraudsters, and an inbox full of it makes people
#     click through what they should read. With the switch off the threshold has no effect at all.
#   remediation: >-
#     Microsoft Defender portal, Email & collaboration, Policies & rules, Threat policies, Preset security policies:
#     turn on Standard protection for all recipients. For a custom or the default policy:
#     Set-HostedContentFilterPolicy -MarkAsSpamBulkMail On -BulkSpamAction MoveToJmf (in the portal: Threat policies,
#     Anti-spam, Edit actions).
#   mappings:
#     secure_score: [mdo_bulkspamaction]
#     orca: [ORCA.101, ORCA.141]
#     mitre_attack: [T1566]
#     nist_800_53: [SI-8]
package tenantlint.checks.defender_office.bulk_mail_kept_out_of_inboxes

import data.tenantlint.lib.mail_settings
import rego.v1

ask := {
	"layers": input.facts.mail_protection.anti_spam.layers,
	"product": "anti-spam",
	"wants": [
		{"property": "MarkAsSpamBulkMail", "among": ["On"], "known": ["On", "Off", "Test"]},
		{"property": "BulkSpamAction", "among": kept_out, "known": known},
	],
}

findings contains finding if some finding in mail_settings.findings(ask)

kept_out := ["Delete", "MoveToJmf", "Quarantine", "Redirect"]

known := array.concat(kept_out, ["AddXHeader", "ModifySubject", "NoAction"])

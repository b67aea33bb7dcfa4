# METADATA
# title: Attachments that run when they are opened reach no mailbox
# description: >-
#   The common attachments filter has to be on and to name at least the types of `required_types`. The anti-malware
#   policy that each recipient really gets counts, in Microsoft's order: the Strict and the Standard preset, custom
#   policies by priority, the default policy; a policy that nobody reaches does not matter. Where the snapshot lacks
#   a setting of the presets, the value that Microsoft documents counts. A setting that is not told leaves the
#   verdict open.
# related_resources:
#   - ref: https://learn.microsoft.com/defender-office-365/anti-malware-policies-configure
#     description: Setting up anti-malware policies
#   - ref: https://learn.microsoft.com/defender-office-365/preset-security-policies
#     description: Preset security policies and the order of precedence
# custom:
#   id: DO004
#   severity: high
#   requires: [malware_filter_policies]
#   refines: [malware_filter_rules, eop_protection_policy_rules, accepted_domains]
#   facts: [mail_protection.anti_malware]
#   tags: [mail, malware, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: mail, effort: low, user_impact: low}
#   rationale: >-
#     A file that runs as soon as it is opened needs nobody to be deceived twice: one click starts it with the rights
#     of the recipient. Hardly anybody sends programs by mail for good reasons, so taking them out costs little and
#     closes the oldest way in.
#   remediation: >-
#     Microsoft Defender portal, Email & collaboration, Policies & rules, Threat policies, Preset security policies:
#     turn on Standard protection for all recipients. For a custom or the default policy: Threat policies,
#     Anti-malware, Protection settings, Enable the common attachments filter (Set-MalwareFilterPolicy
#     -EnableFileFilter $true), and see that FileTypes holds the types that run.
#   parameters:
#     required_types:
#       type: array
#       default: [cmd, exe, vbe]
#       meaning: >-
#         file types that have to be blocked, without the dot; the default is the least that CISA names, and the list
#         that Microsoft gives to new policies holds it
#   mappings:
#     secure_score: [mdo_commonattachmentsfilter]
#     scuba: [MS.SECURITYSUITE.1.1v1]
#     cis_m365: ["2.1.2"]
#     orca: [ORCA.205, ORCA.232]
#     prowler: [defender_malware_policy_common_attachments_filter_enabled]
#     mitre_attack: [T1566.001, T1204.002]
#     nist_800_53: [SI-3]
package tenantlint.checks.defender_office.executable_attachments_blocked

import data.tenantlint.lib.mail_settings
import rego.v1

ask := {
	"layers": input.facts.mail_protection.anti_malware.layers,
	"product": "anti-malware",
	"wants": [
		{"property": "EnableFileFilter", "is": true},
		{"property": "FileTypes", "holds": input.parameters.required_types},
	],
}

findings contains finding if some finding in mail_settings.findings(ask)

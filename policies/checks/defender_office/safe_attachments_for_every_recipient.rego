# METADATA
# title: Safe Attachments opens attachments in a sandbox for every recipient
# description: >-
#   Looks at the Safe Attachments policy that each recipient really gets, in Microsoft's order: the Strict and the
#   Standard preset, custom policies by priority, built-in protection, and nothing at all for those who are
#   excepted from it. A policy protects when it is on and its action is one of `accepted_actions`. Presets and
#   built-in protection are Microsoft's and count as protecting where the snapshot lacks them; a custom policy
#   that does not tell its state or action leaves the verdict open.
# related_resources:
#   - ref: https://learn.microsoft.com/defender-office-365/safe-attachments-about
#     description: What Safe Attachments does, and its actions
#   - ref: https://learn.microsoft.com/defender-office-365/safe-attachments-policies-configure
#     description: Setting up Safe Attachments policies
#   - ref: https://learn.microsoft.com/defender-office-365/preset-security-policies
#     description: Preset security policies and the order of precedence
# custom:
#   id: DO002
#   severity: high
#   requires: [atp_protection_policy_rules|safe_attachment_policies]
#   refines: [safe_attachment_rules, atp_built_in_protection_rules, eop_protection_policy_rules, accepted_domains]
#   facts: [mail_protection.safe_attachments]
#   licences: [defender_office_p1]
#   tags: [mail, malware, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: mail, effort: low, user_impact: low}
#   rationale: >-
#     Signature scanning misses malware that nobody has seen yet. Safe Attachments opens every attachment in a
#     sandbox before it is delivered. Recipients whom no policy reaches, or whose policy only watches (Allow), get
#     such files straight into the inbox, which is how most ransomware begins.
#   remediation: >-
#     Microsoft Defender portal, Email & collaboration, Policies & rules, Threat policies, Preset security
#     policies: turn on Standard protection for all recipients. Remove exceptions from built-in protection
#     (Set-ATPBuiltInProtectionRule, ExceptIf parameters). For a custom policy: Set-SafeAttachmentPolicy -Enable
#     $true -Action Block, and check the rule that assigns it with Get-SafeAttachmentRule.
#   parameters:
#     accepted_actions:
#       type: array
#       default: [Block, DynamicDelivery]
#       meaning: >-
#         actions that keep a malicious attachment from its recipient; Allow only watches, and Replace is no longer
#         offered
#   mappings:
#     secure_score: [mdo_safeattachmentpolicy, mdo_safeattachments]
#     scuba: [MS.SECURITYSUITE.1.3v1]
#     cis_m365: ["2.1.4"]
#     orca: [ORCA.124, ORCA.227, ORCA.239]
#     prowler: [defender_safe_attachments_policy_enabled]
#     mitre_attack: [T1566.001]
#     nist_800_53: [SI-3]
package tenantlint.checks.defender_office.safe_attachments_for_every_recipient

import data.tenantlint.lib.mail
import rego.v1

layers := input.facts.mail_protection.safe_attachments.layers

needed := {"Enable": "boolean", "Action": "string"}

accepted := {lower(action) | some action in input.parameters.accepted_actions}

findings contains mail.finding(layer, layers, {"none"}, set(), message, {"settings": {}}) if {
	some layer in layers
	layer.layer == "none"
	layer.reached != "none"
	message := mail.nobodys("Safe Attachments", layer)
}

findings contains mail.finding(layer, layers, flaws, unknowns, message, {"settings": settings}) if {
	some layer in layers
	layer.layer != "none"
	layer.reached != "none"
	flaws := flaws_of(layer)
	unknowns := mail.unknown_settings(layer, needed)
	count(flaws) + count(unknowns) > 0
	message := sprintf("%s %s.", [mail.subject("Safe Attachments", layer), shortcoming(flaws)])
	settings := {name: mail.setting(layer, name) | some name, _ in needed}
}

flaws_of(layer) := {"is off" |
	mail.setting(layer, "Enable") == false
} | {flaw |
	action := mail.setting(layer, "Action")
	is_string(action)
	not lower(action) in accepted
	flaw := sprintf("has the action %s", [action])
}

shortcoming(flaws) := concat(" and ", sort(flaws)) if {
	count(flaws) > 0
} else := "does not tell its state or action"

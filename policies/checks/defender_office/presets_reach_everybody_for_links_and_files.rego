# METADATA
# title: Every recipient is in a preset for links, attachments and impersonation
# description: >-
#   Whom the Standard and the Strict preset take follows their rules of Defender for Office 365, with all conditions
#   and exceptions; everybody else gets custom policies or built-in protection. Good custom policies are no
#   substitute here: other checks judge those.
# related_resources:
#   - ref: https://learn.microsoft.com/defender-office-365/preset-security-policies
#     description: Preset security policies and whom they take
# custom:
#   id: DO043
#   severity: low
#   requires: [atp_protection_policy_rules]
#   refines: [accepted_domains, eop_protection_policy_rules]
#   facts: [mail_protection.presets_defender]
#   licences: [defender_office_p1]
#   tags: [mail, strict]
#   bucket: situational
#   lenses: {risk_reduction: medium, scope: mail, effort: low, user_impact: low}
#   rationale: >-
#     Built-in protection, which is what remains, has no impersonation protection, leaves mail between colleagues out
#     and lets people click through its warnings. The presets close all three, and follow Microsoft's advice without
#     any work.
#   remediation: >-
#     Microsoft Defender portal, Email & collaboration, Policies & rules, Threat policies, Preset security policies:
#     in Standard protection choose All recipients for Defender for Office 365, and take the exceptions out
#     (Set-ATPProtectionPolicyRule, ExceptIf parameters).
#   mappings:
#     scuba: [MS.DEFENDER.1.3v1]
#     mitre_attack: [T1566]
#     nist_800_53: [SI-8]
package tenantlint.checks.defender_office.presets_reach_everybody_for_links_and_files

import data.tenantlint.lib.mail
import rego.v1

layers := input.facts.mail_protection.presets_defender.layers

findings contains mail.finding(layer, layers, {"none"}, set(), message, {"presets": presets}) if {
	some layer in layers
	layer.layer == "none"
	layer.reached != "none"
	message := sprintf("%s preset protects %s against %s.", [certainty(layer), mail.people(layer), threats])
	presets := {each.name: each.reaches | some each in layers; each.layer != "none"}
}

threats := "dangerous links, attachments and impersonation"

certainty(layer) := "No" if {
	layer.reached == "certain"
} else := "Perhaps no"

# METADATA
# title: Safe Links checks links for every recipient
# description: >-
#   Looks at the Safe Links policy that each recipient really gets, in Microsoft's order: the Strict and the
#   Standard preset, custom policies by priority, built-in protection, and nothing at all for those who are
#   excepted from it. A policy counts as protecting when the settings named in `required_settings` are on. The
#   settings of the presets and of built-in protection are Microsoft's and count as on where the snapshot lacks
#   them; a setting that a custom policy does not tell leaves the verdict open. Groups whose members are not
#   known leave it open too, where the verdict hangs on them.
# related_resources:
#   - ref: https://learn.microsoft.com/defender-office-365/safe-links-about
#     description: What Safe Links does in mail, Teams and Office
#   - ref: https://learn.microsoft.com/defender-office-365/safe-links-policies-configure
#     description: Setting up Safe Links policies
#   - ref: https://learn.microsoft.com/defender-office-365/preset-security-policies
#     description: Preset security policies and the order of precedence
# custom:
#   id: DO001
#   severity: high
#   requires: [atp_protection_policy_rules|safe_links_policies]
#   refines: [safe_links_rules, atp_built_in_protection_rules, eop_protection_policy_rules, accepted_domains]
#   facts: [mail_protection.safe_links]
#   licences: [defender_office_p1]
#   tags: [mail, phishing, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: mail, effort: low, user_impact: low}
#   rationale: >-
#     Phishing pages are often harmless when the message arrives and are armed afterwards. Safe Links checks the
#     address at the moment of the click, in mail, in Teams chats and in Office documents. A recipient whom no
#     policy reaches clicks unprotected, and one stolen session is enough to read mail, redirect payments and
#     phish colleagues from a trusted address.
#   remediation: >-
#     Microsoft Defender portal, Email & collaboration, Policies & rules, Threat policies, Preset security
#     policies: turn on Standard protection for all recipients. Remove exceptions from built-in protection
#     (Set-ATPBuiltInProtectionRule, ExceptIf parameters). For a custom policy: Set-SafeLinksPolicy
#     -EnableSafeLinksForEmail $true -EnableSafeLinksForTeams $true -EnableSafeLinksForOffice $true, and check the
#     rule that assigns it with Get-SafeLinksRule.
#   parameters:
#     required_settings:
#       type: array
#       default: [EnableSafeLinksForEmail, EnableSafeLinksForTeams, EnableSafeLinksForOffice]
#       meaning: >-
#         switches of a Safe Links policy that must be on; the default asks for all three places where links are
#         clicked, since an attacker takes the one that is left
#   mappings:
#     secure_score: [mdo_safelinksforemail, mdo_safelinksforOfficeApps]
#     scuba: [MS.SECURITYSUITE.7.1v1]
#     cis_m365: ["2.1.1"]
#     orca: [ORCA.226, ORCA.236, ORCA.237, ORCA.238, ORCA.239]
#     prowler: [defender_safelinks_policy_enabled]
#     mitre_attack: [T1566.002]
#     nist_800_53: [SI-3]
package tenantlint.checks.defender_office.safe_links_for_every_recipient

import data.tenantlint.lib.mail
import rego.v1

layers := input.facts.mail_protection.safe_links.layers

required := input.parameters.required_settings

findings contains mail.finding(layer, layers, {"none"}, set(), message, {"settings": {}}) if {
	some layer in layers
	layer.layer == "none"
	layer.reached != "none"
	message := mail.nobodys("Safe Links", layer)
}

findings contains mail.finding(layer, layers, off, unknowns, message, {"settings": settings}) if {
	some layer in layers
	layer.layer != "none"
	layer.reached != "none"
	off := {name | some name in required; mail.setting(layer, name) == false}
	unknowns := mail.unknown_settings(layer, {name: "boolean" | some name in required})
	count(off) + count(unknowns) > 0
	message := sprintf("%s %s.", [mail.subject("Safe Links", layer), shortcoming(off)])
	settings := {name: mail.setting(layer, name) | some name in required}
}

shortcoming(off) := sprintf("has %s off", [concat(", ", sort(off))]) if {
	count(off) > 0
} else := "does not tell all its settings"

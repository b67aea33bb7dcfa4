# METADATA
# title: Nobody clicks past the warning of a bad link
# description: >-
#   AllowClickThrough has to be off. Built-in protection lets people click through. The Safe Links policy that each
#   recipient really gets counts, in Microsoft's order: the Strict and the Standard preset, custom policies by
#   priority, built-in protection; a policy that nobody reaches does not matter. Where the snapshot lacks a setting
#   of the presets, the value that Microsoft documents counts. A setting that is not told leaves the verdict open.
# related_resources:
#   - ref: https://learn.microsoft.com/defender-office-365/safe-links-policies-configure
#     description: Setting up Safe Links policies
#   - ref: https://learn.microsoft.com/defender-office-365/preset-security-policies
#     description: Preset security policies and the order of precedence
# custom:
#   id: DO037
#   severity: medium
#   requires: [atp_protection_policy_rules|safe_links_policies]
#   refines: [safe_links_rules, atp_built_in_protection_rules, eop_protection_policy_rules, accepted_domains]
#   facts: [mail_protection.safe_links]
#   licences: [defender_office_p1]
#   tags: [mail, phishing, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: mail, effort: low, user_impact: low}
#   rationale: >-
#     Whoever believes the message also believes that the warning is a mistake. A page that offers to go on all the
#     same stops only those who were in doubt anyway.
#   remediation: >-
#     Microsoft Defender portal, Email & collaboration, Policies & rules, Threat policies, Preset security policies:
#     turn on Standard protection for all recipients. For a custom policy: Threat policies, Safe Links, Edit
#     protection settings (Set-SafeLinksPolicy -AllowClickThrough $false). Built-in protection cannot be changed;
#     give its recipients another policy.
#   mappings:
#     orca: [ORCA.113]
#     mitre_attack: [T1566.002]
#     nist_800_53: [SI-3]
package tenantlint.checks.defender_office.warnings_cannot_be_clicked_past

import data.tenantlint.lib.mail_settings
import rego.v1

ask := {
	"layers": input.facts.mail_protection.safe_links.layers,
	"product": "Safe Links",
	"wants": [
		{"property": "AllowClickThrough", "is": false},
	],
}

findings contains finding if some finding in mail_settings.findings(ask)

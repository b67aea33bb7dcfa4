# METADATA
# title: Clicks on links are recorded
# description: >-
#   TrackClicks has to be on; somebody without any Safe Links policy is a finding. The Safe Links policy that each
#   recipient really gets counts, in Microsoft's order: the Strict and the Standard preset, custom policies by
#   priority, built-in protection; a policy that nobody reaches does not matter. Where the snapshot lacks a setting
#   of the presets, the value that Microsoft documents counts. A setting that is not told leaves the verdict open.
# related_resources:
#   - ref: https://learn.microsoft.com/defender-office-365/safe-links-policies-configure
#     description: Setting up Safe Links policies
#   - ref: https://learn.microsoft.com/defender-office-365/preset-security-policies
#     description: Preset security policies and the order of precedence
# custom:
#   id: DO036
#   severity: low
#   requires: [atp_protection_policy_rules|safe_links_policies]
#   refines: [safe_links_rules, atp_built_in_protection_rules, eop_protection_policy_rules, accepted_domains]
#   facts: [mail_protection.safe_links]
#   licences: [defender_office_p1]
#   tags: [mail, phishing, monitoring]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: mail, effort: low, user_impact: none}
#   rationale: >-
#     After a phishing message was found, the first question is who clicked. With the record the answer takes a
#     minute and those few accounts are secured; without it all recipients are suspects, or none.
#   remediation: >-
#     Microsoft Defender portal, Email & collaboration, Policies & rules, Threat policies, Preset security policies:
#     turn on Standard protection for all recipients. For a custom policy: Threat policies, Safe Links, Edit
#     protection settings (Set-SafeLinksPolicy -TrackClicks $true). Built-in protection cannot be changed; give its
#     recipients another policy.
#   mappings:
#     scuba: [MS.SECURITYSUITE.7.3v1]
#     orca: [ORCA.156]
#     mitre_attack: [T1566.002]
#     nist_800_53: [AU-12, SI-3]
package tenantlint.checks.defender_office.clicks_tracked

import data.tenantlint.lib.mail_settings
import rego.v1

ask := {
	"layers": input.facts.mail_protection.safe_links.layers,
	"product": "Safe Links",
	"wants": [
		{"property": "TrackClicks", "is": true},
	],
}

findings contains finding if some finding in mail_settings.findings(ask)

findings contains finding if some finding in mail_settings.unprotected(ask)

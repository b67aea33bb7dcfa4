# METADATA
# title: Priority account protection is on
# description: >-
#   EnablePriorityAccountProtection has to be on. Which people carry the tag of a priority account is not in the
#   snapshot, so a tenant that tags nobody passes, too. Not told is never taken for on.
# related_resources:
#   - ref: https://learn.microsoft.com/defender-office-365/priority-accounts-turn-on-priority-account-protection
#     description: Turning on priority account protection
# custom:
#   id: DO045
#   severity: low
#   requires: [email_tenant_settings]
#   licences: [defender_office_p2]
#   tags: [mail, phishing]
#   bucket: situational
#   lenses: {risk_reduction: low, scope: some_users, effort: low, user_impact: none}
#   rationale: >-
#     Directors and those who pay bills get attacks that were made for them, and that look like nothing else in the
#     filter. The protection judges their mail by what such people receive, and shows their cases first to the
#     security team.
#   remediation: >-
#     Microsoft Defender portal, Settings, Email & collaboration, Priority account protection: On
#     (Set-EmailTenantSettings -EnablePriorityAccountProtection $true), and tag the people under User tags.
#   mappings:
#     cis_m365: ["2.4.1"]
#     prowler: [defender_priority_account_protection_enabled]
#     mitre_attack: [T1566]
#     nist_800_53: [SI-8]
package tenantlint.checks.defender_office.priority_accounts_protected

import data.tenantlint.lib.exchange
import data.tenantlint.lib.settings
import rego.v1

policy := exchange.only("email_tenant_settings")

wanted := {
	"EnablePriorityAccountProtection": {
		"is": true,
		"about": "whether priority account protection is on",
		"observed": "Priority account protection is off.",
	},
}

findings contains finding if {
	some property, want in wanted
	some finding in settings.switch({
		"resource": exchange.holder("emailTenantSettings", policy),
		"object": policy,
		"property": property,
		"key": property,
		"wanted": want.is,
		"about": want.about,
		"observed": want.observed,
	})
}

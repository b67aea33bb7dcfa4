# METADATA
# title: MailTips warn before mail goes to outsiders or to many
# description: >-
#   Looks at the switches of the organization behind the hints that Outlook shows while somebody writes: all
#   MailTips, the one for recipients outside, the figures about groups that the one for large audiences needs, and
#   from how many recipients an audience is large.
# related_resources:
#   - ref: https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/mailtips/mailtips
#     description: MailTips
# custom:
#   id: EX020
#   severity: low
#   requires: [organization_config]
#   tags: [mail, awareness]
#   bucket: foundational
#   lenses: {risk_reduction: low, scope: all_users, effort: low, user_impact: low}
#   rationale: >-
#     Mail to the wrong person is the commonest loss of data. A hint before sending that a recipient is outside, or
#     that a list holds hundreds, stops part of it, and it shows an answer to a fraudster for what it is.
#   remediation: >-
#     Exchange Online PowerShell: Set-OrganizationConfig -MailTipsAllTipsEnabled $true
#     -MailTipsExternalRecipientsTipsEnabled $true -MailTipsGroupMetricsEnabled $true
#     -MailTipsLargeAudienceThreshold 25. There is no page for it in the Exchange admin center portal.
#   parameters:
#     max_large_audience:
#       type: integer
#       default: 25
#       meaning: >-
#         recipients from which an audience is large; 25 is also the value of the service
#   mappings:
#     maester: [MT.1039]
#     prowler: [exchange_organization_mailtips_enabled]
#     secure_score: [exo_mailtipsenabled]
#     cis_m365: ["6.5.2"]
#     mitre_attack: [T1566]
#     nist_800_53: [AT-2]
package tenantlint.checks.exchange.mail_tips_on

import data.tenantlint.lib.exchange
import data.tenantlint.lib.settings
import rego.v1

config := exchange.only("organization_config")

switches := {
	"MailTipsAllTipsEnabled": ["MailTips are on", "MailTips are off."],
	"MailTipsExternalRecipientsTipsEnabled": [
		"MailTips warn of recipients outside",
		"MailTips do not warn of recipients outside the organization.",
	],
	"MailTipsGroupMetricsEnabled": [
		"Exchange counts the members of groups for MailTips",
		"MailTips do not know how many people a group holds.",
	],
}

findings contains finding if {
	some property, words in switches
	some finding in settings.switch({
		"resource": exchange.holder("organizationConfig", config),
		"object": config,
		"property": property,
		"wanted": true,
		"about": sprintf("whether %s", [words[0]]),
		"observed": words[1],
		"key": property,
	})
}

findings contains finding if {
	property := "MailTipsLargeAudienceThreshold"
	some finding in settings.within({
		"resource": exchange.holder("organizationConfig", config),
		"object": config,
		"property": property,
		"most": input.parameters.max_large_audience,
		"about": "from how many recipients MailTips warn of a large audience",
		"observed": sprintf("MailTips warn of a large audience from %v recipients on.", [settings.value(config, property)]),
		"key": property,
	})
}

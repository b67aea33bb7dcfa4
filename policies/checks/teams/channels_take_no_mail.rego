# METADATA
# title: Channels have no mail addresses
# description: >-
#   Looks at whether people can send mail into channels (AllowEmailIntoChannel). A list of permitted senders is
#   shown and does not excuse it, since senders can be forged. Not applicable in the US government clouds, where
#   channels have no addresses.
# related_resources:
#   - ref: https://learn.microsoft.com/microsoftteams/enable-features-office-365
#     description: Mail into channels
#   - ref: https://learn.microsoft.com/powershell/module/microsoftteams/set-csteamsclientconfiguration
#     description: Set-CsTeamsClientConfiguration
# custom:
#   id: TM013
#   severity: low
#   requires: [teams_client_configuration]
#   refines: [teams_tenant]
#   tags: [teams, mail]
#   bucket: situational
#   lenses: {risk_reduction: low, scope: all_users, effort: low, user_impact: low}
#   rationale: >-
#     A channel's address lies in a domain of Microsoft's, outside the organization's own mail protection. Whoever
#     learns it posts to the whole team at once, in a place where links and files pass for a colleague's.
#   remediation: >-
#     Teams admin center, Teams, Teams settings, Email integration: Users can send emails to a channel email address
#     off (Set-CsTeamsClientConfiguration -AllowEmailIntoChannel $false).
#   mappings:
#     scuba: [MS.TEAMS.4.1v1]
#     prowler: [teams_email_sending_to_channel_disabled]
#     cis_m365: ["8.1.2"]
#     mitre_attack: [T1566]
#     nist_800_53: ["SI-8", "SC-7(10)(a)", "AC-4"]
package tenantlint.checks.teams.channels_take_no_mail

import data.tenantlint.lib.settings
import data.tenantlint.lib.teams
import rego.v1

not_applicable contains "Channels have no mail addresses in the US government clouds." if teams.government

findings contains finding if {
	not teams.government
	some finding in settings.switch({
		"resource": teams.client_holder,
		"object": teams.client,
		"property": "AllowEmailIntoChannel",
		"wanted": false,
		"about": "whether channels take mail",
		"observed": "Channels have mail addresses to which anybody can send.",
		"evidence": {"RestrictedSenderList": settings.value(teams.client, "RestrictedSenderList")},
	})
}

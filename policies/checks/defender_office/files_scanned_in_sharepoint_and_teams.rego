# METADATA
# title: Safe Attachments scans files in SharePoint, OneDrive and Teams
# description: >-
#   Looks at EnableATPForSPOTeamsODB, the one switch for the whole tenant. Not told is never taken for on.
# related_resources:
#   - ref: https://learn.microsoft.com/defender-office-365/safe-attachments-for-spo-odfb-teams-about
#     description: Safe Attachments for SharePoint, OneDrive and Teams
# custom:
#   id: DO007
#   severity: high
#   requires: [atp_policy_for_o365]
#   licences: [defender_office_p1]
#   tags: [mail, malware, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: tenant, effort: low, user_impact: low}
#   rationale: >-
#     A malicious file that was refused by mail is put on a shared site or into a chat, where colleagues open it
#     without a thought. With the switch on such a file is locked as soon as the sandbox recognises it, for everybody
#     who has access.
#   remediation: >-
#     Microsoft Defender portal, Email & collaboration, Policies & rules, Threat policies, Safe Attachments, Global
#     settings, Turn on Defender for Office 365 for SharePoint, OneDrive, and Microsoft Teams (Set-AtpPolicyForO365
#     -EnableATPForSPOTeamsODB $true). Set DisallowInfectedFileDownload of SharePoint, too.
#   mappings:
#     secure_score: [mdo_atpprotection]
#     scuba: [MS.SECURITYSUITE.1.4v1, MS.DEFENDER.3.1v1]
#     cis_m365: ["2.1.5"]
#     orca: [ORCA.158]
#     prowler: [defender_atp_safe_attachments_and_docs_configured]
#     mitre_attack: [T1080, T1204.002]
#     nist_800_53: [SI-3]
package tenantlint.checks.defender_office.files_scanned_in_sharepoint_and_teams

import data.tenantlint.lib.exchange
import data.tenantlint.lib.settings
import rego.v1

policy := exchange.only("atp_policy_for_o365")

wanted := {
	"EnableATPForSPOTeamsODB": {
		"is": true,
		"about": "whether files in SharePoint, OneDrive and Teams are scanned",
		"observed": "Safe Attachments does not scan files in SharePoint, OneDrive and Teams.",
	},
}

findings contains finding if {
	some property, want in wanted
	some finding in settings.switch({
		"resource": exchange.holder("atpPolicyForO365", policy),
		"object": policy,
		"property": property,
		"key": property,
		"wanted": want.is,
		"about": want.about,
		"observed": want.observed,
	})
}

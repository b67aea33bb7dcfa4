# METADATA
# title: Files in which malware was found cannot be downloaded
# description: >-
#   Looks at whether people can download a file from SharePoint, OneDrive or Teams that Microsoft's scan has marked
#   as infected. Only the SharePoint admin service tells it. That files are scanned by Safe Attachments is another
#   check.
# related_resources:
#   - ref: https://learn.microsoft.com/defender-office-365/safe-attachments-for-spo-odfb-teams-configure
#     description: Infected files in SharePoint
#   - ref: https://learn.microsoft.com/powershell/module/sharepoint-online/set-spotenant
#     description: Set-SPOTenant
# custom:
#   id: SP012
#   severity: medium
#   requires: [sharepoint_tenant]
#   tags: [malware, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: all_users, effort: low, user_impact: none}
#   rationale: >-
#     The service knows that the file is malware and shows a warning; by default the warning can be clicked past.
#     One colleague who wants the document anyway starts what the scan had already stopped.
#   remediation: >-
#     SharePoint Online Management Shell: Set-SPOTenant -DisallowInfectedFileDownload $true. The SharePoint admin
#     center has no switch for it. Users can still delete the file; administrators get at it in Defender's
#     quarantine.
#   mappings:
#     cis_m365: ["7.3.1"]
#     mitre_attack: [T1204.002, T1080]
#     nist_800_53: [SI-3]
package tenantlint.checks.sharepoint.infected_files_stay

import data.tenantlint.lib.sharing
import rego.v1

findings contains finding if {
	some finding in sharing.switch({
		"admin": {"property": "DisallowInfectedFileDownload", "wanted": true},
		"about": "whether infected files can be downloaded",
		"observed": "People can download files in which malware was found.",
	})
}

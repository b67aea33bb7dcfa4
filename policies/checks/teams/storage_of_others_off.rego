# METADATA
# title: Teams opens no storage of others that is not approved
# description: >-
#   Looks at which storage services of third parties Teams lets people add to channels and chats. Services that the
#   organization has approved can be named in the parameter.
# related_resources:
#   - ref: https://learn.microsoft.com/microsoftteams/enable-features-office-365
#     description: Storage of third parties in Teams
#   - ref: https://learn.microsoft.com/powershell/module/microsoftteams/set-csteamsclientconfiguration
#     description: Set-CsTeamsClientConfiguration
# custom:
#   id: TM021
#   severity: low
#   requires: [teams_client_configuration]
#   tags: [teams, exfiltration]
#   bucket: situational
#   lenses: {risk_reduction: low, scope: all_users, effort: low, user_impact: low}
#   rationale: >-
#     A private storage folder in a channel is a way out for company files that no retention, audit or data loss
#     rule sees, and a way in for files that nothing scanned. It goes on after its owner has left.
#   remediation: >-
#     Teams admin center, Teams, Teams settings, Files: turn off Citrix files, DropBox, Box, Google Drive and Egnyte
#     (Set-CsTeamsClientConfiguration -AllowDropBox $false -AllowBox $false -AllowGoogleDrive $false -AllowShareFile
#     $false -AllowEgnyte $false).
#   parameters:
#     approved_services:
#       type: array
#       default: []
#       meaning: >-
#         services that people may use, of Box, Dropbox, Egnyte, Google Drive and ShareFile; empty, since none is
#         approved unless somebody has decided it
#   mappings:
#     prowler: [teams_external_file_sharing_restricted]
#     cis_m365: ["8.1.1"]
#     mitre_attack: [T1567.002]
#     nist_800_53: [AC-20]
package tenantlint.checks.teams.storage_of_others_off

import data.tenantlint.lib.settings
import data.tenantlint.lib.teams
import rego.v1

services := {
	"AllowBox": "Box",
	"AllowDropBox": "Dropbox",
	"AllowEgnyte": "Egnyte",
	"AllowGoogleDrive": "Google Drive",
	"AllowShareFile": "ShareFile",
}

approved := {lower(name) | some name in input.parameters.approved_services}

findings contains finding if {
	some property, service in services
	not lower(service) in approved
	some finding in settings.switch({
		"resource": teams.client_holder,
		"object": teams.client,
		"property": property,
		"wanted": false,
		"about": sprintf("whether Teams opens %s", [service]),
		"observed": sprintf("People can open and share files of %s in Teams.", [service]),
		"key": service,
	})
}

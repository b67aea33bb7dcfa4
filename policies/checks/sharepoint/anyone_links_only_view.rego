# METADATA
# title: Anyone links only view
# description: >-
#   Looks at what links to files and to folders may permit that open for anyone. A link to a folder that takes
#   uploads counts as one that changes. Not applicable where neither SharePoint nor OneDrive allows such links. Only
#   the SharePoint admin service tells it.
# related_resources:
#   - ref: https://learn.microsoft.com/sharepoint/turn-external-sharing-on-or-off
#     description: Sharing with people outside
#   - ref: https://learn.microsoft.com/powershell/module/sharepoint-online/set-spotenant
#     description: Set-SPOTenant
# custom:
#   id: SP006
#   severity: medium
#   requires: [sharepoint_tenant]
#   facts: [sharing]
#   tags: [sharing, links, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: sites, effort: low, user_impact: low}
#   rationale: >-
#     Whoever has an Anyone link acts without a name. If it edits, a stranger to whom it was passed on replaces an
#     invoice or drops malware into a folder of the organization, and the record of changes shows nobody.
#   remediation: >-
#     SharePoint admin center, Policies, Sharing, Choose expiration and permissions options for Anyone links: files
#     View, folders View (Set-SPOTenant -FileAnonymousLinkType View -FolderAnonymousLinkType View).
#   mappings:
#     scuba: [MS.SHAREPOINT.3.2v1]
#     mitre_attack: [T1080, T1565.001]
#     nist_800_53: [AC-6]
package tenantlint.checks.sharepoint.anyone_links_only_view

import data.tenantlint.lib.settings
import data.tenantlint.lib.sharing
import rego.v1

found := input.facts.sharing

not_applicable contains "Neither SharePoint nor OneDrive allows Anyone links." if found.anyone_links == false

kinds := {"FileAnonymousLinkType": "files", "FolderAnonymousLinkType": "folders"}

verdicts := sharing.where(
	{finding |
		some property, things in kinds
		some finding in settings.choice({
			"resource": found.resource,
			"object": sharing.admin,
			"property": property,
			"allowed": [1, "View"],
			"known": [1, 2, 3, "View", "Edit", "Upload"],
			"about": sprintf("what links to %s permit that open for anyone", [things]),
			"observed": sprintf("Links to %s that open for anyone let people change what is there.", [things]),
			"key": property,
		})
	},
	[{"holds": found.anyone_links, "unknown": sharing.level_unknown}],
)

findings contains finding if some finding in verdicts

findings contains finding if {
	count(verdicts) == 0
	some finding in sharing.lacking(["SharingCapability", "FileAnonymousLinkType", "FolderAnonymousLinkType"])
}

# METADATA
# title: The link that SharePoint offers first only views
# description: >-
#   Looks at what the link permits that the sharing dialog proposes when nothing else is chosen
#   (DefaultLinkPermission). Only the SharePoint admin service tells it. Without a choice of the tenant's own
#   SharePoint offers a link that edits. People can still give leave to edit.
# related_resources:
#   - ref: https://learn.microsoft.com/sharepoint/change-default-sharing-link
#     description: Changing the default link of sites
#   - ref: https://learn.microsoft.com/powershell/module/sharepoint-online/set-spotenant
#     description: Set-SPOTenant
# custom:
#   id: SP005
#   severity: low
#   requires: [sharepoint_tenant]
#   facts: [sharing]
#   tags: [sharing, links, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: low, scope: sites, effort: low, user_impact: low}
#   rationale: >-
#     People take the link that is offered. If it edits, everybody to whom it is passed on can change figures,
#     delete pages or plant a file with malware in a folder that others trust; most of them only meant to read.
#   remediation: >-
#     SharePoint admin center, Policies, Sharing, File and folder links: Choose the permission that's selected by
#     default: View (Set-SPOTenant -DefaultLinkPermission View).
#   mappings:
#     scuba: [MS.SHAREPOINT.2.2v1]
#     cis_m365: ["7.2.11"]
#     mitre_attack: [T1080, T1565.001]
#     nist_800_53: [AC-6]
package tenantlint.checks.sharepoint.default_link_only_views

import data.tenantlint.lib.settings
import data.tenantlint.lib.sharing
import rego.v1

found := input.facts.sharing

words := {"edit": "lets people edit", "none": "permits what SharePoint chooses, which is to edit"}

permits := words[found.default_link_permission] if {
	found.default_link_permission in object.keys(words)
} else := "is not for viewing only"

findings contains finding if {
	some finding in settings.choice({
		"resource": found.resource,
		"object": sharing.admin,
		"property": "DefaultLinkPermission",
		"allowed": [1, "View"],
		"known": [0, 1, 2, "None", "View", "Edit"],
		"about": "what the link permits that is offered first",
		"observed": sprintf("The link that is offered first %s.", [permits]),
		"key": "default permission",
	})
}

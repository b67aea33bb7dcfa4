# METADATA
# title: The link that SharePoint offers first is for specific people
# description: >-
#   Looks at the kind of link that the sharing dialog proposes when nothing else is chosen (DefaultSharingLinkType).
#   Only the SharePoint admin service tells it. `none` stands for SharePoint's own choice, which is a link for
#   everyone in the organization, or for anyone where such links are allowed. A value that is absent leaves the
#   verdict open.
# related_resources:
#   - ref: https://learn.microsoft.com/sharepoint/change-default-sharing-link
#     description: Changing the default link of sites
#   - ref: https://learn.microsoft.com/powershell/module/sharepoint-online/set-spotenant
#     description: Set-SPOTenant -DefaultSharingLinkType
# custom:
#   id: SP003
#   severity: medium
#   requires: [sharepoint_tenant]
#   refines: [sharepoint_settings]
#   facts: [sharing]
#   tags: [sharing, links, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: sites, effort: low, user_impact: low}
#   rationale: >-
#     People take the link that is offered. If that is one for the whole organization, salaries and contracts end up
#     readable for everybody who comes across the address, for a thief of any one account, and for Copilot and
#     search, which respect exactly these permissions.
#   remediation: >-
#     SharePoint admin center, Policies, Sharing, File and folder links: Specific people, or Set-SPOTenant
#     -DefaultSharingLinkType Direct. People can still choose another kind of link; sites may have their own default
#     (Set-SPOSite -DefaultSharingLinkType).
#   parameters:
#     accepted_types:
#       type: array
#       default: [direct]
#       meaning: >-
#         kinds of link that may be offered first: direct (specific people), internal (everyone in the organization),
#         anonymousAccess; the default grants no more than the sender means
#   mappings:
#     scuba: [MS.SHAREPOINT.2.1v1]
#     cis_m365: ["7.2.7"]
#     maester: [CISA.MS.SHAREPOINT.2.1]
#     mitre_attack: [T1213.002]
#     nist_800_53: [AC-6]
package tenantlint.checks.sharepoint.default_link_for_specific_people

import data.tenantlint.lib.sharing
import rego.v1

settings := input.facts.sharing

type := settings.default_link_type

people := {
	"none": "whomever SharePoint chooses",
	"direct": "specific people",
	"internal": "everyone in the organization",
	"anonymousAccess": "anyone who has it",
}

evidence := {
	"DefaultSharingLinkType": type,
	"DefaultLinkPermission": settings.default_link_permission,
	"sharing_capability": settings.sharing_capability,
}

findings contains sharing.finding(settings, "default link", message, [], evidence) if {
	type != null
	not type in input.parameters.accepted_types
	message := sprintf("The link that is offered first is for %s.", [people[type]])
}

findings contains sharing.finding(settings, "default link", message, [unknown], evidence) if {
	type == null
	unknown := "the default link type"
	message := "The snapshot does not tell for whom the link is that is offered first."
}

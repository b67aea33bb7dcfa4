# METADATA
# title: SharePoint and OneDrive share no further than the level that the organization allows
# description: >-
#   Compares the sharing level of SharePoint and of OneDrive for the whole tenant with the most open level that the
#   parameters permit. Graph knows only SharePoint's level; since OneDrive cannot be set above it, a permitted level
#   of SharePoint covers an unknown one of OneDrive. An unknown level of SharePoint leaves the verdict open. Sites
#   may be set stricter than the tenant, never more open.
# related_resources:
#   - ref: https://learn.microsoft.com/sharepoint/turn-external-sharing-on-or-off
#     description: The four sharing levels
#   - ref: https://learn.microsoft.com/powershell/module/sharepoint-online/set-spotenant
#     description: Set-SPOTenant -SharingCapability and -OneDriveSharingCapability
# custom:
#   id: SP001
#   severity: high
#   requires: [sharepoint_tenant|sharepoint_settings]
#   facts: [sharing]
#   tags: [sharing, guests, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: sites, effort: low, user_impact: medium}
#   rationale: >-
#     At the level Anyone a link is the only key: whoever is forwarded it reads the file without signing in, and
#     nobody learns who did. At New and existing guests every member of staff can bring outsiders into the
#     directory. Limiting new guests to those whom a governed process has invited keeps the circle known.
#   remediation: >-
#     SharePoint admin center, Policies, Sharing: move both sliders to Existing guests or stricter, or Set-SPOTenant
#     -SharingCapability ExistingExternalUserSharingOnly -OneDriveSharingCapability ExistingExternalUserSharingOnly.
#     Find out first which Anyone links are in use; they stop working. Where business needs a more open level, set
#     the parameter and record the decision.
#   parameters:
#     most_open_level:
#       type: string
#       default: existingExternalUserSharingOnly
#       meaning: >-
#         the most open level permitted for SharePoint, from strict to open: disabled,
#         existingExternalUserSharingOnly, externalUserSharingOnly, externalUserAndGuestSharing; the default keeps
#         invitations out of the hands of every file owner
#     most_open_onedrive_level:
#       type: string
#       default: existingExternalUserSharingOnly
#       meaning: the same for OneDrive, where personal work files lie
#   mappings:
#     scuba: [MS.SHAREPOINT.1.1v1, MS.SHAREPOINT.1.2v1]
#     cis_m365: ["7.2.3", "7.2.4"]
#     maester: [CISA.MS.SHAREPOINT.1.1, CISA.MS.SHAREPOINT.1.2]
#     prowler: [sharepoint_external_sharing_restricted]
#     mitre_attack: [T1213.002, T1567]
#     nist_800_53: [AC-2, AC-3, IA-8]
package tenantlint.checks.sharepoint.external_sharing_limited

import data.tenantlint.lib.sharing
import rego.v1

settings := input.facts.sharing

services := {
	"SharePoint": {
		"level": settings.sharing_capability,
		"permitted": permitted("most_open_level"),
		"property": "SharingCapability",
	},
	"OneDrive": {
		"level": settings.onedrive_sharing_capability,
		"permitted": permitted("most_open_onedrive_level"),
		"property": "OneDriveSharingCapability",
	},
}

# A level that does not exist permits nothing.
permitted(name) := object.get(sharing.ranks, object.get(input.parameters, name, ""), -1)

findings contains sharing.finding(settings, service, message, [], evidence) if {
	some service, told in services
	told.level != null
	sharing.ranks[told.level] > told.permitted
	message := sprintf("%s may be shared with %s.", [service, sharing.words[told.level]])
	evidence := {"setting": told.property, "value": told.level}
}

findings contains sharing.finding(settings, service, message, [unknown], evidence) if {
	some service, told in services
	told.level == null
	not bounded(service)
	unknown := sprintf("the sharing level of %s", [service])
	message := sprintf("The snapshot does not tell with whom %s may be shared.", [service])
	evidence := {"setting": told.property, "value": null}
}

# OneDrive is never more open than SharePoint.
bounded("OneDrive") if {
	settings.sharing_capability != null
	sharing.ranks[settings.sharing_capability] <= services.OneDrive.permitted
}

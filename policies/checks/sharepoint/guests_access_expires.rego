# METADATA
# title: Guests' access to sites and files ends by itself
# description: >-
#   Looks at whether the access of guests to a site or OneDrive ends unless its owner renews it, and after how many
#   days. Not applicable where nothing is shared with people outside. Only the SharePoint admin service tells it.
# related_resources:
#   - ref: https://learn.microsoft.com/sharepoint/external-sharing-overview
#     description: Sharing with people outside
#   - ref: https://learn.microsoft.com/powershell/module/sharepoint-online/set-spotenant
#     description: Set-SPOTenant
# custom:
#   id: SP010
#   severity: low
#   requires: [sharepoint_tenant]
#   facts: [sharing]
#   tags: [sharing, guests]
#   bucket: foundational
#   lenses: {risk_reduction: low, scope: guests, effort: low, user_impact: low}
#   rationale: >-
#     Projects end, and nobody takes the guests out of the site. Years later a mailbox at a former partner is broken
#     into and still opens the folder; its owner has long forgotten that it was shared.
#   remediation: >-
#     SharePoint admin center, Policies, Sharing, More external sharing settings: Guest access to a site or OneDrive
#     will expire automatically after this many days: 30 (Set-SPOTenant -ExternalUserExpirationRequired $true
#     -ExternalUserExpireInDays 30). Owners of sites are told in time and can renew it.
#   parameters:
#     max_days:
#       type: integer
#       default: 30
#       meaning: >-
#         the longest time in days for which a guest has access without being renewed; owners renew in one click
#         what is still in use
#   mappings:
#     cis_m365: ["7.2.9"]
#     mitre_attack: [T1078.004, T1213.002]
#     nist_800_53: ["AC-2(3)"]
package tenantlint.checks.sharepoint.guests_access_expires

import data.tenantlint.lib.settings
import data.tenantlint.lib.sharing
import rego.v1

shared := sharing.shares_outside(input.facts.sharing)

not_applicable contains sharing.nothing_shared if shared == false

required := sharing.switch({
	"admin": {"property": "ExternalUserExpirationRequired", "wanted": true},
	"about": "whether guests' access ends",
	"observed": "Guests' access to sites and files never ends by itself.",
	"key": "required",
})

expiring := settings.within({
	"resource": sharing.admin_holder,
	"object": sharing.admin,
	"property": "ExternalUserExpireInDays",
	"most": input.parameters.max_days,
	"about": "after how many days guests' access ends",
	"observed": sprintf("Guests' access to sites and files ends only after %v days; %d are permitted.", [
		settings.value(sharing.admin, "ExternalUserExpireInDays"),
		input.parameters.max_days,
	]),
	"key": "days",
}) if {
	count(required) == 0
} else := set()

findings contains finding if {
	some finding in sharing.where(required | expiring, [{"holds": shared, "unknown": sharing.level_unknown}])
}

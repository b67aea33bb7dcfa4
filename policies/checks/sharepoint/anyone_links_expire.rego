# METADATA
# title: Anyone links expire
# description: >-
#   Looks at the number of days after which links that need no sign-in stop working. Not applicable where neither
#   SharePoint nor OneDrive allows such links. Graph does not tell the expiry: with Graph's settings alone the
#   verdict stays open. -1, 0 and no value in the admin center mean that links never expire.
# related_resources:
#   - ref: https://learn.microsoft.com/sharepoint/turn-external-sharing-on-or-off
#     description: Sharing levels and the expiry of Anyone links
#   - ref: https://learn.microsoft.com/powershell/module/sharepoint-online/set-spotenant
#     description: Set-SPOTenant -RequireAnonymousLinksExpireInDays
# custom:
#   id: SP002
#   severity: medium
#   requires: [sharepoint_tenant|sharepoint_settings]
#   facts: [sharing]
#   tags: [sharing, links, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: sites, effort: low, user_impact: low}
#   rationale: >-
#     A link that opens for anyone is passed on in mail threads, chats and browser histories long after its purpose
#     is gone. Without an expiry each one is a permanent, unlogged door to the file; old links are what leaks when
#     a partner's mailbox is broken into.
#   remediation: >-
#     SharePoint admin center, Policies, Sharing, Choose expiration and permissions options for Anyone links: these
#     links must expire within 30 days, or Set-SPOTenant -RequireAnonymousLinksExpireInDays 30. Existing links take
#     the new limit from then on.
#   parameters:
#     max_days:
#       type: integer
#       default: 30
#       meaning: the longest life of an Anyone link in days; 30 covers one exchange of documents with a partner
#   mappings:
#     scuba: [MS.SHAREPOINT.3.1v1]
#     maester: [CISA.MS.SHAREPOINT.3.1]
#     mitre_attack: [T1213.002, T1567]
#     nist_800_53: [AC-3, AC-21b]
package tenantlint.checks.sharepoint.anyone_links_expire

import data.tenantlint.lib.sharing
import rego.v1

settings := input.facts.sharing

not_applicable contains "Neither SharePoint nor OneDrive allows Anyone links." if settings.anyone_links == false

evidence := {
	"RequireAnonymousLinksExpireInDays": settings.anonymous_link_expiry_days,
	"sharing_capability": settings.sharing_capability,
	"onedrive_sharing_capability": settings.onedrive_sharing_capability,
}

# Whether such links exist at all: without the sharing level the verdict hangs on it.
unknown_level := ["the sharing level of SharePoint"] if {
	settings.anyone_links == null
} else := []

findings contains sharing.finding(settings, "expiry", message, unknown_level, evidence) if {
	settings.anyone_links != false
	settings.anonymous_link_expiry_days == 0
	message := "Links that open for anyone never expire."
}

findings contains sharing.finding(settings, "expiry", message, unknown_level, evidence) if {
	settings.anyone_links != false
	days := settings.anonymous_link_expiry_days
	most := input.parameters.max_days
	days > most
	message := sprintf("Links that open for anyone work for %d days; %d are permitted.", [days, most])
}

findings contains sharing.finding(settings, "expiry", message, depends_on, evidence) if {
	settings.anyone_links != false
	settings.anonymous_link_expiry_days == null
	depends_on := array.concat(["the expiry of Anyone links"], unknown_level)
	message := "The snapshot does not tell when links that open for anyone expire."
}

findings contains sharing.finding(settings, "expiry", message, unknown_level, evidence) if {
	settings.anyone_links == null
	days := settings.anonymous_link_expiry_days
	days > 0
	days <= input.parameters.max_days
	message := "The snapshot does not tell whether links that open for anyone are allowed."
}

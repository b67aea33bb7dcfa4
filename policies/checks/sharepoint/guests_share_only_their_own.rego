# METADATA
# title: Guests pass on only what they own
# description: >-
#   Looks at whether guests can share files and sites that others own. Not applicable where nothing is shared with
#   people outside.
# related_resources:
#   - ref: https://learn.microsoft.com/sharepoint/turn-external-sharing-on-or-off
#     description: Sharing with people outside
#   - ref: https://learn.microsoft.com/graph/api/resources/sharepointsettings
#     description: sharepointSettings in Graph
# custom:
#   id: SP008
#   severity: medium
#   requires: [sharepoint_tenant|sharepoint_settings]
#   facts: [sharing]
#   tags: [sharing, guests, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: guests, effort: low, user_impact: low}
#   rationale: >-
#     A guest was let in by somebody who knows them. Where guests pass on what they were shown, a partner's
#     employee, or a thief of that account, decides who else reads it, and the organization learns of it last.
#   remediation: >-
#     SharePoint admin center, Policies, Sharing, More external sharing settings: Allow guests to share items they
#     don't own off (Set-SPOTenant -PreventExternalUsersFromResharing $true; Graph isResharingByExternalUsersEnabled
#     false).
#   mappings:
#     prowler: [sharepoint_guest_sharing_restricted]
#     secure_score: [spo_external_users_sharing]
#     cis_m365: ["7.2.5"]
#     mitre_attack: [T1213.002]
#     nist_800_53: [AC-3, AC-21]
package tenantlint.checks.sharepoint.guests_share_only_their_own

import data.tenantlint.lib.sharing
import rego.v1

shared := sharing.shares_outside(input.facts.sharing)

not_applicable contains sharing.nothing_shared if shared == false

verdicts := sharing.switch({
	"admin": {"property": "PreventExternalUsersFromResharing", "wanted": true},
	"graph": {"property": "isResharingByExternalUsersEnabled", "wanted": false},
	"about": "whether guests pass on what they do not own",
	"observed": "Guests can share files and sites that others own.",
})

findings contains finding if {
	some finding in sharing.where(verdicts, [{"holds": shared, "unknown": sharing.level_unknown}])
}

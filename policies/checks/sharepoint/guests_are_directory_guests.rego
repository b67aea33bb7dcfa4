# METADATA
# title: Sharing makes guests of the directory, whom policies reach
# description: >-
#   Looks at whether people outside with whom files are shared become guests of the directory
#   (EnableAzureADB2BIntegration). Not applicable where nothing is shared with people outside. Only the SharePoint
#   admin service tells it.
# related_resources:
#   - ref: https://learn.microsoft.com/sharepoint/sharepoint-azureb2b-integration
#     description: SharePoint and the directory's guests
#   - ref: https://learn.microsoft.com/powershell/module/sharepoint-online/set-spotenant
#     description: Set-SPOTenant
# custom:
#   id: SP011
#   severity: medium
#   requires: [sharepoint_tenant]
#   facts: [sharing]
#   tags: [sharing, guests, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: guests, effort: low, user_impact: low}
#   rationale: >-
#     People who come with SharePoint's own code have no account: no Conditional Access, no second factor, no access
#     review and no rule of cross-tenant access applies to them. As guests of the directory they are seen,
#     questioned and removed like everybody else.
#   remediation: >-
#     SharePoint Online Management Shell: Set-SPOTenant -EnableAzureADB2BIntegration $true; Entra admin center,
#     External Identities, All identity providers: Email one-time passcode for guests on. Those who have a code
#     already go on with it until the file is shared again.
#   mappings:
#     cis_m365: ["7.2.2"]
#     mitre_attack: [T1078.004]
#     nist_800_53: [IA-8, AC-2]
package tenantlint.checks.sharepoint.guests_are_directory_guests

import data.tenantlint.lib.sharing
import rego.v1

shared := sharing.shares_outside(input.facts.sharing)

not_applicable contains sharing.nothing_shared if shared == false

verdicts := sharing.switch({
	"admin": {"property": "EnableAzureADB2BIntegration", "wanted": true},
	"about": "whether sharing makes guests of the directory",
	"observed": "People with whom files are shared get codes of SharePoint's own, past the directory and its policies.",
})

findings contains finding if {
	some finding in sharing.where(verdicts, [{"holds": shared, "unknown": sharing.level_unknown}])
}

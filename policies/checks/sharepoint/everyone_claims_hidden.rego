# METADATA
# title: People cannot choose Everyone when they share
# description: >-
#   Looks at whether the groups Everyone, All Users and Everyone except external users are offered when people share
#   a file or a site. Hiding them does not take back what was shared so before. Only the SharePoint admin service
#   tells it.
# related_resources:
#   - ref: https://learn.microsoft.com/sharepoint/dev/solution-guidance/everyone-except-external-users
#     description: Who Everyone is
#   - ref: https://learn.microsoft.com/powershell/module/sharepoint-online/set-spotenant
#     description: Set-SPOTenant
# custom:
#   id: SP017
#   severity: low
#   requires: [sharepoint_tenant]
#   tags: [sharing, strict]
#   bucket: situational
#   lenses: {risk_reduction: medium, scope: sites, effort: low, user_impact: low}
#   rationale: >-
#     Everyone is one click away and sounds like the team. What is shared so turns up in the search, and in
#     Copilot's answers, of every member of staff, and of every thief of one account.
#   remediation: >-
#     SharePoint Online Management Shell: Set-SPOTenant -ShowEveryoneClaim $false -ShowAllUsersClaim $false
#     -ShowEveryoneExceptExternalUsersClaim $false. The SharePoint admin center shows what was shared so before
#     under Reports, Data access governance.
#   mappings:
#     mitre_attack: [T1213.002]
#     nist_800_53: [AC-6]
package tenantlint.checks.sharepoint.everyone_claims_hidden

import data.tenantlint.lib.sharing
import rego.v1

claims := {
	"ShowEveryoneClaim": "Everyone",
	"ShowAllUsersClaim": "All Users",
	"ShowEveryoneExceptExternalUsersClaim": "Everyone except external users",
}

findings contains finding if {
	some property, claim in claims
	some finding in sharing.switch({
		"admin": {"property": property, "wanted": false},
		"about": sprintf("whether people can choose \"%s\" when they share", [claim]),
		"observed": sprintf("People can choose \"%s\" when they share.", [claim]),
		"key": property,
	})
}

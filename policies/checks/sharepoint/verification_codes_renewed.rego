# METADATA
# title: People who sign in with a verification code prove themselves again within a month
# description: >-
#   Looks at whether people outside who open files with a code sent by mail are asked for another one, and after how
#   many days. Not applicable where nothing is shared outside, and where sharing makes guests of the directory
#   (EnableAzureADB2BIntegration), whose codes and sessions are the directory's. Only the SharePoint admin service
#   tells it.
# related_resources:
#   - ref: https://learn.microsoft.com/sharepoint/turn-external-sharing-on-or-off
#     description: Sharing with people outside
#   - ref: https://learn.microsoft.com/sharepoint/what-s-new-in-sharing-in-targeted-release
#     description: Sharing with a verification code
# custom:
#   id: SP007
#   severity: low
#   requires: [sharepoint_tenant]
#   facts: [sharing]
#   tags: [sharing, guests]
#   bucket: foundational
#   lenses: {risk_reduction: low, scope: guests, effort: low, user_impact: low}
#   rationale: >-
#     A code proves that somebody reads a mailbox today. People change their employer and lose their mailbox;
#     without another code the browser in which they once opened the file goes on opening it, for them and for
#     whoever has the computer.
#   remediation: >-
#     SharePoint admin center, Policies, Sharing, More external sharing settings: People who use a verification code
#     must reauthenticate after this many days: 30 (Set-SPOTenant -EmailAttestationRequired $true
#     -EmailAttestationReAuthDays 30).
#   parameters:
#     max_days:
#       type: integer
#       default: 30
#       meaning: >-
#         the longest time in days for which a code is good; a month is about as long as a mailbox outlives its
#         owner
#   mappings:
#     scuba: [MS.SHAREPOINT.3.3v2]
#     cis_m365: ["7.2.10"]
#     mitre_attack: [T1078, T1213.002]
#     nist_800_53: [IA-11]
package tenantlint.checks.sharepoint.verification_codes_renewed

import data.tenantlint.lib.settings
import data.tenantlint.lib.sharing
import rego.v1

shared := sharing.shares_outside(input.facts.sharing)

integrated := settings.truth(settings.value(sharing.admin, "EnableAzureADB2BIntegration"))

not_applicable contains sharing.nothing_shared if shared == false

not_applicable contains "People with a code are guests of the directory, which renews their sign-in." if {
	integrated == true
}

asked(property, about, observed) := {
	"resource": sharing.admin_holder,
	"object": sharing.admin,
	"property": property,
	"about": about,
	"observed": observed,
	"key": property,
}

required := settings.switch(object.union(
	asked(
		"EmailAttestationRequired",
		"whether people with a code prove themselves again",
		"People who opened a file with a code once are never asked for another.",
	),
	{"wanted": true},
))

days := settings.value(sharing.admin, "EmailAttestationReAuthDays")

renewed := settings.within(object.union(
	asked(
		"EmailAttestationReAuthDays",
		"after how many days people with a code prove themselves again",
		sprintf("People with a code prove themselves again only after %v days; %d are permitted.", [
			days,
			input.parameters.max_days,
		]),
	),
	{"most": input.parameters.max_days},
)) if {
	count([one | some one in required; one.depends_on == []]) == 0
} else := set()

verdicts := sharing.where(required | renewed, [
	{"holds": shared, "unknown": sharing.level_unknown},
	{"holds": used, "unknown": "EnableAzureADB2BIntegration"},
])

# Whether SharePoint's own codes are in use; an object that does not tell of the directory's leaves it open.
used := false if {
	integrated == true
} else if {
	integrated == false
} else := null

findings contains finding if some finding in verdicts

findings contains finding if {
	count(verdicts) == 0
	some finding in sharing.lacking([
		"SharingCapability",
		"EmailAttestationRequired",
		"EmailAttestationReAuthDays",
	])
}

# METADATA
# title: Files are shared with listed domains, or by named groups, only
# description: >-
#   Looks at whether sharing with people outside is limited to listed domains, or to members of named security
#   groups, for the whole tenant. A list of blocked domains leaves every other one open and does not count unless
#   the parameter accepts it. Not applicable where nothing is shared with people outside. Graph does not tell the
#   groups.
# related_resources:
#   - ref: https://learn.microsoft.com/sharepoint/restricted-domains-sharing
#     description: Sharing by domain
#   - ref: https://learn.microsoft.com/sharepoint/manage-security-groups
#     description: Sharing by security groups
# custom:
#   id: SP004
#   severity: medium
#   requires: [sharepoint_tenant|sharepoint_settings]
#   facts: [sharing]
#   tags: [sharing, guests]
#   bucket: situational
#   lenses: {risk_reduction: medium, scope: sites, effort: medium, user_impact: medium}
#   rationale: >-
#     Without a list every member of staff chooses alone who is a partner. A file goes to a private mailbox or to a
#     domain one letter off as easily as to a customer, and nobody else sees the address.
#   remediation: >-
#     SharePoint admin center, Policies, Sharing, More external sharing settings: Limit external sharing by domain,
#     Allow only specific domains (Set-SPOTenant -SharingDomainRestrictionMode AllowList -SharingAllowedDomainList
#     "partner.example"), or Allow only users in specific security groups to share externally. Graph:
#     sharingDomainRestrictionMode.
#   parameters:
#     accepted_restrictions:
#       type: array
#       default: ["allowList"]
#       meaning: >-
#         restrictions that will do: allowList, or blockList, too; a block list is always behind those who register
#         new domains
#   mappings:
#     scuba: [MS.SHAREPOINT.1.3v1]
#     prowler: [sharepoint_external_sharing_managed]
#     secure_score: [spo_external_sharing_managed]
#     cis_m365: ["7.2.6"]
#     mitre_attack: [T1567, T1213.002]
#     nist_800_53: ["AC-3", "AC-6(10)"]
package tenantlint.checks.sharepoint.sharing_domains_listed

import data.tenantlint.lib.findings as results
import data.tenantlint.lib.settings
import data.tenantlint.lib.sharing
import rego.v1

restriction := input.facts.sharing.domain_restriction

shared := sharing.shares_outside(input.facts.sharing)

groups_named if {
	listed := settings.value(sharing.admin, "GuestSharingGroupAllowListInTenant")
	regex.match(`<ace[ />]`, results.text(listed, ""))
}

not_applicable contains sharing.nothing_shared if shared == false

# A list of blocked domains that is empty blocks nothing.
state := "good" if {
	groups_named
} else := "bad" if {
	restriction.mode == "blockList"
	count(restriction.blocked) == 0
} else := "good" if {
	restriction.mode in input.parameters.accepted_restrictions
} else := "unknown" if {
	restriction.mode == null
} else := "bad"

observed := sprintf("Files can be shared with every domain but %s.", [
	results.counted(count(restriction.blocked), "blocked one", "blocked ones"),
]) if {
	restriction.mode == "blockList"
	count(restriction.blocked) > 0
} else := "Files can be shared with every domain, by everybody who may share with people outside."

verdicts := sharing.where(
	settings.verdict(
		{
			"resource": input.facts.sharing.resource,
			"object": restriction,
			"property": "mode",
			"about": "with which domains files can be shared",
			"observed": observed,
			"evidence": {"source": input.facts.sharing.source, "blocked": restriction.blocked},
			"key": "domains",
		},
		state,
	),
	[{"holds": shared, "unknown": sharing.level_unknown}],
)

findings contains finding if some finding in verdicts

findings contains finding if {
	count(verdicts) == 0
	some finding in sharing.lacking(["SharingCapability", "SharingDomainRestrictionMode"])
}

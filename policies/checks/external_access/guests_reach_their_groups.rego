# METADATA
# title: Guests reach the content of the groups that they were added to
# description: >-
#   Reads whether guests have access to the content of Microsoft 365 groups that they are members of
#   (AllowGuestsToAccessGroups of the directory setting Group.Unified). EIDSCA asks for it, since collaboration that is
#   cut off here goes on in private accounts. A tenant that wants no guests is better served by who may invite them.
#   Where the tenant set nothing, Microsoft's default holds: they have access.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/users/groups-settings-cmdlets
#     description: Settings of Microsoft 365 groups
# custom:
#   id: EA005
#   severity: low
#   requires: [group_settings]
#   tags: [guests, groups, external-access, peer-only]
#   bucket: situational
#   lenses: {risk_reduction: low, scope: guests, effort: low, user_impact: medium}
#   rationale: >-
#     Guests who are shown as members and see nothing are a fault that people work around: they send the files by mail
#     or share them with an anonymous link, where no review, no expiry and no policy for guests reaches them any more.
#   remediation: >-
#     Microsoft 365 admin center > Settings > Org settings > Microsoft 365 Groups: let guest group members access group
#     content. In Graph: AllowGuestsToAccessGroups "true" in the directory setting Group.Unified
#     (PATCH /groupSettings/{id}, Update-MgGroupSetting).
#   mappings:
#     eidsca: [ST09]
#     mitre_attack: [T1567]
package tenantlint.checks.external_access.guests_reach_their_groups

import data.tenantlint.lib.directory_settings
import rego.v1

findings contains finding if {
	some finding in directory_settings.switch("Group.Unified", "AllowGuestsToAccessGroups", {
		"wanted": true,
		"observed": "Guests have no access to the content of groups that they are members of.",
		"about": "whether guests have access to the content of their groups",
	})
}

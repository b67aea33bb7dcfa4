# METADATA
# title: Guests do not own groups
# description: >-
#   Reads whether a guest may be made the owner of a Microsoft 365 group or team (AllowGuestsToBeGroupOwner of the
#   directory setting Group.Unified). Where the tenant set nothing, Microsoft's default holds: they may not.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/users/groups-settings-cmdlets
#     description: Settings of Microsoft 365 groups
# custom:
#   id: EA004
#   severity: medium
#   requires: [group_settings]
#   tags: [guests, groups, external-access, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: guests, effort: low, user_impact: low}
#   rationale: >-
#     The owner of a group decides who is in it, and with that who reads its mail, files and chats. As a guest that
#     person answers to another organization, whose protection of the account nobody here controls; one account taken
#     over there adds whomever the attacker likes, here.
#   remediation: >-
#     There is no switch in the Microsoft 365 admin center. In Graph: set AllowGuestsToBeGroupOwner to "false" in the
#     directory setting Group.Unified (PATCH /groupSettings/{id}, Update-MgGroupSetting), and give groups that
#     guests own an owner from inside: Entra admin center > Entra ID > Groups.
#   mappings:
#     eidsca: [ST08]
#     mitre_attack: [T1098, T1199]
package tenantlint.checks.external_access.guests_own_no_groups

import data.tenantlint.lib.directory_settings
import rego.v1

findings contains finding if {
	some finding in directory_settings.switch("Group.Unified", "AllowGuestsToBeGroupOwner", {
		"wanted": false,
		"observed": "Guests may own Microsoft 365 groups and teams.",
		"about": "whether guests may own groups",
	})
}

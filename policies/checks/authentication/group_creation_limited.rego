# METADATA
# title: Only chosen people create Microsoft 365 groups and teams
# description: >-
#   Looks at EnableGroupCreation of the directory setting Group.Unified. With it off, only the members of the group in
#   GroupCreationAllowedGroupId, and administrators, create groups. A tenant without the setting has Microsoft's
#   default: everybody creates them.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/microsoft-365/solutions/manage-creation-of-groups
#     description: Who creates Microsoft 365 groups
#   - ref: https://learn.microsoft.com/en-us/graph/api/resources/groupsetting
#     description: groupSetting in Microsoft Graph
# custom:
#   id: AU035
#   severity: low
#   requires: [group_settings]
#   tags: [groups, strict]
#   bucket: situational
#   lenses: {risk_reduction: low, scope: all_users, effort: low, user_impact: medium}
#   rationale: >-
#     Each group brings a mailbox, a site and often a team, whose owner invites whom he likes. Where everybody makes
#     them, nobody knows which of them hold what, and an attacker with any account makes one that looks official and
#     invites colleagues and guests.
#   remediation: >-
#     Not in the portal (Entra admin center). In Graph: PATCH /groupSettings/{id} of Group.Unified with
#     EnableGroupCreation "false" and GroupCreationAllowedGroupId, the id of a group whose members may create groups.
#   mappings:
#     maester: [MT.1055]
#     prowler: [entra_policy_default_user_cannot_create_m365_groups]
#     nist_800_53: [AC-6(10)]
package tenantlint.checks.authentication.group_creation_limited

import data.tenantlint.lib.directory_settings
import rego.v1

findings contains finding if {
	some finding in directory_settings.switch("Group.Unified", "EnableGroupCreation", {
		"wanted": false,
		"about": "whether everybody creates Microsoft 365 groups",
		"observed": "Everybody creates Microsoft 365 groups and teams.",
	})
}

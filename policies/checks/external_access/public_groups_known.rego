# METADATA
# title: Microsoft 365 groups that everybody can read are known
# description: >-
#   Looks at the visibility of every Microsoft 365 group, Teams among them. A public one is a finding unless the
#   parameter names it. Groups whose visibility the snapshot does not tell leave the verdict open.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/microsoft-365/admin/create-groups/manage-groups
#     description: Groups and their privacy
#   - ref: https://learn.microsoft.com/en-us/graph/api/resources/group
#     description: group in Microsoft Graph (visibility)
# custom:
#   id: EA013
#   severity: medium
#   requires: [public_groups]
#   raw: [public_groups]
#   tags: [groups, sharing, situational]
#   bucket: situational
#   lenses: {risk_reduction: medium, scope: all_users, effort: low, user_impact: low}
#   rationale: >-
#     Whoever has an account finds and reads the files, mail and chats of a public group, and joins it without being
#     asked for. One account that an attacker took over is then enough to look through all of them. People who make a
#     team seldom know that public means everybody in the organization.
#   remediation: >-
#     Microsoft 365 admin center > Teams & groups > Active teams & groups > the group > Settings > Privacy: Private
#     (Set-UnifiedGroup -AccessType Private; in Graph PATCH /groups/{id} with visibility Private). Name those that
#     are meant for everybody in the parameter.
#   parameters:
#     permitted_groups:
#       type: array
#       default: []
#       meaning: >-
#        Groups (name, id or mail address) that are meant for everybody. None by default, since only you know which
#        were made public on purpose.
#   mappings:
#     prowler: [admincenter_groups_not_public_visibility]
#     secure_score: [aad_managed_approved_public_groups_only]
#     cis_m365: ["1.2.1"]
#     mitre_attack: [T1213.002, T1530]
#     nist_800_53: [AC-3]
package tenantlint.checks.external_access.public_groups_known

import data.tenantlint.lib.findings as lib
import data.tenantlint.lib.settings
import rego.v1

findings contains finding if {
	some group in lib.collection("public_groups")
	not permitted(group)
	some finding in settings.choice({
		"resource": lib.resource(
			"publicGroup",
			lib.text(object.get(group, "id", null), object.get(group, "displayName", null)),
			object.get(group, "displayName", null),
		),
		"object": group,
		"property": "visibility",
		"evidence": {"displayName": object.get(group, "displayName", null), "mail": object.get(group, "mail", null)},
		"allowed": ["Private", "HiddenMembership"],
		"known": ["Public"],
		"about": "who can read the group",
		"observed": "Everybody in the organization can read the group and join it.",
	})
}

permitted(group) if {
	some one in input.parameters.permitted_groups
	is_string(one)
	some name in ["id", "displayName", "mail"]
	lower(one) == lower(lib.text(object.get(group, name, null), " "))
}

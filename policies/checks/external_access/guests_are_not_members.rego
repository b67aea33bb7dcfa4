# METADATA
# title: No outsider's account has been made a member
# description: >-
#   Looks for enabled accounts that came by invitation (#EXT# in the user principal name) and are members, not
#   guests. Tenants of one organization that synchronize their users make such members on purpose: name their domains
#   in the parameter.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/external-id/user-properties
#     description: Properties of a B2B collaboration user
# custom:
#   id: EA014
#   severity: medium
#   requires: [users]
#   facts: [guests]
#   tags: [guests, external-access, strict]
#   bucket: situational
#   lenses: {risk_reduction: medium, scope: guests, effort: low, user_impact: medium}
#   rationale: >-
#     What guests may not see, members may: the whole directory, groups that are open to everybody, files shared with
#     the organization. Policies that name guests do not reach such an account, while its password and its second
#     factor are still in another organization's hands.
#   remediation: >-
#     Entra admin center > Entra ID > Users > the user > Properties > User type: Guest. In Graph: PATCH /users/{id}
#     {"userType": "Guest"}, or Update-MgUser -UserType Guest.
#   parameters:
#     permitted_domains:
#       type: array
#       default: []
#       meaning: >-
#        Domains of mail addresses whose accounts may be members. None by default, since each is a decision that
#        should be written down.
#   mappings:
#     mitre_attack: [T1078.004, T1098]
package tenantlint.checks.external_access.guests_are_not_members

import data.tenantlint.lib.findings as lib
import rego.v1

permitted := {lower(domain) | some domain in input.parameters.permitted_domains; is_string(domain)}

members := [one | some one in input.facts.guests.members; not one.domain in permitted]

findings contains finding if {
	count(members) > 0
	finding := {
		"resource": lib.tenant,
		"message": sprintf("%s of outsiders: %s.", [
			lib.counted(count(members), "member account is", "member accounts are"),
			lib.named([one.name | some one in members]),
		]),
		"evidence": {"domains": sort({one.domain | some one in members}), "permitted": input.parameters.permitted_domains},
		"principals": [{"id": one.id, "kind": "user", "name": one.name, "enabled": true} | some one in members],
	}
}

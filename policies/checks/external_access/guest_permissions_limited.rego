# METADATA
# title: Guests see only a limited part of the directory
# description: >-
#   Reads which role guests have in the directory (guestUserRoleId of the authorization policy). The limited role is
#   the default: guests see what they are told of. With the role of a member they can list users, groups and
#   memberships.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/users/users-restrict-guest-permissions
#     description: Restrict guest access permissions
#   - ref: https://learn.microsoft.com/en-us/entra/fundamentals/users-default-permissions
#     description: What members and guests may do
# custom:
#   id: EA002
#   severity: medium
#   requires: [authorization_policy]
#   tags: [guests, external-access, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: guests, effort: low, user_impact: low}
#   rationale: >-
#     A guest's account is as safe as the organisation that it comes from. One that can read the directory like a
#     member gives an intruder the list of people, administrators and groups: names to phish, and the map of what is
#     worth it.
#   remediation: >-
#     Entra admin center > Entra ID > External Identities > External collaboration settings > Guest user access:
#     limited, or most restrictive. In Graph: PATCH /policies/authorizationPolicy {"guestUserRoleId":
#     "10dae51f-b6af-4016-8d66-8c2a99b929b3"} for limited, "2af84b1e-32c8-42b7-82bc-daa82404023b" for restricted
#     access.
#   parameters:
#     require_restricted:
#       type: boolean
#       default: false
#       meaning: >-
#         Whether guests must have the most restrictive role, as CIS and EIDSCA ask. CISA accepts the limited one,
#         which is the default of new tenants and breaks no collaboration.
#   mappings:
#     scuba: [MS.AAD.8.1v1]
#     cis_m365: ["5.1.6.2"]
#     eidsca: [AP07]
#     maester: [CISA.MS.AAD.8.1]
#     prowler: [entra_policy_guest_users_access_restrictions]
#     mitre_attack: [T1087, T1087.003, T1087.004, T1526]
#     nist_800_53: [AC-6]
package tenantlint.checks.external_access.guest_permissions_limited

import data.tenantlint.lib.findings as lib
import rego.v1

policy := lib.block(input, ["collections", "authorization_policy"])

value := lower(lib.text(object.get(policy, "guestUserRoleId", ""), ""))

levels := {
	"a0b1b346-4d3e-4e8b-98f8-753987be4970": "the same access as members",
	"10dae51f-b6af-4016-8d66-8c2a99b929b3": "limited access",
	"2af84b1e-32c8-42b7-82bc-daa82404023b": "restricted access",
}

permitted contains "2af84b1e-32c8-42b7-82bc-daa82404023b"

permitted contains "10dae51f-b6af-4016-8d66-8c2a99b929b3" if not input.parameters.require_restricted

resource := lib.resource("authorizationPolicy", lib.text(object.get(policy, "id", ""), "authorization_policy"), name)

name := lib.text(object.get(policy, "displayName", ""), "Authorization policy")

findings contains finding if {
	levels[value]
	not value in permitted
	finding := {
		"resource": resource,
		"message": sprintf("Guests have %s to the directory.", [levels[value]]),
		"evidence": {"guestUserRoleId": value, "level": levels[value], "permitted": [levels[id] | some id in permitted]},
		"pointer": "/guestUserRoleId",
	}
}

findings contains finding if {
	not levels[value]
	finding := {
		"resource": resource,
		"message": "The access of guests to the directory is not known.",
		"evidence": {"guestUserRoleId": object.get(policy, "guestUserRoleId", null)},
		"depends_on": ["guestUserRoleId of the authorization policy"],
	}
}

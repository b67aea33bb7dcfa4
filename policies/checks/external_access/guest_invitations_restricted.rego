# METADATA
# title: Only administrators and guest inviters may invite guests
# description: >-
#   Reads who may invite guests to the tenant (allowInvitesFrom of the authorization policy).
#   `adminsAndGuestInviters` and `none` are restricted; with `adminsGuestInvitersAndAllMembers` every member, with
#   `everyone` every guest as well, brings in whom they like.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/external-id/external-collaboration-settings-configure
#     description: External collaboration settings
#   - ref: https://learn.microsoft.com/en-us/graph/api/resources/authorizationpolicy
#     description: authorizationPolicy in Microsoft Graph
# custom:
#   id: EA001
#   severity: medium
#   requires: [authorization_policy]
#   tags: [guests, external-access, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: guests, effort: low, user_impact: medium}
#   rationale: >-
#     A guest is an account in the directory that nobody hired. Where all may invite, a member who is deceived
#     invites the attacker, and a guest who is taken over invites more; the accounts look legitimate and outlast the
#     incident. No one can say who asked for them, or when they may be removed.
#   remediation: >-
#     Entra admin center > Entra ID > External Identities > External collaboration settings > Guest invite settings:
#     only users assigned to specific admin roles can invite. Give those who need it the role Guest Inviter. In
#     Graph: PATCH /policies/authorizationPolicy {"allowInvitesFrom": "adminsAndGuestInviters"}.
#   parameters:
#     permitted:
#       type: array
#       default: [adminsAndGuestInviters, none]
#       meaning: >-
#         Values of allowInvitesFrom that are restricted enough. A tenant that governs its guests by access reviews
#         may add adminsGuestInvitersAndAllMembers.
#   mappings:
#     scuba: [MS.AAD.8.2v1]
#     cis_m365: ["5.1.6.3"]
#     eidsca: [AP04]
#     maester: [CISA.MS.AAD.8.2]
#     prowler: [entra_policy_guest_invite_only_for_admin_roles]
#     mitre_attack: [T1098, T1098.003]
#     nist_800_53: [AC-6(10)]
package tenantlint.checks.external_access.guest_invitations_restricted

import data.tenantlint.lib.findings as lib
import rego.v1

policy := lib.block(input, ["collections", "authorization_policy"])

value := lib.text(object.get(policy, "allowInvitesFrom", ""), "")

resource := lib.resource("authorizationPolicy", lib.text(object.get(policy, "id", ""), "authorization_policy"), name)

name := lib.text(object.get(policy, "displayName", ""), "Authorization policy")

words := {
	"everyone": "everyone may invite guests, guests themselves included",
	"adminsGuestInvitersAndAllMembers": "every member of the organisation may invite guests",
	"adminsAndGuestInviters": "administrators and guest inviters may invite guests",
	"none": "nobody may invite guests",
}

findings contains finding if {
	value != ""
	not value in input.parameters.permitted
	finding := {
		"resource": resource,
		"message": sprintf("Guest invitations: %s.", [object.get(words, value, sprintf("the unknown setting %s", [value]))]),
		"evidence": {"allowInvitesFrom": value, "permitted": input.parameters.permitted},
		"pointer": "/allowInvitesFrom",
	}
}

findings contains finding if {
	value == ""
	finding := {
		"resource": resource,
		"message": "Guest invitations: the policy does not say who may invite guests.",
		"evidence": {"allowInvitesFrom": object.get(policy, "allowInvitesFrom", null)},
		"depends_on": ["allowInvitesFrom of the authorization policy"],
	}
}

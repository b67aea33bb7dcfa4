# METADATA
# title: Members can reset a forgotten password without the help desk
# description: >-
#   Counts enabled members whom Microsoft's report calls incapable of self-service password reset (isSsprCapable): it
#   is off for them, or they registered too few methods. Guests and accounts of the last 14 days are left out.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/authentication/concept-sspr-howitworks
#     description: How self-service password reset works
#   - ref: https://learn.microsoft.com/en-us/graph/api/resources/userregistrationdetails
#     description: userRegistrationDetails in Microsoft Graph
# custom:
#   id: AU022
#   severity: low
#   requires: [user_registration_details]
#   refines: [users]
#   facts: [registration]
#   licences: [entra_p1]
#   tags: [passwords, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: low, scope: all_users, effort: low, user_impact: low}
#   rationale: >-
#     Who cannot help himself calls the help desk, and so does the attacker who pretends to be him: a new password by
#     telephone is one of the commonest ways into an organization. Fewer honest calls make the false ones stand out. A
#     risky user who can reset is also mended by policy at once.
#   remediation: >-
#     Entra admin center > Entra ID > Password reset > Properties: Self service password reset enabled, All. Methods
#     come from the authentication methods policy; who lacks one shows in userRegistrationDetails (isSsprRegistered).
#   parameters:
#     min_share:
#       type: number
#       default: 0.98
#       meaning: >-
#         Least share of members who are able to. Not all of them by default, since some accounts are used by machines
#         or by nobody at present.
#   mappings:
#     secure_score: [SelfServicePasswordReset]
#     mitre_attack: [T1656]
#     nist_800_53: [IA-5]
package tenantlint.checks.authentication.self_service_password_reset_on

import data.tenantlint.lib.findings as lib
import rego.v1

fact := input.facts.registration

without := fact.reset.without

# In whole people; the small addend takes what binary fractions lose.
permitted := floor(((1 - input.parameters.min_share) * fact.members) + 0.000001)

findings contains finding if {
	without.count > permitted
	number := lib.counted(without.count, "enabled member", "enabled members")
	finding := {
		"resource": lib.tenant,
		"key": {"what": "without"},
		"message": sprintf("%s cannot reset their own password.", [number]),
		"population": [without.population],
		"evidence": {
			"members": fact.members,
			"without": without.count,
			"permitted": permitted,
			"joined_lately": fact.reset.new,
			"accounts_known": fact.accounts_known,
		},
		"depends_on": ["which accounts are enabled (users)" | without.enabled_unknown == without.count],
	}
}

# Who is not in the report, or of whom it tells nothing, may be without.
findings contains finding if {
	without.count <= permitted
	missing := fact.unlisted.count + fact.reset.untold
	without.count + missing > permitted
	number := lib.counted(missing, "member", "members")
	finding := {
		"resource": lib.tenant,
		"key": {"what": "untold"},
		"message": sprintf("The report does not tell of %s whether they can reset their own password.", [number]),
		"population": [fact.unlisted.population],
		"evidence": {"members": fact.members, "unlisted": fact.unlisted.count, "untold": fact.reset.untold},
		"depends_on": ["registered methods of everybody (user_registration_details)"],
	}
}

not_applicable contains "The report lists no members." if {
	fact.members == 0
	fact.unlisted.count == 0
}

# METADATA
# title: Every enabled member has a method for MFA registered
# description: >-
#   Counts enabled members whom Microsoft's report calls incapable of MFA (isMfaCapable): they registered no method
#   that the tenant permits. Guests, who register at home, and accounts of the last 14 days are left out. Members whom
#   the report does not list leave the verdict open.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/authentication/howto-authentication-methods-activity
#     description: Registered methods
#   - ref: https://learn.microsoft.com/en-us/graph/api/resources/userregistrationdetails
#     description: userRegistrationDetails in Microsoft Graph
# custom:
#   id: AU024
#   severity: high
#   requires: [user_registration_details]
#   refines: [users]
#   facts: [registration]
#   licences: [entra_p1]
#   tags: [mfa, users, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: all_users, effort: medium, user_impact: low}
#   rationale: >-
#     The first to sign in to an account without a method registers one, and that need not be its owner: with a
#     password from a leak the attacker enrols his own phone, and from then on every policy that asks for MFA lets him
#     pass. Idle accounts and accounts of services are found that way.
#   remediation: >-
#     Entra admin center > Entra ID > Authentication methods > User registration details shows who they are. Give them
#     a Temporary Access Pass and a passkey, run the registration campaign (registrationEnforcement of the
#     authenticationMethodsPolicy), and disable accounts that nobody uses.
#   parameters:
#     max_share_without:
#       type: number
#       default: 0
#       meaning: >-
#         Largest share of members who may be without. None by default, since one such account is enough for an
#         attacker.
#   mappings:
#     prowler: [entra_users_mfa_capable]
#     secure_score: [MFARegistrationV2]
#     cis_m365: ["5.2.3.4"]
#     mitre_attack: [T1098.005, T1078.004]
#     nist_800_53: [IA-2(2)]
package tenantlint.checks.authentication.users_registered_for_mfa

import data.tenantlint.lib.findings as lib
import rego.v1

fact := input.facts.registration

without := fact.mfa.without

# In whole people; the small addend takes what binary fractions lose.
permitted := floor((input.parameters.max_share_without * fact.members) + 0.000001)

findings contains finding if {
	without.count > permitted
	number := lib.counted(without.count, "enabled member", "enabled members")
	finding := {
		"resource": lib.tenant,
		"key": {"what": "without"},
		"message": sprintf("%s cannot answer an MFA request.", [number]),
		"population": [without.population],
		"evidence": {
			"members": fact.members,
			"without": without.count,
			"permitted": permitted,
			"joined_lately": fact.mfa.new,
			"accounts_known": fact.accounts_known,
		},
		"depends_on": ["which accounts are enabled (users)" | without.enabled_unknown == without.count],
	}
}

# Who is not in the report, or of whom it tells nothing, may be without.
findings contains finding if {
	without.count <= permitted
	missing := fact.unlisted.count + fact.mfa.untold
	without.count + missing > permitted
	number := lib.counted(missing, "member", "members")
	finding := {
		"resource": lib.tenant,
		"key": {"what": "untold"},
		"message": sprintf("The report does not tell of %s whether they can answer an MFA request.", [number]),
		"population": [fact.unlisted.population],
		"evidence": {"members": fact.members, "unlisted": fact.unlisted.count, "untold": fact.mfa.untold},
		"depends_on": ["registered methods of everybody (user_registration_details)"],
	}
}

not_applicable contains "The report lists no members." if {
	fact.members == 0
	fact.unlisted.count == 0
}

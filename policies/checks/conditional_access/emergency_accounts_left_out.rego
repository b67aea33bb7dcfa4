# METADATA
# title: Emergency accounts are left out of every block and of controls that they may not be able to meet
# description: >-
#   For each emergency account that the exception register declares (kind break_glass), finds the enabled policies that
#   can stop it: a block, or a control that hangs on a thing which can be missing on the day (a managed device, an app,
#   a phone, terms of use, a password change, another vendor's service). A strength that accepts a security key or a
#   certificate is fine, and so is MFA as long as the account has a method registered. Blocks of legacy clients and of
#   device code flow do not count, since no emergency sign-in uses those.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/role-based-access-control/security-emergency-access
#     description: Emergency access accounts
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/concept-conditional-access-grant
#     description: Grant controls and what they need
# custom:
#   id: CA022
#   severity: high
#   requires: [conditional_access_policies]
#   refines:
#     - users
#     - groups
#     - group_members
#     - role_assignments
#     - role_assignment_schedule_instances
#     - role_definitions
#     - named_locations
#     - authentication_strengths
#     - user_registration_details
#   facts: [lockout.emergency_accounts]
#   tags: [conditional-access, lockout, emergency-access, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: administrators, effort: low, user_impact: low}
#   rationale: >-
#     An emergency account is used when something else is broken: the device service, the phone network, the
#     federation server, or the policies themselves. If a policy can stop it, it fails on the day it is needed. What a
#     security key in the safe can satisfy does no harm and keeps the account from being the weakest one.
#   remediation: >-
#     Entra admin center > Entra ID > Conditional Access > the policy > Users > Exclude: add the emergency accounts, or
#     the group that holds them and nobody else (conditions.users.excludeUsers or excludeGroups in Graph). Give each
#     account two security keys, and cover them with one policy that requires phishing-resistant MFA. Sign in with each
#     account after every change of policies.
#   mappings:
#     cis_m365: ["1.1.2"]
#     maester: [MT.1005, MT.1034, MT.1191]
#     prowler: [entra_emergency_access_exclusion]
#     mitre_attack: [T1531]
#     nist_800_53: [CP-2]
package tenantlint.checks.conditional_access.emergency_accounts_left_out

import data.tenantlint.lib.findings as lib
import data.tenantlint.lib.lockout as words
import rego.v1

fact := input.facts.lockout.emergency_accounts

not_applicable contains "The exception register declares no emergency account (kind break_glass)." if {
	fact.declared == 0
}

# The accounts are evidence and no principals: the register's own entry for them shall not settle this.
findings contains finding if {
	some one in fact.caught
	finding := words.with_unknowns(
		{
			"resource": words.resource(one.policy),
			"message": sprintf("The policy \"%s\" %s.", [one.policy.name, what(one)]),
			"key": key(one),
			"evidence": {
				"accounts": [{"id": account.id, "name": account.name} | some account in one.accounts],
				"controls": one.controls,
				"where": one.where,
				"at_ordinary_sign_ins": one.everyday,
			},
			"pointer": "/conditions/users",
		},
		one,
	)
}

# One policy can stop two accounts by different controls.
key(one) := concat("+", one.controls)

what(one) := sprintf("%s %s", [verb(one), whom(one)]) if {
	one.blocks
} else := sprintf("%s %s for %s, which they may not be able to meet", [
	asks(one),
	whom(one),
	concat(" and ", one.controls),
])

verb(one) := "blocks" if {
	one.everyday
} else := "can block"

asks(one) := "asks" if {
	one.everyday
} else := "can ask"

whom(one) := lib.counted(count(one.accounts), "emergency account", "emergency accounts")

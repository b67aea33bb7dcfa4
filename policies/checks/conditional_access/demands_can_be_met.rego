# METADATA
# title: No policy asks for what nobody can meet
# description: >-
#   For every enabled policy, finds the sign-ins at which its grant controls cannot be met and that no other policy
#   blocks anyway: a hybrid joined device anywhere but on Windows, an approved app outside of iOS and Android, a device
#   control while a device is joined, a password change without user risk, apps and password changes for people whose
#   home is another organization. There the policy blocks, without saying so.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/concept-conditional-access-grant
#     description: Grant controls and where they work
#   - ref: https://learn.microsoft.com/en-us/entra/external-id/authentication-conditional-access
#     description: Conditional Access for external people
# custom:
#   id: CA023
#   severity: low
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
#   facts: [lockout.unsatisfiable]
#   tags: [conditional-access, soundness]
#   bucket: situational
#   lenses: {risk_reduction: low, scope: some_users, effort: low, user_impact: medium}
#   rationale: >-
#     Such a policy stops people with a message that they cannot act on, and reads as if it let them in. Where a block
#     is meant, an explicit one is clear to the next reader and stays when Microsoft teaches the control another
#     platform. Where it is not meant, people find their own way around it.
#   remediation: >-
#     Entra admin center > Entra ID > Conditional Access > the policy: narrow Conditions > Device platforms
#     (conditions.platforms.includePlatforms in Graph), or Users, to where the control works, and give the rest a
#     policy of its own that blocks or asks for something else. For external people take MFA or an authentication
#     strength.
#   parameters:
#     permitted_reasons:
#       type: array
#       default: [device_code_flow]
#       meaning: >-
#         Reasons that are no finding: device_code_flow, platform, user_action, no_user_risk, external_people. Device
#         controls stop device code flow by design, which most tenants want.
#   mappings:
#     nist_800_53: [CM-6]
package tenantlint.checks.conditional_access.demands_can_be_met

import data.tenantlint.lib.conditional_access as ca
import data.tenantlint.lib.findings as lib
import data.tenantlint.lib.lockout as words
import rego.v1

because := {
	"device_code_flow": "by device code flow",
	"external_people": "as people of another organization",
	"no_user_risk": "while they are not at risk",
	"platform": "on platforms that do not have it",
	"user_action": "while they join a device",
}

not_applicable contains "No Conditional Access policy is enabled, so that none asks for anything." if {
	ca.number_enabled(lib.collection("conditional_access_policies")) == 0
}

findings contains finding if {
	some one in input.facts.lockout.unsatisfiable.demands
	reasons := {reason | some reason in one.reasons}
	count(reasons - {reason | some reason in input.parameters.permitted_reasons}) == count(reasons)
	finding := words.with_unknowns(
		{
			"resource": words.resource(one.policy),
			"message": sprintf("The policy \"%s\" asks %s for %s, which cannot be met %s.", [
				one.policy.name,
				words.whom(one),
				concat(", ", one.controls),
				concat(" and ", sort({because[reason] | some reason in reasons})),
			]),
			"population": [one.population],
			"key": concat("+", one.reasons),
			"evidence": {
				"controls": one.controls,
				"reasons": one.reasons,
				"where": one.where,
				"blocks_wherever_it_applies": one.all_of_it,
				"users": one.count,
				"people": one.labels,
			},
			"pointer": "/grantControls",
		},
		one,
	)
}

# METADATA
# title: An administrator can always reach the admin portals
# description: >-
#   Counts the enabled Global Administrators, and everybody who can change Conditional Access (Global, Conditional
#   Access and Security Administrators), active or eligible once they activate, who still have an ordinary sign-in to
#   the Microsoft admin portals, to Azure management and to Microsoft Graph: one that is not blocked and whose
#   controls can be met. Nobody, or nobody beside the declared emergency accounts, is a finding.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/role-based-access-control/security-emergency-access
#     description: Emergency access accounts
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/plan-conditional-access
#     description: Planning Conditional Access without locking administrators out
# custom:
#   id: CA021
#   severity: high
#   requires: [conditional_access_policies, role_assignments|role_assignment_schedule_instances]
#   refines:
#     - role_eligibility_schedule_instances
#     - role_definitions
#     - users
#     - groups
#     - group_members
#     - named_locations
#     - security_defaults
#   facts: [lockout.administrators]
#   tags: [conditional-access, lockout, privileged-access, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: administrators, effort: low, user_impact: low}
#   rationale: >-
#     One policy without an exclusion can shut out everybody who could take it back. Then only Microsoft's support
#     helps, after days of proving who one is, and in the meantime nobody answers an attack. When the emergency
#     accounts are all that is left, the next change or a lost key is enough.
#   remediation: >-
#     Entra admin center > Entra ID > Conditional Access: in the policies that the finding names, exclude the emergency
#     accounts (conditions.users.excludeUsers in Graph), and let administrators in from at least one device and place
#     that they have. Check with What If before saving. If nobody gets in any more, ask Microsoft's data protection
#     team through support.
#   mappings:
#     maester: [MT.1005]
#     mitre_attack: [T1531]
#     nist_800_53: [AC-3, CP-2]
package tenantlint.checks.conditional_access.administrators_reach_portals

import data.tenantlint.lib.conditional_access as ca
import data.tenantlint.lib.findings as lib
import data.tenantlint.lib.lockout as words
import rego.v1

fact := input.facts.lockout.administrators

titles := {
	"global": "Global Administrator",
	"conditional_access": "administrator who may change Conditional Access",
}

singular := {"global": "a Global Administrator", "conditional_access": "an administrator of Conditional Access"}

resources := {
	"admin_portals": "the Microsoft admin portals",
	"azure_management": "Azure management",
	"microsoft_graph": "Microsoft Graph",
}

not_applicable contains "No Conditional Access policy is enabled, so that none stops an administrator." if {
	ca.number_enabled(lib.collection("conditional_access_policies")) == 0
}

findings contains finding if {
	some group in fact.groups
	held(group)
	some closed in closed_kinds(group)
	count(closed.resources) > 0
	finding := words.with_unknowns(
		{
			"resource": lib.tenant,
			"message": sprintf(closed.message, [titles[group.group], named(closed.resources)]),
			"key": sprintf("%s/%s", [group.group, closed.key]),
			"evidence": evidence(group, closed.resources),
		},
		{"certain": closed.certain, "depends_on": closed.depends_on},
	)
}

findings contains finding if {
	some group in fact.groups
	not held(group)
	finding := words.with_unknowns(
		{
			"resource": lib.tenant,
			"message": sprintf("No enabled account is %s.", [singular[group.group]]),
			"key": sprintf("%s/none", [group.group]),
			"evidence": {"active": group.active, "eligible": group.eligible},
		},
		{"certain": certain_holders, "depends_on": holder_unknowns},
	)
}

findings contains finding if {
	not fact.exact
	finding := {
		"resource": lib.tenant,
		"message": "Whether administrators reach the admin portals could not be told for all conditions.",
		"evidence": {},
		"key": "too_hard",
		"depends_on": ["conditions that are too many to be looked at together"],
	}
}

held(group) if group.active + group.eligible > 0

default certain_holders := false

certain_holders if {
	fact.known
	count(fact.unknown_groups) == 0
}

holder_unknowns := [sprintf("the members of the group %s", [lib.named([name])]) | some name in fact.unknown_groups]

closed_kinds(group) := [
	{
		"key": "nobody",
		"message": "No %s can reach %s.",
		"resources": [one | some one in group.resources; one.reach + one.perhaps == 0],
		"certain": count(fact.unknown_groups) == 0,
		"depends_on": holder_unknowns,
	},
	{
		"key": "unknown",
		"message": "Whether any %s can reach %s is not known.",
		"resources": unsure(group),
		"certain": false,
		"depends_on": sort({name | some one in unsure(group); some name in one.depends_on}),
	},
	{
		"key": "emergency_only",
		"message": "No %s beside the emergency accounts can reach %s.",
		"resources": edge(group),
		"certain": count(fact.unknown_groups) == 0,
		"depends_on": holder_unknowns,
	},
]

unsure(group) := [one | some one in group.resources; one.reach == 0; one.perhaps > 0]

# Global Administrators may well all be emergency accounts, as long as others can change the policies.
edge(group) := [one |
	group.group == "conditional_access"
	some one in group.resources
	one.reach > 0
	one.reach_beside_emergency + one.perhaps == 0
]

named(list) := concat(", ", [resources[one.resource] | some one in list])

evidence(group, list) := {
	"active": group.active,
	"eligible": group.eligible,
	"resources": [{
		"resource": one.resource,
		"administrators_who_reach_it": one.reach,
		"beside_emergency_accounts": one.reach_beside_emergency,
		"names": one.names,
		"policies": one.policies,
	} |
		some one in list
	],
}

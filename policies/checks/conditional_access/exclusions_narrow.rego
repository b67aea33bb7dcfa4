# METADATA
# title: Conditional Access policies leave out only a few named accounts
# description: >-
#   For every enabled policy with a grant or session control, counts whom it leaves out: members of excluded groups
#   (nested ones included), holders of excluded roles, excluded users and guests, without the declared emergency
#   accounts. What another enabled policy with a grant control includes by name is taken up there and not counted.
#   More accounts than the parameter allows, a directory role, or a whole type of guests is broad.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/concept-conditional-access-users-groups
#     description: How policies include and exclude users
#   - ref: https://learn.microsoft.com/en-us/entra/id-governance/conditional-access-exclusion
#     description: Managing exclusions with access reviews
# custom:
#   id: CA005
#   severity: medium
#   requires: [conditional_access_policies]
#   refines: [users, groups, group_members, role_assignments, role_assignment_schedule_instances, role_definitions]
#   facts: [exclusions]
#   tags: [conditional-access, exclusions, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: some_users, effort: medium, user_impact: low}
#   rationale: >-
#     Exclusions are made for one person and one day, and stay. Groups that are excluded grow with every ticket;
#     whoever may change such a group, or is given an excluded role, decides who is protected, past all review of
#     the policies. Attackers look for these groups first, since joining one switches a policy off without touching
#     it.
#   remediation: >-
#     Entra admin center > Entra ID > Conditional Access > the policy > Users > Exclude: leave the emergency
#     accounts, and move the others into groups that a second policy covers with what they can do (another control,
#     a location). Put excluded groups under access reviews or make them role-assignable, so that few may change
#     them. Enter what must stay into the exception register, with owner and end. In Graph:
#     conditions.users.excludeUsers, excludeGroups, excludeRoles, excludeGuestsOrExternalUsers.
#   parameters:
#     max_excluded_accounts:
#       type: integer
#       default: 5
#       meaning: >-
#         How many enabled accounts beside the emergency accounts one policy may leave out. Five leaves room for a
#         few service accounts that somebody can still know by name.
#     permitted_roles:
#       type: array
#       default: [d29b2b05-8046-44ba-8758-1e26182fcf32]
#       meaning: >-
#         Template ids of directory roles that may be excluded. The default is Directory Synchronization Accounts,
#         which Microsoft's templates leave out because a synchronisation server cannot answer a second factor.
#   mappings:
#     maester: [MT.1036]
#     prowler: [entra_conditional_access_policy_no_exclusion_gaps]
#     mitre_attack: [T1078, T1078.004]
package tenantlint.checks.conditional_access.exclusions_narrow

import data.tenantlint.lib.conditional_access as ca
import data.tenantlint.lib.findings as lib
import data.tenantlint.lib.user_coverage as coverage
import rego.v1

judged := [{"policy": policy, "fact": fact} |
	some policy in lib.collection("conditional_access_policies")
	ca.enabled(policy)
	controls_something(policy)
	fact := input.facts.exclusions.policies[ca.identity(policy)]
]

controls_something(policy) if count(ca.demands(policy)) > 0

controls_something(policy) if {
	some control in lib.block(policy, ["sessionControls"])
	ca.has_value(control)
}

left_to_nobody(fact) := [part | some part in fact.parts; not part.taken_up; part.status != "missing"]

# What makes the exclusions of a policy broad, as clauses.
broad(fact) := (too_many(fact) | open_roles(fact)) | open_guests(fact)

too_many(fact) := {lib.counted(fact.left_out.count, "account", "accounts") |
	fact.left_out.count > input.parameters.max_excluded_accounts
}

# A role is broad however few hold it today: whoever is given it is left out from then on.
open_roles(fact) := {sprintf("everybody with the role %s", [lib.named([lib.text(part.name, part.id)])]) |
	some part in left_to_nobody(fact)
	part.kind == "role"
	not part.id in input.parameters.permitted_roles
	fact.everyone
}

open_guests(fact) := {sprintf("guests of the type %s", [concat(", ", sort(types))]) |
	fact.everyone
	types := {part.id | some part in left_to_nobody(fact); part.kind == "guestType"}
	count(types) > 0
}

unknown(fact) := [part | some part in left_to_nobody(fact); not part.status in {"ok", "missing"}]

not_applicable contains "No Conditional Access policy is enabled, so that none leaves anybody out." if {
	count(judged) == 0
}

findings contains finding if {
	some one in judged
	clauses := broad(one.fact)
	count(clauses) > 0
	finding := {
		"resource": ca.resource(one.policy),
		"message": sprintf("The policy \"%s\" leaves out %s", [ca.name(one.policy), concat("; ", sort(clauses))]),
		"population": [one.fact.left_out.population],
		"evidence": evidence(one.fact),
		"pointer": "/conditions/users",
	}
}

findings contains finding if {
	some one in judged
	count(broad(one.fact)) == 0
	parts := unknown(one.fact)
	count(parts) > 0
	finding := {
		"resource": ca.resource(one.policy),
		"message": sprintf("The policy \"%s\" leaves out %s, and nobody can tell how many accounts that is", [
			ca.name(one.policy),
			unknown_words(parts),
		]),
		"population": [one.fact.left_out.population],
		"evidence": evidence(one.fact),
		"depends_on": sort({coverage.unknown_words(part) | some part in parts}),
		"pointer": "/conditions/users",
	}
}

unknown_words(parts) := sprintf("the %s %s", [parts[0].kind, lib.named(names)]) if {
	count(parts) == 1
	names := [lib.text(part.name, part.id) | some part in parts]
} else := sprintf("%d groups and roles (%s)", [count(parts), lib.named(sort(names))]) if {
	names := [lib.text(part.name, part.id) | some part in parts]
}

evidence(fact) := {
	"accounts_left_out": fact.left_out.count,
	"disabled_accounts": fact.left_out.disabled,
	"max_excluded_accounts": input.parameters.max_excluded_accounts,
	"excluded": [{
		"kind": part.kind,
		"id": part.id,
		"name": part.name,
		"accounts_beside_emergency": part.beyond_emergency,
		"members": part.status,
		"taken_up_by_another_policy": part.taken_up,
	} |
		some part in fact.parts
	],
}

# METADATA
# title: Exclusions from Conditional Access policies open nothing
# description: >-
#   For every enabled policy, asks what the users, groups, roles and guests that it leaves out can do thereby:
#   sign-ins inside the policy's own conditions that no other policy answers either, compared with the same
#   policies without the exclusion. So an exclusion that another policy takes up is no finding, however large,
#   and one account is, when it is open. Looked at are legacy authentication, MFA, phishing-resistant MFA of
#   administrators, high user risk, device code flow, security information, device registration, unknown
#   platforms and managed devices. Where exclusions of several policies open something only together, the
#   finding names the others. Declared emergency accounts are not counted.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/concept-conditional-access-users-groups
#     description: How policies include and exclude users
#   - ref: https://learn.microsoft.com/en-us/entra/id-governance/conditional-access-exclusion
#     description: Managing exclusions with access reviews
# custom:
#   id: CA005
#   severity: medium
#   requires: [conditional_access_policies]
#   refines:
#     - security_defaults
#     - authentication_strengths
#     - named_locations
#     - users
#     - groups
#     - group_members
#     - role_assignments
#     - role_assignment_schedule_instances
#   facts: [exclusions]
#   tags: [conditional-access, exclusions, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: some_users, effort: medium, user_impact: low}
#   rationale: >-
#     Exclusions are made for one person and one day, and stay. Groups that are excluded grow with every
#     ticket; whoever may change such a group, or is given an excluded role, decides who is protected, past
#     all review of the policies. Attackers look for these groups first, since joining one switches a policy
#     off without touching it.
#   remediation: >-
#     Entra admin center > Entra ID > Conditional Access > the policy > Users > Exclude: leave the emergency
#     accounts, and move the others into groups that a second policy covers with what they can do (another
#     control, a location). Put excluded groups under access reviews or make them role-assignable, so that
#     few may change them. Enter what must stay into the exception register, with owner and end. In Graph:
#     conditions.users.excludeUsers, excludeGroups, excludeRoles, excludeGuestsOrExternalUsers.
#   parameters:
#     permitted_roles:
#       type: array
#       default: [d29b2b05-8046-44ba-8758-1e26182fcf32]
#       meaning: >-
#         Template ids of directory roles that may be excluded. The default is Directory Synchronization
#         Accounts, which Microsoft's templates leave out because a synchronisation server cannot answer
#         a second factor.
#   mappings:
#     maester: [MT.1036]
#     prowler: [entra_conditional_access_policy_no_exclusion_gaps]
#     mitre_attack: [T1078, T1078.004]
package tenantlint.checks.conditional_access.exclusions_narrow

import data.tenantlint.lib.conditional_access as ca
import data.tenantlint.lib.coverage
import data.tenantlint.lib.findings as lib
import rego.v1

policies := input.facts.exclusions.policies

judged := [policy |
	some policy in lib.collection("conditional_access_policies")
	policies[ca.identity(policy)]
]

# What one policy opens by exclusions, beyond what is permitted.
opens(policy, certainty) := [opening |
	some opening in policies[ca.identity(policy)].opens
	opening.certainty == certainty
	not permitted(opening)
	coverage.somebody(opening.users)
]

# Everybody who is open holds a permitted role.
permitted(opening) if {
	some part in opening.by
	part.kind == "role"
	part.id in input.parameters.permitted_roles
}

not_applicable contains "No Conditional Access policy is enabled, so that none leaves anybody out." if {
	ca.number_enabled(lib.collection("conditional_access_policies")) == 0
}

findings contains finding if {
	some policy in judged
	certain := opens(policy, "certain")
	count(certain) > 0
	finding := {
		"resource": ca.resource(policy),
		"key": {"certainty": "certain"},
		"message": message(policy, certain, "may"),
		"population": sort({opening.users.population | some opening in certain}),
		"evidence": evidence(certain),
		"pointer": "/conditions/users",
	}
}

findings contains finding if {
	some policy in judged
	count(opens(policy, "certain")) == 0
	depends := opens(policy, "depends")
	count(depends) > 0
	finding := {
		"resource": ca.resource(policy),
		"key": {"certainty": "depends"},
		"message": message(policy, depends, "may perhaps"),
		"population": sort({opening.users.population | some opening in depends}),
		"evidence": evidence(depends),
		"depends_on": sort({name | some opening in depends; some name in opening.depends_on}),
		"pointer": "/conditions/users",
	}
}

# "5 users may sign in without MFA because CA009 leaves out the group Travellers, which opens it only together with…"
message(policy, openings, verb) := sprintf("%s %s %s because \"%s\" leaves out %s%s%s.", [
	who(openings[0].users),
	verb,
	openings[0].words,
	ca.name(policy),
	concat(" and ", [part.label | some part in openings[0].by]),
	only_with(openings[0]),
	more(openings),
])

who(people) := lib.counted(people.count, "user", "users") if {
	people.count > 0
} else := sprintf("People whom the snapshot does not list (%s)", [lib.named(people.without_account)])

only_with(opening) := "" if {
	count(opening.only_with) == 0
} else := sprintf(", as %s", [
	sprintf("%s does, too", [lib.named([opening.only_with[0].name])]),
]) if {
	count(opening.only_with) == 1
} else := sprintf(", as %s do, too", [lib.named([other.name | some other in opening.only_with])])

more(openings) := "" if {
	count(openings) == 1
} else := sprintf("; %s", [lib.counted(count(openings) - 1, "more opening", "more openings")])

evidence(openings) := {"openings": [{
	"users": opening.users.count,
	"names": array.concat(opening.users.names, opening.users.without_account),
	"can": opening.words,
	"where": opening.label,
	"because_it_leaves_out": [part.label | some part in opening.by],
	"only_together_with": [other.name | some other in opening.only_with],
} |
	some opening in openings
]}

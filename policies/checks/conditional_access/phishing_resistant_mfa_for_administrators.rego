# METADATA
# title: Administrators need phishing-resistant authentication
# description: >-
#   For each privileged role, looks for an enabled Conditional Access policy that forces phishing-resistant methods
#   (FIDO2 keys and passkeys, Windows Hello for Business, multifactor certificates) or blocks, for all applications,
#   from every modern client, and that includes the role or all users. An authentication strength that accepts one
#   weaker method as well forces nothing. Then looks at each account that holds such a role, active or eligible: a
#   policy that reaches it through a group counts for it, and an exclusion takes it out.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/policy-admin-phish-resistant-mfa
#     description: Microsoft's policy template for administrators
#   - ref: https://learn.microsoft.com/en-us/entra/identity/authentication/concept-authentication-strengths
#     description: Which methods are phishing-resistant
#   - ref: https://learn.microsoft.com/en-us/entra/identity/role-based-access-control/permissions-reference
#     description: Built-in roles and their PRIVILEGED label
# custom:
#   id: CA003
#   severity: high
#   requires: [conditional_access_policies]
#   refines:
#     - authentication_strengths
#     - role_assignments
#     - role_assignment_schedule_instances
#     - role_eligibility_schedule_instances
#     - users
#     - groups
#     - group_members
#   facts: [administrators, exclusions, privileged_roles]
#   licences: [entra_p1]
#   tags: [conditional-access, mfa, privileged-access, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: administrators, effort: medium, user_impact: low}
#   rationale: >-
#     A proxy that sits between an administrator and the sign-in page passes codes and push approvals on and keeps
#     the session. With it the attacker holds the administrator's role: new accounts, new credentials on
#     applications, policies switched off. Methods bound to the site's address do not work for a proxy.
#   remediation: >-
#     Give every administrator two phishing-resistant methods (a security key and a passkey or Windows Hello). Entra
#     admin center > Entra ID > Conditional Access > New policy: Users: directory roles (all that the finding
#     lists); Target resources: all resources; Grant: require authentication strength > Phishing-resistant MFA.
#     Exclude the emergency accounts only, and give those security keys too. In Graph:
#     conditions.users.includeRoles, grantControls.authenticationStrength.id "00000000-0000-0000-0000-000000000004".
#   parameters:
#     tiers:
#       type: array
#       default: [takeover]
#       meaning: >-
#         Tiers of roles to protect (takeover, limited, reader: policies/data/privileged_roles.json). The default
#         has the roles from which the tenant or its main data can be taken over.
#     permitted_application_exclusions:
#       type: array
#       default: []
#       meaning: Ids of applications that a policy may leave out and still count. Empty, since administrators need all.
#   mappings:
#     secure_score: [aad_phishing_MFA_strength]
#     scuba: [MS.AAD.3.6v1]
#     cis_m365: ["5.2.2.5"]
#     maester: [MT.1006, CISA.MS.AAD.3.6]
#     prowler: [entra_admin_users_phishing_resistant_mfa_enabled]
#     mitre_attack: [T1566, T1566.001, T1566.002, T1078, T1078.004]
#     nist_800_53: [IA-2(1), IA-5c, IA-5g, IA-2(8)]
package tenantlint.checks.conditional_access.phishing_resistant_mfa_for_administrators

import data.tenantlint.lib.conditional_access as ca
import data.tenantlint.lib.findings as lib
import data.tenantlint.lib.privileged
import data.tenantlint.lib.user_coverage as coverage
import rego.v1

policies := lib.collection("conditional_access_policies")

roles := {role.template_id: role.name |
	some role in input.facts.privileged_roles
	role.tier in input.parameters.tiers
}

judged := [{
	"id": ca.identity(policy),
	"policy": policy,
	"reasons": union({
		ca.state_reasons(policy),
		grant_reasons(policy),
		ca.narrowed_by(policy, input.parameters.permitted_application_exclusions),
		ca.client_reasons(policy, ca.modern_client_types),
	}),
	"unknown": (ca.unknown_reasons(policy) | ca.strength_reasons(policy, "phishing_resistant")),
} |
	some policy in policies
]

grant_reasons(policy) := {"it has no grant control"} if {
	count(ca.demands(policy)) == 0
} else := {sprintf("it does not force phishing-resistant methods: %s is enough", [ca.accepted(policy)])} if {
	ca.forces(policy, "phishing_resistant") == "no"
} else := set()

certain contains one.id if {
	some one in judged
	count(one.reasons | one.unknown) == 0
}

possible contains one.id if {
	some one in judged
	count(one.reasons) == 0
}

targets(policy, role) if {
	ca.includes_role(policy, role)
	not ca.excludes_role(policy, role)
}

targets(policy, role) if {
	ca.includes_everyone(policy)
	not ca.excludes_role(policy, role)
}

targeting[role] := {one.id | some one in judged; one.id in certain; targets(one.policy, role)} if some role, _ in roles

perhaps_targeting[role] := {one.id | some one in judged; one.id in possible; targets(one.policy, role)} if {
	some role, _ in roles
}

# --- Accounts ----------------------------------------------------------------------------------------------

holders := [holder |
	some holder in input.facts.administrators.holders
	not holder.emergency
	object.get(holder, "enabled", null) != false
	some role in holder.roles
	roles[role]
]

reached(holder) if {
	some id in holder.policies
	id in certain
}

perhaps_reached(holder) if {
	some id in array.concat(holder.policies, holder.maybe_policies)
	id in possible
}

# --- Roles -------------------------------------------------------------------------------------------------

# A role that no policy names is protected all the same when policies reach every account that holds it.
uncovered contains role if {
	some role, _ in roles
	count(targeting[role]) == 0
	not held_by_reached_only(role)
}

held_by_reached_only(role) if {
	some holder in holders
	role in holder.roles
	every one in [other | some other in holders; role in other.roles] { reached(one) }
	not role in {group.role | some group in input.facts.administrators.unknown}
}

surely_uncovered contains role if {
	some role in uncovered
	count(perhaps_targeting[role]) == 0
}

without_policy contains holder if {
	some holder in holders
	not reached(holder)
	some role in holder.roles
	role in uncovered
}

near_misses := ca.nearest([ca.near_miss(one.policy, because) |
	some one in judged
	because := one.reasons | one.unknown
	count(because) > 0
	count(ca.strength(one.policy)) > 0
])

findings contains finding if {
	count(uncovered) > 0
	finding := object.union(
		{
			"resource": lib.tenant,
			"key": {"gap": "roles"},
			"message": message(count(uncovered)),
			"principals": [privileged.principal(holder) | some holder in without_policy],
			"evidence": {
				"roles": sort([roles[role] | some role in uncovered]),
				"roles_protected": sort([name | some role, name in roles; not role in uncovered]),
				"holders_known": input.facts.administrators.known,
				"near_misses": near_misses,
			},
		},
		depends_on(surely_uncovered, {words |
			some one in judged
			count(one.reasons) == 0
			some words in ca.unknown_words(one.policy, one.unknown)
		}),
	)
}

message(number) := "No enabled policy forces phishing-resistant authentication for any privileged role" if {
	number == count(roles)
} else := sprintf("No enabled policy forces phishing-resistant authentication for %s", [
	lib.counted(number, "privileged role", "privileged roles"),
])

depends_on(sure, unknowns) := {"depends_on": sort(unknowns)} if {
	count(sure) == 0
	count(unknowns) > 0
} else := {}

# --- Accounts that the policies for their roles leave out -------------------------------------------------

left_out := [holder |
	some holder in holders
	not holder in without_policy
	not reached(holder)
]

surely_left_out := [holder | some holder in left_out; not perhaps_reached(holder)]

findings contains finding if {
	count(surely_left_out) > 0
	finding := {
		"resource": lib.tenant,
		"key": {"gap": "accounts"},
		"message": sprintf("%s left out of every policy that forces phishing-resistant authentication", [
			lib.counted(count(surely_left_out), "administrator is", "administrators are"),
		]),
		"principals": [privileged.principal(holder) | some holder in surely_left_out],
		"evidence": {"accounts": [evidence(holder) | some holder in array.slice(surely_left_out, 0, 20)]},
	}
}

evidence(holder) := {
	"id": holder.id,
	"name": holder.name,
	"roles": sort([roles[role] | some role in holder.roles]),
	"policies_for_these_roles": sort({ca.name(one.policy) |
		some one in judged
		some role in holder.roles
		one.id in targeting[role]
	}),
}

perhaps_left_out := [holder | some holder in left_out; perhaps_reached(holder)]

unknown_words contains "the members of groups in policies" if count(perhaps_left_out) > 0

unknown_words contains coverage.unknown_words({"kind": "group", "id": group.id, "name": group.name}) if {
	some group in input.facts.administrators.unknown
	may_escape(group.role)
}

unknown_words contains "who holds privileged roles (role_assignments)" if {
	not input.facts.administrators.known
	some role, _ in roles
	may_escape(role)
}

# Whether every policy for the role leaves out somebody beside the emergency accounts.
may_escape(role) if {
	count(targeting[role]) > 0
	every id in targeting[role] { coverage.exclusions.policies[id].excludes_others }
}

findings contains finding if {
	count(unknown_words) > 0
	finding := {
		"resource": lib.tenant,
		"key": {"gap": "unknown"},
		"message": "Some administrators may be left out of every policy that forces phishing-resistant authentication",
		"principals": [privileged.principal(holder) | some holder in perhaps_left_out],
		"evidence": {"unknown": sort(unknown_words)},
		"depends_on": sort(unknown_words),
	}
}

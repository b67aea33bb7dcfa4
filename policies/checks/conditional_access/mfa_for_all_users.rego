# METADATA
# title: Every user needs multifactor authentication for every application
# description: >-
#   Looks for enabled Conditional Access policies that force multifactor authentication (or block) for all users,
#   all applications and both kinds of modern clients, without conditions that leave a part open. `mfa` and
#   authentication strengths whose methods are all multifactor count; a grant that accepts another control instead
#   (mfa OR compliant device) forces nothing. Legacy clients are the subject of CA001. Security defaults ask for a
#   second factor when Microsoft finds it necessary: that is protection, and no guarantee, so that the verdict is
#   left open. Each policy is judged by itself and their user conditions together.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/policy-all-users-mfa-strength
#     description: Microsoft's policy template that asks all users for MFA
#   - ref: https://learn.microsoft.com/en-us/entra/identity/authentication/concept-authentication-strengths
#     description: Which methods an authentication strength accepts
#   - ref: https://learn.microsoft.com/en-us/entra/fundamentals/security-defaults
#     description: What security defaults enforce
# custom:
#   id: CA002
#   severity: critical
#   requires: [conditional_access_policies]
#   refines: [security_defaults, authentication_strengths, users, groups, group_members, role_assignments]
#   facts: [exclusions]
#   tags: [conditional-access, mfa, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: all_users, effort: medium, user_impact: medium}
#   rationale: >-
#     Passwords are guessed, reused, phished and sold. Where one application or one group of users needs no second
#     factor, an attacker with a password looks for exactly that way in, reads mail and files, and moves on from
#     there with a trusted identity. Most account takeovers in Microsoft 365 end at a second factor.
#   remediation: >-
#     Entra admin center > Entra ID > Conditional Access > New policy: Users: all users, excluding the emergency
#     accounts only; Target resources: all resources; Grant: require authentication strength (Multifactor
#     authentication, better Phishing-resistant MFA). Run it report-only, then turn it on. In Graph:
#     conditions.users.includeUsers ["All"], conditions.applications.includeApplications ["All"],
#     conditions.clientAppTypes ["all"], grantControls.authenticationStrength or builtInControls ["mfa"], state
#     "enabled". Without Entra ID P1 turn on security defaults.
#   parameters:
#     permitted_application_exclusions:
#       type: array
#       default: []
#       meaning: >-
#         Ids of applications that a policy may leave out and still count, such as Microsoft Intune Enrollment
#         (d4ebce55-015a-49b5-a083-c84d1797ae8c) while devices are enrolled before a second factor is registered.
#         Empty, since every application left out is open with a password alone.
#   mappings:
#     secure_score: [MFARegistrationV2]
#     scuba: [MS.AAD.3.2v1, MS.AAD.3.2v2]
#     cis_m365: ["5.2.2.2"]
#     maester: [MT.1007, CISA.MS.AAD.3.2]
#     prowler: [entra_users_mfa_enabled]
#     mitre_attack: [T1110, T1110.001, T1110.002, T1110.003]
#     nist_800_53: [IA-2(1), IA-2(2)]
package tenantlint.checks.conditional_access.mfa_for_all_users

import data.tenantlint.lib.conditional_access as ca
import data.tenantlint.lib.findings as lib
import data.tenantlint.lib.user_coverage as coverage
import rego.v1

policies := lib.collection("conditional_access_policies")

clients := ca.modern_client_types

security_defaults_on if object.get(input, ["collections", "security_defaults", "isEnabled"], false) == true

# Why each policy does not count, users and client types aside.
judged := [{
	"id": ca.identity(policy),
	"policy": policy,
	"reasons": union({
		ca.state_reasons(policy),
		grant_reasons(policy),
		ca.narrowed_by(policy, input.parameters.permitted_application_exclusions),
	}),
	"unknown": (ca.unknown_reasons(policy) | ca.strength_reasons(policy, "mfa")),
} |
	some policy in policies
]

grant_reasons(policy) := {"it has no grant control"} if {
	count(ca.demands(policy)) == 0
} else := {sprintf("it does not force a second factor: %s is enough", [ca.accepted(policy)])} if {
	ca.forces(policy, "mfa") == "no"
} else := set()

possible[client] := {one.id | some one in judged; count(one.reasons) == 0; ca.covers_client(one.policy, client)} if {
	some client in clients
}

certain[client] := {one.id |
	some one in judged
	count(one.reasons | one.unknown) == 0
	ca.covers_client(one.policy, client)
} if {
	some client in clients
}

uncovered contains client if {
	some client in clients
	count(coverage.for_all(certain[client])) == 0
}

near_misses := ca.nearest([ca.near_miss(one.policy, because) |
	some one in judged
	because := ((one.reasons | one.unknown) | ca.user_reasons(one.policy)) | ca.client_reasons(one.policy, clients)
	count(because) > 0
	asks_for_factor(one.policy)
])

asks_for_factor(policy) if "mfa" in ca.demands(policy)

asks_for_factor(policy) if count(ca.strength(policy)) > 0

findings contains finding if {
	security_defaults_on
	finding := {
		"resource": lib.tenant,
		"key": {"gap": "security defaults"},
		"message": "Security defaults are on: Microsoft decides when a user is asked for a second factor",
		"evidence": {"security_defaults": "on", "enabled_policies": ca.number_enabled(policies)},
		"depends_on": ["when security defaults ask for a second factor"],
	}
}

findings contains finding if {
	not security_defaults_on
	count(uncovered) > 0
	finding := object.union(
		{
			"resource": lib.tenant,
			"key": {"gap": "no policy"},
			"message": sprintf("No enabled policy forces a second factor for all users and applications (%s)", [
				concat(", ", sort(uncovered)),
			]),
			"evidence": {
				"client_types": sort(uncovered),
				"policies": count(policies),
				"enabled_policies": ca.number_enabled(policies),
				"security_defaults": lib.status("security_defaults"),
				"near_misses": near_misses,
			},
		},
		coverage.hangs_on(
			[count(coverage.for_all(possible[client])) | some client in uncovered],
			{words | some one in judged; count(one.reasons) == 0; some words in ca.unknown_words(one.policy, one.unknown)},
			ca.number_enabled(policies),
		),
	)
}

open[client] := coverage.open_classes(certain[client]) if some client in (clients_ - uncovered)

clients_ := {client | some client in clients}

surely_open contains class if {
	some client, classes in open
	some class in classes
	coverage.surely_open(class, possible[client])
}

perhaps_open contains class if {
	some classes in open
	some class in classes
	not class in surely_open
}

unknown contains part if {
	some client in clients
	some part in coverage.unknown_exclusions(certain[client])
}

counting := sort({ca.name(one.policy) | some one in judged; some ids in certain; one.id in ids})

findings contains finding if {
	not security_defaults_on
	finding := coverage.left_out_finding(
		surely_open,
		counting,
		"A password alone is enough for %s: the policies that force a second factor leave them out",
	)
}

findings contains finding if {
	not security_defaults_on
	finding := coverage.perhaps_finding(
		perhaps_open,
		unknown,
		counting,
		"Some users may be left out by every policy that forces a second factor",
	)
}

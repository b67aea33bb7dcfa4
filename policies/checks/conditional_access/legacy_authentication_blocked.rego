# METADATA
# title: Legacy authentication is blocked for every user
# description: >-
#   Looks for enabled Conditional Access policies that keep the legacy client types (exchangeActiveSync and other)
#   out of every application for all users, in one policy or in several, without conditions that leave a part open.
#   Legacy clients cannot answer a grant control, so a policy with any grant control stops them; session controls do
#   not. Security defaults block legacy authentication for everyone. Each policy is judged by itself and their user
#   conditions together.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/policy-block-legacy-authentication
#     description: Microsoft's policy template that blocks legacy authentication
#   - ref: https://learn.microsoft.com/en-us/entra/fundamentals/security-defaults
#     description: What security defaults enforce
# custom:
#   id: CA001
#   severity: critical
#   requires: [conditional_access_policies]
#   refines: [security_defaults, users, groups, group_members, role_assignments]
#   facts: [exclusions]
#   tags: [conditional-access, legacy-auth, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: all_users, effort: low, user_impact: low}
#   rationale: >-
#     POP, IMAP, SMTP AUTH and old Office clients send a password and nothing else. Whoever guesses or buys one
#     password signs in with it, past every policy that asks for a second factor; password spraying is aimed at
#     these protocols for that reason. One mailbox taken like this is enough for invoice fraud from a genuine
#     address.
#   remediation: >-
#     Entra admin center > Entra ID > Conditional Access > New policy: Users: all users, excluding the emergency
#     accounts only; Target resources: all resources; Conditions > Client apps: Exchange ActiveSync clients and
#     Other clients; Grant: block access. Run it report-only first and read the sign-in logs by client app. In
#     Graph: conditions.clientAppTypes ["exchangeActiveSync","other"], conditions.users.includeUsers ["All"],
#     conditions.applications.includeApplications ["All"], grantControls.builtInControls ["block"], state "enabled".
#   parameters:
#     permitted_application_exclusions:
#       type: array
#       default: []
#       meaning: >-
#         Ids of applications that a policy may leave out and still count. Empty, since no application needs legacy
#         authentication by design.
#   mappings:
#     secure_score: [BlockLegacyAuthentication]
#     scuba: [MS.AAD.1.1v1]
#     cis_m365: ["5.2.2.3"]
#     maester: [MT.1009, MT.1010, CISA.MS.AAD.1.1]
#     prowler: [entra_legacy_authentication_blocked]
#     mitre_attack: [T1110, T1110.001, T1110.002, T1110.003, T1078, T1078.004]
#     nist_800_53: [CM-7]
package tenantlint.checks.conditional_access.legacy_authentication_blocked

import data.tenantlint.lib.conditional_access as ca
import data.tenantlint.lib.findings as lib
import data.tenantlint.lib.user_coverage as coverage
import rego.v1

policies := lib.collection("conditional_access_policies")

clients := ca.legacy_client_types

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
	"unknown": ca.unknown_reasons(policy),
} |
	some policy in policies
]

# A legacy client cannot answer a grant control, so that any of them stops it.
grant_reasons(policy) := {"it has no grant control" | count(ca.demands(policy)) == 0}

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
	close(one.policy, because)
])

close(policy, _) if {
	some client in ca.client_types(policy)
	client in clients
}

close(policy, because) if {
	count(because) == 1
	ca.blocks(policy)
}

findings contains finding if {
	not security_defaults_on
	count(uncovered) > 0
	finding := object.union(
		{
			"resource": lib.tenant,
			"key": {"gap": "no policy"},
			"message": sprintf("No enabled policy keeps legacy clients (%s) away from all users and applications", [
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
		"Legacy authentication stays open for %s: the policies that block it leave them out",
	)
}

findings contains finding if {
	not security_defaults_on
	finding := coverage.perhaps_finding(
		perhaps_open,
		unknown,
		counting,
		"Some users may be left out by every policy that blocks legacy authentication",
	)
}

# METADATA
# title: Directory synchronization can sign in
# description: >-
#   Looks at the accounts with which Entra Connect signs in (holders of the roles Directory Synchronization
#   Accounts and On Premises Directory Sync Account) and at every enabled policy for all applications or for the
#   directory: whether it blocks them, or asks for what a service cannot do, such as MFA or a managed device.
#   Policies that hold in some places only are left aside, since the snapshot does not tell where the server
#   stands. Where synchronization signs in as an application it has no such account.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/policy-all-users-mfa-strength
#     description: Microsoft's policy template, with the exclusions that it needs
#   - ref: https://learn.microsoft.com/en-us/entra/identity/hybrid/connect/reference-connect-accounts-permissions
#     description: The accounts of Entra Connect
# custom:
#   id: CA036
#   severity: high
#   requires: [conditional_access_policies, role_assignments|role_assignment_schedule_instances]
#   refines:
#     - security_defaults
#     - authentication_strengths
#     - named_locations
#     - users
#     - groups
#     - group_members
#     - organization
#   facts: [lockout.synchronization]
#   licences: [entra_p1]
#   tags: [conditional-access, hybrid, soundness, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: some_users, effort: low, user_impact: low}
#   rationale: >-
#     When synchronization stops, new people have no account, and those who were dismissed keep theirs: accounts
#     that were disabled on premises stay enabled in the cloud, with all their access. It is seldom noticed on
#     the day.
#   remediation: >-
#     Entra admin center > Entra ID > Conditional Access > the policy > Users > Exclude > Directory roles:
#     Directory Synchronization Accounts (conditions.users.excludeRoles ["d29b2b05-8046-44ba-8758-1e26182fcf32"]
#     in Graph). Better, let Entra Connect sign in as an application, and give the account a policy of its own
#     that blocks every place but the server's.
#   mappings:
#     maester: [MT.1020]
#     prowler: [entra_conditional_access_policy_directory_sync_account_excluded]
#     nist_800_53: ["AC-2(3)", CP-2]
package tenantlint.checks.conditional_access.synchronization_not_stopped

import data.tenantlint.lib.findings as lib
import data.tenantlint.lib.lockout as words
import rego.v1

fact := input.facts.lockout.synchronization

hybrid := lib.block(input, ["collections", "organization"])

not_applicable contains "No directory is synchronized into the tenant." if {
	count(hybrid) > 0
	not object.get(hybrid, "onPremisesSyncEnabled", null) == true
}

not_applicable contains "No account signs in for the synchronization of directories." if {
	count(fact.accounts) == 0
}

stops(one) := "blocks the synchronization of directories" if {
	one.blocks
} else := sprintf("asks the synchronization of directories for %s", [concat(", ", one.controls)])

findings contains finding if {
	count(not_applicable) == 0
	some one in fact.caught
	finding := words.with_unknowns(
		{
			"resource": words.resource(one.policy),
			"message": sprintf("The policy \"%s\" %s.", [one.policy.name, stops(one)]),
			"principals": one.accounts,
			"evidence": {"controls": one.controls, "where": one.where},
			"pointer": "/conditions/users/excludeRoles",
		},
		one,
	)
}

# METADATA
# title: At least two emergency accounts are declared and ready
# description: >-
#   Looks at the accounts that the exception register declares as break glass: that there are at least two, and
#   that each exists, is enabled and holds Global Administrator actively, for the whole tenant and without an end.
#   Where none is declared, which accounts they are hangs on the register, and so does the verdict.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/role-based-access-control/security-emergency-access
#     description: Emergency access accounts
#   - ref: https://learn.microsoft.com/en-us/entra/identity/role-based-access-control/best-practices
#     description: Practices for administrative roles
# custom:
#   id: PA020
#   severity: high
#   requires: [role_assignments|role_assignment_schedule_instances]
#   refines:
#     - users
#     - groups
#     - group_members
#     - role_eligibility_schedule_instances
#     - privileged_access_group_eligibility_schedule_instances
#   facts: [emergency_accounts]
#   tags: [privileged-access, emergency-accounts]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: tenant, effort: low, user_impact: none}
#   rationale: >-
#     When a policy locks everybody out, the MFA service fails or the last administrator leaves, an emergency
#     account is the only way back; otherwise Microsoft has to be convinced over days. One account is none when
#     its key is lost. One that is disabled or has to be activated and approved fails at the moment it is needed.
#   remediation: >-
#     Entra admin center > Entra ID > Users: make two accounts in the onmicrosoft.com domain and assign Global
#     Administrator permanently under Roles & admins; declare both in the exception register as kind break_glass.
#     In Graph: accountEnabled of the user, and roleManagement/directory/roleAssignments with directoryScopeId /.
#   parameters:
#     min_accounts:
#       type: integer
#       default: 2
#       meaning: >-
#         Fewest declared emergency accounts. Microsoft advises two or more, so that the loss of one key or one
#         site is no loss of the tenant.
#   mappings:
#     cis_m365: ["1.1.2"]
#     mitre_attack: [T1531]
#     nist_800_53: [CP-2, AC-2]
package tenantlint.checks.privileged_access.emergency_accounts_ready

import data.tenantlint.lib.emergency
import data.tenantlint.lib.findings as lib
import rego.v1

fact := input.facts.emergency_accounts

declared := emergency.accounts(fact)

findings contains {
	"resource": lib.tenant,
	"key": {"declared": 0},
	"message": emergency.none_declared,
	"evidence": {"declared": 0, "min_accounts": input.parameters.min_accounts},
	"depends_on": ["which accounts are meant for emergencies (exception register, kind break_glass)"],
} if {
	count(fact) == 0
	input.parameters.min_accounts > 0
}

# A declared group whose members are not known may hold any number.
findings contains {
	"resource": lib.tenant,
	"key": {"declared": "few"},
	"message": sprintf("The exception register declares %s, fewer than %d.", [
		lib.counted(count(declared), "emergency account", "emergency accounts"),
		input.parameters.min_accounts,
	]),
	"evidence": {
		"declared": [one.id | some one in declared],
		"groups": groups,
		"min_accounts": input.parameters.min_accounts,
	},
	"depends_on": ["who is in the declared groups (group_members)" | count(groups) > 0],
} if {
	count(fact) > 0
	count(declared) < input.parameters.min_accounts
}

groups := [one.id | some one in fact; one.kind == "group"]

findings contains found if {
	some one in declared
	some found in verdict(one)
}

verdict(one) := {emergency.finding(one, {
	"words": "does not exist",
	"shown": {"exists": false},
})} if {
	one.exists == false
} else := {emergency.finding(one, {
	"words": "is disabled",
	"shown": {"accountEnabled": false},
	"pointer": "/accountEnabled",
})} if {
	one.enabled == false
} else := {emergency.finding(one, {
	"words": held[one.global_administrator],
	"shown": {"global_administrator": one.global_administrator},
})} if {
	held[one.global_administrator]
} else := {emergency.finding(one, {
	"words": "may not be ready: the snapshot does not tell all of it",
	"shown": {
		"exists": one.exists,
		"accountEnabled": one.enabled,
		"global_administrator": one.global_administrator,
	},
	"depends_on": gaps(one),
})} if {
	count(gaps(one)) > 0
} else := set()

held := {
	"none": "does not hold Global Administrator for the whole tenant",
	"eligible": "has to activate Global Administrator first",
	"timed": "holds Global Administrator with an end",
}

gaps(one) := [name |
	some name, missing in {
		"whether declared accounts exist and are enabled (users)": null in {one.exists, one.enabled},
		"who holds Global Administrator (role assignments and group members)": one.global_administrator == null,
	}
	missing
]

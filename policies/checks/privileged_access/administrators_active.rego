# METADATA
# title: Every privileged account is in use
# description: >-
#   Looks at every enabled account that holds or may activate a privileged role and tells which have not signed in
#   for longer than the parameter allows, or never since they were made. Sign-ins of every kind count. Declared
#   emergency accounts are meant to rest and are left out. An account of which the list of sign-ins says nothing
#   leaves the verdict open.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/monitoring-health/howto-manage-inactive-user-accounts
#     description: Finding accounts that nobody uses
#   - ref: https://learn.microsoft.com/en-us/entra/identity/role-based-access-control/best-practices
#     description: Practices for administrative roles
# custom:
#   id: PA007
#   severity: medium
#   requires: [role_assignments|role_assignment_schedule_instances, user_sign_in_activity]
#   refines:
#     - role_definitions
#     - role_eligibility_schedule_instances
#     - privileged_access_group_eligibility_schedule_instances
#     - users
#     - groups
#     - group_members
#     - service_principals
#   facts: [privileged_holders]
#   licences: [entra_p1]
#   tags: [privileged-access, unused-accounts]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: administrators, effort: low, user_impact: low}
#   rationale: >-
#     Nobody misses an account that nobody uses: its owner changed jobs or left, its password is years old, and an
#     intruder in it is noticed last of all. With a privileged role it is the best account to find.
#   remediation: >-
#     Entra admin center > Entra ID > Roles & admins > All roles > the role > Assignments: remove the assignments
#     of accounts that are not used, and disable the accounts. In Graph: signInActivity of the user;
#     roleManagement/directory/roleAssignments and roleEligibilityScheduleRequests.
#   parameters:
#     tiers:
#       type: array
#       default: [takeover, limited]
#       meaning: >-
#         Tiers of roles to look at (takeover, limited, reader; policies/data/privileged_roles.json says which
#         role is in which). The default leaves out roles that only read.
#     max_days:
#       type: integer
#       default: 45
#       meaning: >-
#         Longest time without a sign-in, in days. Forty-five days outlast a holiday and a sick leave of a month.
#   mappings:
#     maester: [MT.1029]
#     mitre_attack: [T1078.004]
#     nist_800_53: [AC-2(3)]
package tenantlint.checks.privileged_access.administrators_active

import data.tenantlint.lib.findings as lib
import data.tenantlint.lib.holders
import rego.v1

fact := input.facts.privileged_holders

watched := [holder |
	some holder in holders.of_tiers(fact, input.parameters.tiers)
	not holder.emergency
]

not_applicable contains "Nobody but emergency accounts holds or may activate a role that is looked at." if {
	count(watched) == 0
}

findings contains found if {
	some holder in watched
	some found in verdict(holder)
}

findings contains found if {
	some found in holders.unknown(fact, input.parameters.tiers)
}

verdict(holder) := {unknown(holder, "when it last signed in (user_sign_in_activity)")} if {
	not holder.activity_told
} else := set() if {
	holder.idle_days != null
	holder.idle_days <= input.parameters.max_days
} else := {holders.finding(holder, {
	"words": sprintf("last signed in %s ago", [lib.counted(holder.idle_days, "day", "days")]),
	"shown": shown(holder),
})} if {
	holder.idle_days != null
} else := {unknown(holder, "when it was made (users)")} if {
	holder.age_days == null
} else := {holders.finding(holder, {
	"words": sprintf("never signed in since it was made %s ago", [lib.counted(holder.age_days, "day", "days")]),
	"shown": shown(holder),
})} if {
	holder.age_days > input.parameters.max_days
} else := set()

unknown(holder, what) := holders.finding(holder, {
	"words": sprintf("may be unused: the snapshot does not tell %s", [what]),
	"shown": shown(holder),
	"depends_on": [what],
})

shown(holder) := {
	"last_sign_in": holder.last_sign_in,
	"createdDateTime": holder.created,
	"max_days": input.parameters.max_days,
}

# METADATA
# title: No guest holds or may activate a privileged role
# description: >-
#   Looks at every enabled account that holds or may activate a privileged role, also through groups, and tells
#   which belong to people from outside: guests by their type, and members who were invited. An account whose
#   object does not tell its type leaves the verdict open.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/role-based-access-control/best-practices
#     description: Practices for administrative roles
#   - ref: https://learn.microsoft.com/en-us/entra/identity/role-based-access-control/security-planning
#     description: Securing privileged access
# custom:
#   id: PA006
#   severity: high
#   requires: [role_assignments|role_assignment_schedule_instances, users]
#   refines:
#     - role_definitions
#     - role_eligibility_schedule_instances
#     - privileged_access_group_eligibility_schedule_instances
#     - groups
#     - group_members
#     - service_principals
#   facts: [privileged_holders]
#   tags: [privileged-access, guests]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: administrators, effort: medium, user_impact: low}
#   rationale: >-
#     A guest signs in with an account that another organization creates, protects and forgets to close. Its
#     password rules, its lost phones and its leavers are decided there, and so, with the role, is who administers
#     this tenant.
#   remediation: >-
#     Entra admin center > Entra ID > Roles & admins > All roles > the role > Assignments: remove the guest, and
#     give the person an account of this tenant, or work with the partner through granular delegated admin
#     privileges. In Graph: userType and externalUserState of the user, roleManagement/directory/roleAssignments.
#   parameters:
#     tiers:
#       type: array
#       default: [takeover, limited]
#       meaning: >-
#         Tiers of roles to look at (takeover, limited, reader; policies/data/privileged_roles.json says which
#         role is in which). The default leaves out roles that only read.
#     permitted_users:
#       type: array
#       default: []
#       meaning: >-
#         Ids of outside accounts that are meant to have a role. None by default; an exception with an owner and
#         an end says more.
#   mappings:
#     maester: [MT.1025]
#     mitre_attack: [T1199, T1078.004]
#     nist_800_53: [AC-6(5), AC-20]
package tenantlint.checks.privileged_access.guests_hold_no_privileged_roles

import data.tenantlint.lib.holders
import rego.v1

fact := input.facts.privileged_holders

watched := holders.of_tiers(fact, input.parameters.tiers)

not_applicable contains "Nobody holds or may activate a role that is looked at." if {
	count(watched) == 0
}

findings contains found if {
	some holder in watched
	not holder.id in input.parameters.permitted_users
	some found in verdict(holder)
}

findings contains found if {
	some found in holders.unknown(fact, input.parameters.tiers)
}

verdict(holder) := {holders.finding(holder, {
	"words": "is an account from outside the organization",
	"shown": shown(holder),
	"pointer": "/userType",
})} if {
	holder.guest == true
} else := {holders.finding(holder, {
	"words": "may be a guest: the snapshot does not tell",
	"shown": shown(holder),
	"depends_on": ["what type of account holders of roles have (users)"],
})} if {
	holder.guest == null
} else := set()

shown(holder) := {"from_outside": holder.guest, "userPrincipalName": holder.upn}

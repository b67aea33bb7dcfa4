# METADATA
# title: Privileged accounts live in the cloud only
# description: >-
#   Looks at every enabled account that holds or may activate a privileged role, also through groups, and tells
#   which are synchronized from an on-premises directory, carry the anchor of an on-premises object
#   (onPremisesImmutableId), or sign in through a federated domain. An account whose object tells nothing of this
#   leaves the verdict open.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/architecture/protect-m365-from-on-premises-attacks
#     description: Keeping Microsoft 365 safe from attacks that start on premises
#   - ref: https://learn.microsoft.com/en-us/entra/identity/role-based-access-control/best-practices
#     description: Practices for administrative roles
#   - ref: https://learn.microsoft.com/en-us/entra/identity/role-based-access-control/security-planning
#     description: Securing privileged access
# custom:
#   id: PA004
#   severity: high
#   requires: [role_assignments|role_assignment_schedule_instances|role_holders]
#   refines:
#     - role_definitions
#     - role_eligibility_schedule_instances
#     - privileged_access_group_eligibility_schedule_instances
#     - users
#     - groups
#     - group_members
#     - service_principals
#     - domains
#   facts: [privileged_holders]
#   tags: [privileged-access, hybrid, cloud-only]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: administrators, effort: medium, user_impact: low}
#   rationale: >-
#     Whoever rules the on-premises directory rules every account that comes from it: he sets its password, or
#     takes it over by an object with the same anchor, and signs in to the cloud as administrator. Ransomware on
#     premises then ends in the tenant as well, and the cloud is no place left to recover from.
#   remediation: >-
#     Entra admin center > Entra ID > Users > New user: make the administrator a separate account in the
#     onmicrosoft.com domain, assign the roles to it, and take them from the synchronized one. In Graph:
#     onPremisesSyncEnabled and onPremisesImmutableId of the user are null, and authenticationType of its domain
#     is Managed.
#   parameters:
#     tiers:
#       type: array
#       default: [takeover, limited]
#       meaning: >-
#         Tiers of roles to look at (takeover, limited, reader; policies/data/privileged_roles.json says which
#         role is in which). The default leaves out roles that only read.
#   mappings:
#     scuba: [MS.AAD.7.3v1]
#     maester: [MT.1026, MT.1081]
#     prowler: [entra_admin_users_cloud_only]
#     secure_score: [aad_admin_accounts_separate_unassigned_cloud_only]
#     cis_m365: ["1.1.1"]
#     mitre_attack: [T1078.002, T1484.002]
#     nist_800_53: [AC-6(5)]
package tenantlint.checks.privileged_access.administrators_cloud_only

import data.tenantlint.lib.holders
import rego.v1

fact := input.facts.privileged_holders

watched := holders.of_tiers(fact, input.parameters.tiers)

not_applicable contains "Nobody holds or may activate a role that is looked at." if {
	count(watched) == 0
}

findings contains found if {
	some holder in watched
	some found in verdict(holder)
}

findings contains found if {
	some found in holders.unknown(fact, input.parameters.tiers)
}

verdict(holder) := {holders.finding(holder, {
	"words": concat(", and ", reasons(holder)),
	"shown": shown(holder),
	"pointer": "/onPremisesSyncEnabled",
})} if {
	count(reasons(holder)) > 0
} else := {holders.finding(holder, {
	"words": "may come from an on-premises directory: the snapshot does not tell",
	"shown": shown(holder),
	"depends_on": ["whether accounts are synchronized (users)"],
})} if {
	holder.synchronized == null
	holder.anchored == null
} else := set()

reasons(holder) := [words |
	some reason, words in {
		"synchronized": "is synchronized from an on-premises directory",
		"anchored": "carries the anchor of an on-premises object",
		"federated": "signs in through a federated domain",
	}
	holder[reason] == true
	not implied(holder, reason)
]

# Every synchronized account has an anchor.
implied(holder, "anchored") if holder.synchronized == true

shown(holder) := {
	"onPremisesSyncEnabled": holder.synchronized,
	"has_onPremisesImmutableId": holder.anchored,
	"federated_domain": holder.federated,
	"userPrincipalName": holder.upn,
}

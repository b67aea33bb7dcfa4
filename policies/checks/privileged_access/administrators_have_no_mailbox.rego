# METADATA
# title: Privileged accounts carry no mailbox and no licence for everyday work
# description: >-
#   Looks at every enabled account that holds or may activate a role from which the tenant can be taken over, and
#   tells which have a mailbox, or a licence with an enabled service plan for mail, files, chat or Office.
#   Licences for identity and devices, which administrators need, are fine. A licence that the list of
#   subscriptions does not have leaves the verdict open.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/role-based-access-control/security-planning
#     description: Securing privileged access
#   - ref: https://learn.microsoft.com/en-us/entra/identity/role-based-access-control/best-practices
#     description: Practices for administrative roles
#   - ref: https://learn.microsoft.com/en-us/microsoft-365/admin/add-users/about-admin-roles
#     description: Administrative roles of Microsoft 365, and practices for them
# custom:
#   id: PA005
#   severity: medium
#   requires: [role_assignments|role_assignment_schedule_instances, users]
#   refines:
#     - role_definitions
#     - role_eligibility_schedule_instances
#     - privileged_access_group_eligibility_schedule_instances
#     - groups
#     - group_members
#     - service_principals
#     - subscribed_skus
#     - mailboxes
#   facts: [privileged_holders]
#   tags: [privileged-access, licences, separate-accounts]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: administrators, effort: medium, user_impact: medium}
#   rationale: >-
#     An account that reads mail is reached by phishing, by attachments and by shared files every day. When the
#     same account administers the tenant, one click in the wrong message is enough. A separate account without a
#     mailbox is seldom signed in and cannot be written to.
#   remediation: >-
#     Microsoft 365 admin center > Users > Active users > the account > Licenses and apps: take the licence away,
#     or clear the apps for mail, files, chat and Office, and give the person a separate account for everyday
#     work. In Graph: assignedLicenses of the user (assignLicense), disabledPlans for single service plans.
#   parameters:
#     tiers:
#       type: array
#       default: [takeover]
#       meaning: >-
#         Tiers of roles to look at (takeover, limited, reader; policies/data/privileged_roles.json says which
#         role is in which). The default has the roles from which the tenant or its main data can be taken over.
#     everyday_plans:
#       type: array
#       default: [EXCHANGE_S_, SHAREPOINT, TEAMS, MCOSTANDARD, OFFICESUBSCRIPTION]
#       meaning: >-
#         Beginnings of the names of service plans for everyday work: mail, files, chat and Office.
#     permitted_plans:
#       type: array
#       default: [EXCHANGE_S_FOUNDATION]
#       meaning: >-
#         Names of service plans that are fine though they begin so. EXCHANGE_S_FOUNDATION is part of nearly every
#         licence and gives no mailbox.
#   mappings:
#     maester: [MT.1028]
#     prowler: [admincenter_users_admins_reduced_license_footprint]
#     secure_score: [aad_admin_accounts_separate_unassigned_cloud_only]
#     cis_m365: ["1.1.4"]
#     mitre_attack: [T1566, T1078.004]
#     nist_800_53: [AC-6(2)]
package tenantlint.checks.privileged_access.administrators_have_no_mailbox

import data.tenantlint.lib.findings as lib
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
	"words": concat(" and ", reasons(holder)),
	"shown": shown(holder),
	"pointer": "/assignedLicenses",
})} if {
	count(reasons(holder)) > 0
} else := {holders.finding(holder, {
	"words": sprintf("may be licensed for everyday work: the snapshot does not tell %s", [concat(" and ", gaps(holder))]),
	"shown": shown(holder),
	"depends_on": gaps(holder),
})} if {
	count(gaps(holder)) > 0
} else := set()

reasons(holder) := array.concat(
	["has a mailbox" | holder.mailbox == true],
	[sprintf("is licensed for %s", [lib.named(plans(holder))]) | count(plans(holder)) > 0],
)

# The licences of an account; none where they are not told.
default licences(_) := []

licences(holder) := holder.licences if holder.licences != null

plans(holder) := sort({plan |
	some licence in licences(holder)
	some plan in licence.plans
	some beginning in input.parameters.everyday_plans
	startswith(plan, beginning)
	not plan in input.parameters.permitted_plans
})

gaps(holder) := array.concat(
	["which licences it has (users)" | holder.licences == null],
	[sprintf("what is in the licence %s (subscribed_skus)", [licence.sku_id]) |
		some licence in licences(holder)
		licence.sku == null
	],
)

shown(holder) := {"mailbox": holder.mailbox, "assignedLicenses": holder.licences}

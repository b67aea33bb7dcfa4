# METADATA
# title: Somebody is told whenever another highly privileged role is activated
# description: >-
#   Looks, for each of CISA's highly privileged roles but Global Administrator and each group that gives one, at
#   whom Privileged Identity Management tells of an activation. Strict, since these roles are activated every day
#   and the mail needs somebody, or a machine, that reads it.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/id-governance/privileged-identity-management/pim-email-notifications
#     description: Mail that Privileged Identity Management sends
#   - ref: https://learn.microsoft.com/en-us/graph/identity-governance-pim-rules-overview
#     description: The rules of a role, as the Graph names them
# custom:
#   id: PA014
#   severity: low
#   requires: [role_management_policies]
#   refines:
#     - role_definitions
#     - role_assignments
#     - role_assignment_schedule_instances
#     - role_eligibility_schedule_instances
#     - privileged_access_group_eligibility_schedule_instances
#     - users
#     - groups
#     - group_members
#   facts: [pim_rules]
#   licences: [entra_p2]
#   tags: [privileged-access, pim, alerts, strict]
#   bucket: situational
#   lenses: {risk_reduction: low, scope: administrators, effort: low, user_impact: none}
#   rationale: >-
#     Exchange, SharePoint or User Administrator reach most of what a tenant holds, and an intruder who avoids the
#     watched role takes one of these. Activations that are sent to a monitoring system can be held against
#     working hours and tickets.
#   remediation: >-
#     Entra admin center > ID Governance > Privileged Identity Management > Microsoft Entra roles > Settings > the
#     role > Edit > Notifications > Send notifications when eligible members activate this role: add a monitored
#     address as additional recipient of the role activation alert. In Graph: notificationRecipients of the rule
#     Notification_Admin_EndUser_Assignment.
#   parameters:
#     all_takeover_roles:
#       type: boolean
#       default: false
#       meaning: >-
#         Whether all roles of the tier takeover are looked at, and not only the eight that CISA calls highly
#         privileged. Off by default, since mail about every helpdesk activation is soon no longer read.
#     require_additional_recipients:
#       type: boolean
#       default: true
#       meaning: >-
#         Whether somebody has to be named beside the administrators whom Microsoft tells by default. They are by
#         default, since an intruder with such an account reads that mail, too.
#   mappings:
#     scuba: [MS.AAD.7.9v1]
#     mitre_attack: [T1078.004]
#     nist_800_53: [AC-6(9)]
package tenantlint.checks.privileged_access.privileged_activation_alerts

import data.tenantlint.lib.pim
import data.tenantlint.lib.privileged
import rego.v1

judged := [one |
	some one in pim.of_highest(input.facts.pim_rules, input.parameters.all_takeover_roles)
	one.role.own_id != privileged.global_administrator
]

not_applicable contains "The snapshot's list of roles has none that is looked at." if {
	count(judged) == 0
}

findings contains found if {
	some one in judged
	some found in pim.alert(one, ["activation"], input.parameters.require_additional_recipients)
}

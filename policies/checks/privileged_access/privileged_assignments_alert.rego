# METADATA
# title: Somebody is told of every new assignment of a privileged role
# description: >-
#   Looks, for each of CISA's highly privileged roles and each group that gives one, at whom Privileged Identity
#   Management tells of a new eligible and of a new active assignment. By default somebody beside the
#   administrators whom Microsoft tells anyway is wanted. A rule that the snapshot does not have leaves the
#   verdict open.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/id-governance/privileged-identity-management/pim-email-notifications
#     description: Mail that Privileged Identity Management sends
#   - ref: https://learn.microsoft.com/en-us/graph/identity-governance-pim-rules-overview
#     description: The rules of a role, as the Graph names them
# custom:
#   id: PA012
#   severity: medium
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
#   tags: [privileged-access, pim, alerts]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: administrators, effort: low, user_impact: none}
#   rationale: >-
#     Whoever got hold of one administrator makes a second one, so that the first can be lost. The assignment is
#     the moment at which it shows. When only administrators are told, the intruder reads and deletes the mail, or
#     nobody feels meant.
#   remediation: >-
#     Entra admin center > ID Governance > Privileged Identity Management > Microsoft Entra roles > Settings > the
#     role > Edit > Notifications: under both headings about assigned members, add a monitored address as
#     additional recipient of the role assignment alert. In Graph: notificationRecipients of the rules
#     Notification_Admin_Admin_Assignment and Notification_Admin_Admin_Eligibility.
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
#     scuba: [MS.AAD.7.7v1]
#     mitre_attack: [T1098.003]
#     nist_800_53: [AC-2(1)]
package tenantlint.checks.privileged_access.privileged_assignments_alert

import data.tenantlint.lib.pim
import rego.v1

judged := pim.of_highest(input.facts.pim_rules, input.parameters.all_takeover_roles)

not_applicable contains "The snapshot's list of roles has none that is looked at." if {
	count(judged) == 0
}

findings contains found if {
	some one in judged
	some found in pim.alert(one, ["active", "eligible"], input.parameters.require_additional_recipients)
}

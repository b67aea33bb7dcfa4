# METADATA
# title: Somebody is told whenever Global Administrator is activated
# description: >-
#   Looks at whom Privileged Identity Management tells when Global Administrator is activated, and when the
#   membership of a group is activated that gives the role. By default somebody beside the administrators whom
#   Microsoft tells anyway is wanted. A rule that the snapshot does not have leaves the verdict open.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/id-governance/privileged-identity-management/pim-email-notifications
#     description: Mail that Privileged Identity Management sends
#   - ref: https://learn.microsoft.com/en-us/graph/identity-governance-pim-rules-overview
#     description: The rules of a role, as the Graph names them
# custom:
#   id: PA013
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
#     Global Administrator is activated rarely and for a reason that colleagues know. An activation at night, or
#     by somebody on leave, is the clearest sign of an account in other hands, and there are hours to stop it when
#     a watched mailbox or the security team hears of it.
#   remediation: >-
#     Entra admin center > ID Governance > Privileged Identity Management > Microsoft Entra roles > Settings >
#     Global Administrator > Edit > Notifications > Send notifications when eligible members activate this role:
#     add a monitored address as additional recipient of the role activation alert. In Graph:
#     notificationRecipients of the rule Notification_Admin_EndUser_Assignment.
#   parameters:
#     require_additional_recipients:
#       type: boolean
#       default: true
#       meaning: >-
#         Whether somebody has to be named beside the administrators whom Microsoft tells by default. They are by
#         default, since an intruder with such an account reads that mail, too.
#   mappings:
#     scuba: [MS.AAD.7.8v1]
#     mitre_attack: [T1078.004]
#     nist_800_53: [AC-6(9)]
package tenantlint.checks.privileged_access.global_administrator_activation_alerts

import data.tenantlint.lib.pim
import data.tenantlint.lib.privileged
import rego.v1

judged := pim.of_role(input.facts.pim_rules, privileged.global_administrator)

not_applicable contains "The snapshot's list of roles does not have Global Administrator." if {
	count(judged) == 0
}

findings contains found if {
	some one in judged
	some found in pim.alert(one, ["activation"], input.parameters.require_additional_recipients)
}

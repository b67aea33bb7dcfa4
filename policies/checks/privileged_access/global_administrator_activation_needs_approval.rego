# METADATA
# title: Somebody else approves before Global Administrator is activated
# description: >-
#   Looks at the approval rule that Privileged Identity Management has for activating Global Administrator, and at
#   the rules of every group that gives the role through an activated membership. Counts the approvers named;
#   nobody named means the default approvers. A rule that the snapshot does not have leaves the verdict open.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/id-governance/privileged-identity-management/pim-approval-workflow
#     description: Approval of role activations
#   - ref: https://learn.microsoft.com/en-us/graph/identity-governance-pim-rules-overview
#     description: The rules of a role, as the Graph names them
#   - ref: https://learn.microsoft.com/en-us/entra/id-governance/privileged-identity-management/concept-pim-for-groups
#     description: Privileged Identity Management for groups
# custom:
#   id: PA010
#   severity: high
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
#   tags: [privileged-access, pim, approval]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: administrators, effort: medium, user_impact: low}
#   rationale: >-
#     Without approval, whoever takes over an eligible account makes himself Global Administrator within a minute:
#     the second factor is often satisfied by the stolen session. A colleague who has to agree is the one control
#     that the account itself cannot give. A group that leads to the role and asks nobody is a way around it.
#   remediation: >-
#     Entra admin center > ID Governance > Privileged Identity Management > Microsoft Entra roles > Settings >
#     Global Administrator > Edit: turn on Require approval to activate and name at least two people or a group.
#     For a group, the same under Groups > Settings > Member. In Graph: the rule Approval_EndUser_Assignment,
#     property setting.isApprovalRequired, of policies/roleManagementPolicies.
#   parameters:
#     min_approvers:
#       type: integer
#       default: 1
#       meaning: >-
#         Fewest people who can approve, where any are named. One alone is a bottleneck and cannot approve a
#         request of his own; two are better. Where nobody is named, Privileged Role Administrators and Global
#         Administrators approve.
#   mappings:
#     scuba: [MS.AAD.7.6v1]
#     cis_m365: ["5.3.4"]
#     prowler: [entra_pim_global_administrator_approval_required]
#     mitre_attack: [T1098.003, T1078.004]
#     nist_800_53: [AC-6(1)]
package tenantlint.checks.privileged_access.global_administrator_activation_needs_approval

import data.tenantlint.lib.pim
import data.tenantlint.lib.privileged
import rego.v1

judged := pim.of_role(input.facts.pim_rules, privileged.global_administrator)

not_applicable contains "The snapshot's list of roles does not have Global Administrator." if {
	count(judged) == 0
}

findings contains found if {
	some one in judged
	some found in pim.approval(one, input.parameters.min_approvers)
}

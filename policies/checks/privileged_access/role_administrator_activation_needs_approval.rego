# METADATA
# title: Somebody else approves before Privileged Role Administrator is activated
# description: >-
#   Looks at the approval rule that Privileged Identity Management has for activating Privileged Role
#   Administrator, and at the rules of every group that gives the role through an activated membership. A rule
#   that the snapshot does not have leaves the verdict open.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/id-governance/privileged-identity-management/pim-approval-workflow
#     description: Approval of role activations
#   - ref: https://learn.microsoft.com/en-us/graph/identity-governance-pim-rules-overview
#     description: The rules of a role, as the Graph names them
#   - ref: https://learn.microsoft.com/en-us/entra/id-governance/privileged-identity-management/concept-pim-for-groups
#     description: Privileged Identity Management for groups
# custom:
#   id: PA011
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
#     A Privileged Role Administrator hands out every role, Global Administrator included, and changes the rules
#     under which roles are activated. Guarding the highest role and leaving this one open guards nothing: an
#     intruder takes the longer way by one step.
#   remediation: >-
#     Entra admin center > ID Governance > Privileged Identity Management > Microsoft Entra roles > Settings >
#     Privileged Role Administrator > Edit: turn on Require approval to activate and name at least two people or a
#     group. In Graph: the rule Approval_EndUser_Assignment, property setting.isApprovalRequired, of
#     policies/roleManagementPolicies.
#   parameters:
#     min_approvers:
#       type: integer
#       default: 1
#       meaning: >-
#         Fewest people who can approve, where any are named. One alone is a bottleneck and cannot approve a
#         request of his own; two are better. Where nobody is named, Privileged Role Administrators and Global
#         Administrators approve.
#   mappings:
#     cis_m365: ["5.3.5"]
#     prowler: [entra_pim_privileged_role_administrator_approval_required]
#     mitre_attack: [T1098.003, T1078.004]
#     nist_800_53: [AC-6(1)]
package tenantlint.checks.privileged_access.role_administrator_activation_needs_approval

import data.tenantlint.lib.pim
import data.tenantlint.lib.privileged
import rego.v1

judged := pim.of_role(input.facts.pim_rules, privileged.privileged_role_administrator)

not_applicable contains "The snapshot's list of roles does not have Privileged Role Administrator." if {
	count(judged) == 0
}

findings contains found if {
	some one in judged
	some found in pim.approval(one, input.parameters.min_approvers)
}

# METADATA
# title: No sign-in gets a token without any control
# description: >-
#   Asks whether any enabled user can sign in with a modern client to any application and get a token for which
#   no enabled policy asks anything: neither MFA nor a managed device, an approved app, terms of use or a block.
#   All policies count together, so that several which each cover a part are what they are in union. Session
#   controls are no grant: a policy that only shortens sessions lets everybody in. Legacy clients are the
#   subject of CA001.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/plan-conditional-access
#     description: How to plan policies so that every application has one
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/concept-conditional-access-grant
#     description: Grant controls
# custom:
#   id: CA028
#   severity: high
#   requires: [conditional_access_policies]
#   refines:
#     - security_defaults
#     - authentication_strengths
#     - named_locations
#     - users
#     - groups
#     - group_members
#     - role_assignments
#     - role_assignment_schedule_instances
#   facts: [coverage.any_control]
#   tags: [conditional-access, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: all_users, effort: medium, user_impact: low}
#   rationale: >-
#     A sign-in that no policy touches is decided by the password alone, whatever the risk, the place and the
#     device. Attackers look for such applications on purpose: one forgotten application gives a token, and with
#     it a first foothold from which mail and files are read and the next account is prepared.
#   remediation: >-
#     Entra admin center > Entra ID > Conditional Access > New policy: Users: all users, excluding the emergency
#     accounts; Target resources: all resources; Grant: require MFA. Where policies exist, close what the
#     finding names: the application, client, platform or place that each leaves out. In Graph:
#     conditions.users.includeUsers ["All"], conditions.applications.includeApplications ["All"],
#     grantControls.builtInControls ["mfa"], state "enabled".
#   parameters:
#     permitted_application_exclusions:
#       type: array
#       default: []
#       meaning: >-
#         Ids of applications that may be open. Empty, since every application that is left out is a way in.
#   mappings:
#     maester: [MT.1003, MT.1004]
#     prowler: [entra_all_apps_conditional_access_coverage, entra_conditional_access_policy_all_apps_all_users]
#     mitre_attack: [T1078, T1078.004]
#     nist_800_53: [AC-3, IA-2]
package tenantlint.checks.conditional_access.every_sign_in_controlled

import data.tenantlint.lib.coverage
import rego.v1

answer := coverage.beside_applications(
	input.facts.coverage.any_control,
	input.parameters.permitted_application_exclusions,
)

findings contains finding if some finding in coverage.findings(answer, {})

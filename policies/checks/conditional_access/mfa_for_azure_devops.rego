# METADATA
# title: Azure DevOps needs multifactor authentication
# description: >-
#   Asks whether any enabled user can sign in to Azure DevOps without multifactor authentication, over all
#   enabled policies together. Azure DevOps is an application of its own since September 2025: policies for the
#   Windows Azure Service Management API (CA012) no longer reach it. A policy for all resources does.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/azure/devops/organizations/accounts/change-application-access-policies
#     description: Access policies of Azure DevOps
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/concept-conditional-access-cloud-apps
#     description: Applications that policies can name
# custom:
#   id: CA041
#   severity: medium
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
#   facts: [coverage.azure_devops]
#   licences: [entra_p1]
#   tags: [conditional-access, mfa, azure, situational]
#   bucket: situational
#   lenses: {risk_reduction: medium, scope: some_users, effort: low, user_impact: low}
#   rationale: >-
#     Source code, pipelines and their service connections lie in Azure DevOps. Who gets in with a developer's
#     password alone reads secrets in repositories, or changes a pipeline that deploys to production with rights
#     that the developer does not have.
#   remediation: >-
#     Entra admin center > Entra ID > Conditional Access > the policy that asks for MFA for Azure management:
#     add the application Azure DevOps (499b84ac-1321-427f-aa17-267ca6975798) to Target resources, or target all
#     resources. In Graph: conditions.applications.includeApplications, grantControls.builtInControls ["mfa"].
#   mappings:
#     maester: [MT.1071]
#     prowler: [entra_conditional_access_policy_explicitly_targets_azure_devops]
#     mitre_attack: [T1078.004, T1213.003]
package tenantlint.checks.conditional_access.mfa_for_azure_devops

import data.tenantlint.lib.coverage
import rego.v1

findings contains finding if some finding in coverage.findings(input.facts.coverage.azure_devops, {})

# METADATA
# title: Azure management and the Microsoft admin portals need multifactor authentication
# description: >-
#   Asks whether any enabled user can reach Azure Resource Manager (the Windows Azure Service Management API:
#   Azure portal, command line, PowerShell, deployment tools) or the Microsoft admin portals without
#   multifactor authentication, over all enabled policies together. Security defaults ask for it. That
#   Microsoft itself asks for MFA at these places in more and more tenants is not counted: it can be postponed.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/policy-old-require-mfa-azure-mgmt
#     description: Microsoft's policy template for Azure management
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/concept-conditional-access-cloud-apps
#     description: The Azure management application and the admin portals
# custom:
#   id: CA012
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
#   facts: [coverage.azure_management, coverage.admin_portals]
#   tags: [conditional-access, mfa, azure, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: some_users, effort: low, user_impact: low}
#   rationale: >-
#     Rights in Azure are given on subscriptions, past the directory roles that other policies look at: a
#     developer with a password only may read keys, start machines and delete backups. The portals show the
#     tenant's inside to anybody who signs in.
#   remediation: >-
#     Entra admin center > Entra ID > Conditional Access > New policy: Users: all users, excluding the
#     emergency accounts; Target resources: Windows Azure Service Management API and Microsoft Admin Portals;
#     Grant: require MFA. A policy that asks everybody for MFA everywhere covers both. In Graph:
#     conditions.applications.includeApplications
#     ["797f4846-ba00-4fd7-ba43-dac1f8f63013","MicrosoftAdminPortals"], grantControls.builtInControls
#     ["mfa"].
#   mappings:
#     maester: [MT.1008]
#     prowler: [entra_conditional_access_policy_require_mfa_for_management_api]
#     mitre_attack: [T1078, T1078.004]
package tenantlint.checks.conditional_access.mfa_for_azure_management

import data.tenantlint.lib.coverage
import rego.v1

findings contains finding if {
	some finding in union({
		coverage.findings(input.facts.coverage.azure_management, {"application": "azure"}),
		coverage.findings(input.facts.coverage.admin_portals, {"application": "portals"}),
	})
}

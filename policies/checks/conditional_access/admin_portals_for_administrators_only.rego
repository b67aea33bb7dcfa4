# METADATA
# title: Only people with a role open the admin portals and manage Azure
# description: >-
#   Asks whether anybody who holds no directory role, active or eligible, can sign in to the Microsoft admin
#   portals or to Azure Resource Manager, over all enabled policies together: where no policy blocks it. People
#   who are eligible for a role need the portal to activate it, so that a policy has to leave them out by a
#   group and not by the role alone.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/concept-conditional-access-cloud-apps
#     description: The admin portals as a target of policies
#   - ref: https://learn.microsoft.com/en-us/entra/fundamentals/users-default-permissions
#     description: What members and guests can read by default
# custom:
#   id: CA046
#   severity: low
#   requires: [conditional_access_policies, role_assignments|role_assignment_schedule_instances]
#   refines:
#     - security_defaults
#     - authentication_strengths
#     - named_locations
#     - users
#     - groups
#     - group_members
#     - role_eligibility_schedule_instances
#   facts: [coverage.admin_portals_others]
#   licences: [entra_p1]
#   tags: [conditional-access, portals, strict, situational]
#   bucket: situational
#   lenses: {risk_reduction: low, scope: all_users, effort: low, user_impact: low}
#   rationale: >-
#     A stolen account of an ordinary user shows its new owner in the portals who the administrators are, which
#     groups and applications there are and how they hang together. That saves an attacker days; few ordinary
#     people ever need to look. It is no wall, since the same can be read through Microsoft Graph.
#   remediation: >-
#     Entra admin center > Entra ID > Conditional Access > New policy: Users: all users, excluding a group that
#     holds all administrators, active and eligible, and the emergency accounts; Target resources: Microsoft
#     Admin Portals and Windows Azure Service Management API; Grant: block access. People with rights on Azure
#     subscriptions alone belong into that group, too. In Graph: conditions.applications.includeApplications
#     ["MicrosoftAdminPortals","797f4846-ba00-4fd7-ba43-dac1f8f63013"], grantControls.builtInControls ["block"].
#   mappings:
#     prowler: [entra_admin_portals_access_restriction]
#     secure_score: [aad_limited_administrative_roles]
#     mitre_attack: [T1087.004, T1538]
#     nist_800_53: [AC-3, AC-6]
package tenantlint.checks.conditional_access.admin_portals_for_administrators_only

import data.tenantlint.lib.coverage
import data.tenantlint.lib.findings as lib
import rego.v1

fact := input.facts.coverage.admin_portals_others

findings contains finding if {
	fact.holders_known
	some finding in coverage.findings(fact, {})
}

# Who holds a role is not known, so that everybody who can sign in may be an administrator.
findings contains finding if {
	not fact.holders_known
	count(coverage.findings(fact, {})) > 0
	finding := {
		"resource": lib.tenant,
		"message": "People can open the admin portals or manage Azure, and the snapshot does not tell who holds a role.",
		"evidence": coverage.evidence(fact),
		"key": "unknown",
		"depends_on": ["who holds the roles"],
	}
}

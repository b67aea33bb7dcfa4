# METADATA
# title: Private Access applications open from managed devices only
# description: >-
#   Asks whether any enabled account of the tenant can open an application that Private Access publishes (Quick
#   Access included) from a device that is neither compliant nor hybrid joined, over all enabled policies
#   together. The applications are found by the tags of their service principals. People of other organizations
#   are not asked about: their devices are managed at home.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/global-secure-access/how-to-target-resource-private-access-apps
#     description: Conditional Access for Private Access applications
#   - ref: https://learn.microsoft.com/en-us/entra/global-secure-access/concept-private-access
#     description: What Private Access publishes
# custom:
#   id: CA044
#   severity: medium
#   requires: [conditional_access_policies, service_principals]
#   refines:
#     - security_defaults
#     - authentication_strengths
#     - named_locations
#     - users
#     - groups
#     - group_members
#     - role_assignments
#     - role_assignment_schedule_instances
#   facts: [coverage.private_access_managed_device]
#   licences: [entra_p1]
#   tags: [conditional-access, devices, private-access, situational]
#   bucket: situational
#   lenses: {risk_reduction: medium, scope: some_users, effort: medium, user_impact: medium}
#   rationale: >-
#     Private Access takes the place of a VPN: behind it lie servers that were never meant to face the internet.
#     A private computer with malware on it stands inside the network then, and whoever took it over with it.
#   remediation: >-
#     Entra admin center > Entra ID > Conditional Access > New policy: Users: all users, excluding guests and
#     the emergency accounts; Target resources: the Private Access and Quick Access applications; Grant: require
#     device to be marked as compliant. In Graph: conditions.applications.includeApplications with their appId,
#     grantControls.builtInControls ["compliantDevice"].
#   mappings:
#     maester: [MT.1188]
#     mitre_attack: [T1078.004, T1133]
#     nist_800_53: [AC-17, IA-3]
package tenantlint.checks.conditional_access.private_access_needs_managed_device

import data.tenantlint.lib.coverage
import rego.v1

fact := input.facts.coverage.private_access_managed_device

not_applicable contains "Private Access publishes no application." if count(fact.applications) == 0

findings contains finding if {
	count(fact.applications) > 0
	some finding in coverage.findings(fact.answer, {})
}

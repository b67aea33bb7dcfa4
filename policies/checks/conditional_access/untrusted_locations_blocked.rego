# METADATA
# title: Sign-ins from places that are not permitted are blocked
# description: >-
#   Asks whether any enabled user can sign in with a modern client from a place that is in none of the named
#   locations of the policies, over all enabled policies together. Either form counts: a block of everything but
#   trusted networks, or of all countries but some. A place that can only be found out to be in no location
#   counts as open.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/policy-block-by-location
#     description: Microsoft's policy template that blocks by location
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/concept-assignment-network
#     description: Named and trusted locations
# custom:
#   id: CA050
#   severity: low
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
#   facts: [coverage.untrusted_locations]
#   licences: [entra_p1]
#   tags: [conditional-access, locations, strict, situational]
#   bucket: situational
#   lenses: {risk_reduction: medium, scope: all_users, effort: medium, user_impact: medium}
#   rationale: >-
#     Most guessing of passwords comes from networks where no employee has ever been. A block by place is no
#     strong wall, since addresses can be rented anywhere, but it takes away the bulk and makes what is left
#     easier to see.
#   remediation: >-
#     Entra admin center > Entra ID > Conditional Access > Named locations: make one for the countries or
#     networks in which people work. Then New policy: Users: all users, excluding the emergency accounts; Target
#     resources: all resources; Conditions > Network: include any, exclude that location; Grant: block access.
#     In Graph: conditions.locations {includeLocations ["All"], excludeLocations [...]},
#     grantControls.builtInControls ["block"].
#   parameters:
#     permitted_application_exclusions:
#       type: array
#       default: []
#       meaning: >-
#         Ids of applications that may be open. Empty, since every application that is left out is a way in.
#   mappings:
#     prowler: [entra_conditional_access_policy_untrusted_locations_blocked]
#     mitre_attack: [T1078.004, T1110]
#     nist_800_53: [AC-3, SC-7]
package tenantlint.checks.conditional_access.untrusted_locations_blocked

import data.tenantlint.lib.coverage
import rego.v1

answer := coverage.beside_applications(
	input.facts.coverage.untrusted_locations,
	input.parameters.permitted_application_exclusions,
)

findings contains finding if some finding in coverage.findings(answer, {})

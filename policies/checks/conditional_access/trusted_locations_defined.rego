# METADATA
# title: The organization's own addresses are a trusted location
# description: >-
#   Looks for a named location with address ranges that is marked as trusted. Identity Protection lowers the
#   risk of sign-ins from trusted locations, and policies can ask for less or more by them.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/concept-assignment-network
#     description: Named and trusted locations
#   - ref: https://learn.microsoft.com/en-us/entra/id-protection/howto-identity-protection-configure-notifications
#     description: How Identity Protection works with what is known of the tenant
# custom:
#   id: CA051
#   severity: low
#   requires: [named_locations]
#   facts: [trusted_locations]
#   licences: [entra_p1]
#   tags: [conditional-access, locations, strict, situational]
#   bucket: situational
#   lenses: {risk_reduction: low, scope: all_users, effort: low, user_impact: low}
#   rationale: >-
#     Without one, sign-ins from the office and from an unknown network look alike: risk detections raise false
#     alarms over the office, people learn to ignore them, and a policy by place cannot be written at all.
#   remediation: >-
#     Entra admin center > Entra ID > Conditional Access > Named locations > IP ranges location: the public
#     addresses of offices and VPN gateways, Mark as trusted location. In Graph: POST
#     /identity/conditionalAccess/namedLocations {"@odata.type": "#microsoft.graph.ipNamedLocation", isTrusted
#     true, ipRanges [...]}.
#   mappings:
#     prowler: [entra_conditional_access_trusted_named_location_exists]
#     nist_800_53: [SC-7]
package tenantlint.checks.conditional_access.trusted_locations_defined

import data.tenantlint.lib.findings as lib
import rego.v1

with_ranges := [location | some location in input.facts.trusted_locations; count(location.ranges) > 0]

trusted := [location | some location in with_ranges; location.trusted == true]

untold := sort([location.name | some location in with_ranges; location.trusted == null])

findings contains finding if {
	count(trusted) == 0
	count(untold) == 0
	finding := {
		"resource": lib.tenant,
		"message": "No named location with address ranges is marked as trusted.",
		"evidence": {"locations_with_ranges": sort([location.name | some location in with_ranges])},
	}
}

findings contains finding if {
	count(trusted) == 0
	count(untold) > 0
	finding := {
		"resource": lib.tenant,
		"message": sprintf("The snapshot does not tell whether these named locations are trusted: %s.", [
			lib.named(untold),
		]),
		"evidence": {"locations_with_ranges": untold},
		"depends_on": ["isTrusted"],
	}
}

# METADATA
# title: Trusted locations hold the organization's own addresses and no more
# description: >-
#   Looks at every address range of the named locations that are marked as trusted: whether it is wider than the
#   parameters allow, and whether it is made of private addresses, from which no sign-in over the internet
#   comes. A location of which the snapshot does not tell whether it is trusted leaves the verdict open where
#   its ranges are too wide.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/concept-assignment-network
#     description: Named and trusted locations
#   - ref: https://learn.microsoft.com/en-us/entra/id-protection/concept-identity-protection-risks
#     description: Detections that trusted locations change
# custom:
#   id: CA052
#   severity: medium
#   requires: [named_locations]
#   facts: [trusted_locations]
#   licences: [entra_p1]
#   tags: [conditional-access, locations, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: all_users, effort: low, user_impact: low}
#   rationale: >-
#     Whoever sits in a trusted range is often asked for no second factor, and Identity Protection holds the
#     sign-in for less of a risk. A range of an internet provider or a cloud is open to everybody who rents a
#     machine in it.
#   remediation: >-
#     Entra admin center > Entra ID > Conditional Access > Named locations > the location: list the single
#     addresses and small ranges that the organization owns, or take off Mark as trusted location (ipRanges and
#     isTrusted of the ipNamedLocation in Graph). Delete private ranges: they match nothing.
#   parameters:
#     min_ipv4_prefix:
#       type: integer
#       default: 20
#       meaning: >-
#         The shortest IPv4 prefix that a trusted range may have. A /20 has 4,096 addresses, more than nearly
#         any organization owns in one piece.
#     min_ipv6_prefix:
#       type: integer
#       default: 44
#       meaning: >-
#         The shortest IPv6 prefix that a trusted range may have. One site gets a /48 from its provider, sixteen
#         sites a /44.
#     permitted_locations:
#       type: array
#       default: []
#       meaning: >-
#         Ids of named locations that may be wider, such as those of an organization with a network of its own.
#         Empty, since few have one.
#   mappings:
#     mitre_attack: [T1078.004, T1556.009]
#     nist_800_53: [AC-3, SC-7]
package tenantlint.checks.conditional_access.trusted_locations_narrow

import data.tenantlint.lib.findings as lib
import rego.v1

judged := [location |
	some location in input.facts.trusted_locations
	not location.trusted == false
	not lower(location.id) in {lower(permitted) | some permitted in input.parameters.permitted_locations}
]

not_applicable contains "No named location is trusted." if {
	count([location | some location in input.facts.trusted_locations; not location.trusted == false]) == 0
}

shortest := {4: input.parameters.min_ipv4_prefix, 6: input.parameters.min_ipv6_prefix}

flaw(range) := "is made of private addresses" if {
	range.private
} else := sprintf("holds %s addresses", [range.addresses]) if {
	range.version != null
	range.prefix < shortest[range.version]
}

unreadable(location) := sort([range.range | some range in location.ranges; range.version == null])

finding_for(location, key, message) := object.union(
	{
		"resource": lib.resource("namedLocation", location.id, location.name),
		"message": message,
		"evidence": {"ranges": [range.range | some range in location.ranges], "trusted": location.trusted},
		"pointer": "/ipRanges",
		"key": key,
	},
	hangs_on(location),
)

hangs_on(location) := {"depends_on": ["isTrusted"]} if {
	location.trusted == null
} else := {}

findings contains finding if {
	some location in judged
	some range in location.ranges
	finding := finding_for(
		location, range.range,
		sprintf("The trusted range %s %s.", [range.range, flaw(range)]),
	)
}

findings contains finding if {
	some location in judged
	count(unreadable(location)) > 0
	finding := object.union(
		finding_for(location, "unreadable", sprintf("Ranges of the trusted location cannot be read: %s.", [
			lib.named(unreadable(location)),
		])),
		{"depends_on": ["the ranges of the location"]},
	)
}

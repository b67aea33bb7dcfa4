# Cross-tenant access: what the default and the settings for single partners open, believe and synchronize.
#
# A section that is null inherits: a partner's from the default, the default's from the service. Of the service
# Microsoft documents that B2B collaboration is open both ways, that B2B direct connect is closed both ways, that no
# claims of others are believed, and that invitations are not redeemed by themselves.
package tenantlint.lib.cross_tenant

import data.tenantlint.lib.findings as lib
import rego.v1

default_settings := lib.block(input, ["collections", "cross_tenant_access_default"])

default_resource := lib.resource(
	"crossTenantAccessPolicyConfigurationDefault",
	lib.text(object.get(default_settings, "id", ""), "cross_tenant_access_default"),
	"Default cross-tenant access settings",
)

partners := [partner |
	some partner in lib.collection("cross_tenant_access_partners")
	is_object(partner)
	lib.text(object.get(partner, "tenantId", ""), "") != ""
]

partner_resource(partner) := lib.resource(
	"crossTenantAccessPolicyConfigurationPartner",
	partner.tenantId,
	lib.text(object.get(partner, "displayName", ""), partner.tenantId),
)

claims := {
	"isMfaAccepted": "MFA",
	"isCompliantDeviceAccepted": "compliant devices",
	"isHybridAzureADJoinedDeviceAccepted": "hybrid joined devices",
}

# Properties of inboundTrust that are on.
believed(settings) := sort([property |
	some property, _ in claims
	object.get(lib.block(settings, ["inboundTrust"]), property, null) == true
])

in_words(properties) := concat(", ", [claims[property] | some property in properties])

# Of a direction: "closed", "open" (to everybody, or to some), "unknown" for what cannot be read. It takes both halves:
# where users or applications are blocked altogether, nothing gets through.
direction(section) := "closed" if {
	some half in ["usersAndGroups", "applications"]
	blocked_altogether(lib.block(section, [half]))
} else := "open" if {
	every half in ["usersAndGroups", "applications"] {
		access_type(lib.block(section, [half])) in {"allowed", "blocked"}
	}
} else := "unknown"

blocked_altogether(half) if {
	access_type(half) == "blocked"
	some target in lib.list(half, ["targets"])
	is_object(target)
	lower(lib.text(object.get(target, "target", ""), "")) in {"allusers", "allapplications"}
}

access_type(half) := lower(lib.text(object.get(half, "accessType", ""), ""))

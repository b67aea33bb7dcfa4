# METADATA
# title: Partners with trust or synchronization are ones that you named
# description: >-
#   Looks at the cross-tenant access settings of single partners and reports each that is believed (MFA, devices),
#   whose invitations are redeemed without asking, or that may write users into this tenant, unless the parameter
#   names it. Sections that are null inherit the default, which is judged elsewhere. Tenants of the same multitenant
#   organization are the tenant's own family and are left out.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/external-id/cross-tenant-access-settings-b2b-collaboration
#     description: Cross-tenant access settings for B2B collaboration
#   - ref: https://learn.microsoft.com/en-us/graph/api/resources/crosstenantaccesspolicyconfigurationpartner
#     description: crosstenantaccesspolicyconfigurationpartner in Microsoft Graph
# custom:
#   id: EA008
#   severity: medium
#   requires: [cross_tenant_access_partners]
#   tags: [external-access, cross-tenant]
#   bucket: situational
#   lenses: {risk_reduction: medium, scope: guests, effort: low, user_impact: low}
#   rationale: >-
#     Trust in a partner makes its administrators part of one's own defence: they can vouch for any sign-in and any
#     device, and with synchronization they make accounts here. Projects end and partners are sold, while the trust
#     stays; nobody looks at a list that only ever grows.
#   remediation: >-
#     Entra admin center > Entra ID > External Identities > Cross-tenant access settings > Organizational settings:
#     for each organization that is no longer needed, inbound trust settings and cross-tenant sync off. In Graph:
#     PATCH /policies/crossTenantAccessPolicy/partners/{id} with inboundTrust, automaticUserConsentSettings;
#     /identitySynchronization with userSyncInbound.
#   parameters:
#     known_partners:
#       type: array
#       default: []
#       meaning: >-
#        Tenant ids of partners that may be trusted or synchronize. None by default, since each of them is a decision
#        that should be written down.
#   mappings:
#     mitre_attack: [T1199, T1136.003]
package tenantlint.checks.external_access.partner_trust_known

import data.tenantlint.lib.cross_tenant
import data.tenantlint.lib.findings as lib
import rego.v1

known := {lower(id) | some id in input.parameters.known_partners; is_string(id)}

findings contains finding if {
	some partner in cross_tenant.partners
	not lower(partner.tenantId) in known
	object.get(partner, "isInMultiTenantOrganization", false) != true
	given := rights(partner)
	count(given) > 0
	finding := {
		"resource": cross_tenant.partner_resource(partner),
		"message": sprintf("A partner that is not on your list: %s.", [concat("; ", given)]),
		"evidence": {
			"inboundTrust": object.get(partner, "inboundTrust", null),
			"automaticUserConsentSettings": object.get(partner, "automaticUserConsentSettings", null),
			"identitySynchronization": object.get(partner, "identitySynchronization", null),
			"known_partners": input.parameters.known_partners,
		},
	}
}

rights(partner) := array.concat(
	[sprintf("its claims are believed (%s)", [cross_tenant.in_words(believed)]) |
		believed := cross_tenant.believed(partner)
		count(believed) > 0
	],
	array.concat(
		["its invitations are redeemed without asking" |
			lib.block(partner, ["automaticUserConsentSettings"]).inboundAllowed == true
		],
		["it may write users into this tenant" |
			lib.block(partner, ["identitySynchronization", "userSyncInbound"]).isSyncAllowed == true
		],
	),
)

# METADATA
# title: MFA and device claims of tenants that nobody named are not believed
# description: >-
#   Reads which claims of any other tenant count here (inboundTrust of the default cross-tenant access settings):
#   MFA, compliant devices, hybrid joined devices. Settings for single partners go before the default, and are judged
#   elsewhere. Where the default says nothing, Microsoft's own default holds: no claim is believed.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/external-id/cross-tenant-access-settings-b2b-collaboration
#     description: Cross-tenant access settings for B2B collaboration
#   - ref: https://learn.microsoft.com/en-us/graph/api/resources/crosstenantaccesspolicyinboundtrust
#     description: crosstenantaccesspolicyinboundtrust in Microsoft Graph
# custom:
#   id: EA006
#   severity: high
#   requires: [cross_tenant_access_default]
#   tags: [guests, external-access, cross-tenant, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: guests, effort: low, user_impact: medium}
#   rationale: >-
#     Anybody can make a tenant of their own and have it say that a sign-in had MFA, or that a device is compliant.
#     Where such words are believed from everywhere, policies that ask guests for MFA or a managed device stop nobody
#     who has been invited once; an attacker who takes over a guest's mail address brings the proof along.
#   remediation: >-
#     Entra admin center > Entra ID > External Identities > Cross-tenant access settings > Default settings > Inbound
#     access > Trust settings: clear the boxes, and trust the partners you know one by one. In Graph: PATCH
#     /policies/crossTenantAccessPolicy/default with inboundTrust.
#   parameters:
#     permitted_claims:
#       type: array
#       default: []
#       meaning: >-
#        Claims that are believed from every tenant (isMfaAccepted, isCompliantDeviceAccepted,
#        isHybridAzureADJoinedDeviceAccepted). None by default; a tenant with guests from everywhere may weigh MFA
#        that others enforce against none.
#   mappings:
#     mitre_attack: [T1199, T1556.006]
package tenantlint.checks.external_access.unknown_tenants_not_trusted

import data.tenantlint.lib.cross_tenant
import data.tenantlint.lib.findings as lib
import rego.v1

claims := [one |
	some one in cross_tenant.believed(cross_tenant.default_settings)
	not one in input.parameters.permitted_claims
]

findings contains finding if {
	count(claims) > 0
	finding := {
		"resource": cross_tenant.default_resource,
		"message": sprintf("Claims of every other tenant are believed: %s.", [cross_tenant.in_words(claims)]),
		"evidence": {
			"inboundTrust": cross_tenant.default_settings.inboundTrust,
			"permitted_claims": input.parameters.permitted_claims,
		},
		"pointer": "/inboundTrust",
	}
}

findings contains finding if {
	count(cross_tenant.default_settings) == 0
	finding := {
		"resource": lib.tenant,
		"message": "The snapshot does not tell whether claims of other tenants are believed.",
		"evidence": {"inboundTrust": null},
		"depends_on": ["inboundTrust of the default cross-tenant access settings"],
	}
}

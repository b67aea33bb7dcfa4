# METADATA
# title: Users work as guests of other tenants only where it was decided
# description: >-
#   Reads the default cross-tenant access settings for outbound B2B collaboration: whether users may be guests of any
#   tenant. It is limited when either users or applications are blocked altogether. Where the tenant set nothing,
#   Microsoft's own default holds, which is open.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/external-id/cross-tenant-access-overview
#     description: Cross-tenant access
#   - ref: https://learn.microsoft.com/en-us/graph/api/resources/crosstenantaccesspolicyconfigurationdefault
#     description: crosstenantaccesspolicyconfigurationdefault in Microsoft Graph
# custom:
#   id: EA009
#   severity: low
#   requires: [cross_tenant_access_default]
#   tags: [external-access, cross-tenant, strict]
#   bucket: situational
#   lenses: {risk_reduction: low, scope: all_users, effort: high, user_impact: high}
#   rationale: >-
#     An invitation from a tenant of the attacker's own looks like work: the user accepts it with the work account
#     and puts files there, past every rule of this tenant for sharing. Who went where can be read only in sign-in
#     logs.
#   remediation: >-
#     Entra admin center > Entra ID > External Identities > Cross-tenant access settings > Default settings >
#     Outbound access > B2B collaboration: block, and allow single organizations. In Graph: PATCH
#     /policies/crossTenantAccessPolicy/default with b2bCollaborationOutbound.
#   mappings:
#     mitre_attack: [T1537]
package tenantlint.checks.external_access.outbound_collaboration_limited

import data.tenantlint.lib.cross_tenant
import data.tenantlint.lib.settings
import rego.v1

section := object.get(cross_tenant.default_settings, "b2bCollaborationOutbound", null)

findings contains finding if {
	some finding in settings.verdict(
		{
			"resource": cross_tenant.default_resource,
			"object": cross_tenant.default_settings,
			"property": "b2bCollaborationOutbound",
			"observed": "Users may be guests of every other tenant.",
			"about": "whether users may be guests of other tenants",
		},
		state,
	)
}

# Microsoft's default is open.
state := "unknown" if {
	count(cross_tenant.default_settings) == 0
} else := "bad" if {
	section == null
} else := "good" if {
	cross_tenant.direction(section) == "closed"
} else := "bad" if {
	cross_tenant.direction(section) == "open"
} else := "unknown"

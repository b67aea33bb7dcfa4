# METADATA
# title: B2B direct connect is open to named partners only
# description: >-
#   Reads the default cross-tenant access settings for B2B direct connect, inbound and outbound. It is closed when
#   either users or applications are blocked altogether, which is Microsoft's own default and holds where the tenant
#   set nothing. Partners that are named go before the default and are not judged here.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/external-id/b2b-direct-connect-overview
#     description: B2B direct connect
#   - ref: https://learn.microsoft.com/en-us/entra/external-id/cross-tenant-access-overview
#     description: Cross-tenant access
# custom:
#   id: EA007
#   severity: high
#   requires: [cross_tenant_access_default]
#   tags: [external-access, cross-tenant, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: all_users, effort: low, user_impact: low}
#   rationale: >-
#     With direct connect people of another tenant work in shared channels with no guest account here: no object to
#     review, to expire or to remove. Open to every tenant, it lets in organizations that nobody chose, and lets
#     one's own people carry data to any of them.
#   remediation: >-
#     Entra admin center > Entra ID > External Identities > Cross-tenant access settings > Default settings: B2B
#     direct connect blocked for all users and applications, inbound and outbound; open it for single organizations.
#     In Graph: PATCH /policies/crossTenantAccessPolicy/default with b2bDirectConnectInbound and
#     b2bDirectConnectOutbound.
#   mappings:
#     mitre_attack: [T1199, T1537]
package tenantlint.checks.external_access.direct_connect_only_by_name

import data.tenantlint.lib.cross_tenant
import data.tenantlint.lib.findings as lib
import data.tenantlint.lib.settings
import rego.v1

directions := {
	"b2bDirectConnectInbound": {
		"observed": "People of every other tenant may be let into shared channels without a guest account.",
		"about": "whether direct connect is open to people of other tenants",
	},
	"b2bDirectConnectOutbound": {
		"observed": "Users may work in shared channels of every other tenant.",
		"about": "whether direct connect to other tenants is open",
	},
}

findings contains finding if {
	count(cross_tenant.default_settings) > 0
	some name, words in directions
	section := object.get(cross_tenant.default_settings, name, null)
	some finding in settings.verdict(
		object.union(words, {
			"resource": cross_tenant.default_resource,
			"object": cross_tenant.default_settings,
			"property": name,
			"key": {"direction": name},
		}),
		state(section),
	)
}

findings contains finding if {
	count(cross_tenant.default_settings) == 0
	finding := {
		"resource": lib.tenant,
		"message": "The snapshot does not tell whether direct connect is open.",
		"evidence": {"b2bDirectConnectInbound": null, "b2bDirectConnectOutbound": null},
		"depends_on": ["the default cross-tenant access settings"],
	}
}

# Microsoft's default is closed.
state(section) := "good" if {
	section == null
} else := "good" if {
	cross_tenant.direction(section) == "closed"
} else := "bad" if {
	cross_tenant.direction(section) == "open"
} else := "unknown"

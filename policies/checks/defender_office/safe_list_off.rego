# METADATA
# title: Microsoft's list of trusted senders is off in the connection filter
# description: >-
#   EnableSafeList of the connection filter, which is one for the whole tenant, has to be off. Not told is never
#   taken for off.
# related_resources:
#   - ref: https://learn.microsoft.com/defender-office-365/connection-filter-policies-configure
#     description: The connection filter and its lists
# custom:
#   id: DO030
#   severity: medium
#   requires: [hosted_connection_filter_policies]
#   tags: [mail, allow-lists, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: mail, effort: low, user_impact: low}
#   rationale: >-
#     The list names senders that Microsoft and others hold for good; it changes without notice and nobody here can
#     read it. When one of them is taken over, or rents a server to the wrong customer, its mail comes in past the
#     spam filter.
#   remediation: >-
#     Microsoft Defender portal, Email & collaboration, Policies & rules, Threat policies, Anti-spam, Connection
#     filter policy: clear Turn on safe list (Set-HostedConnectionFilterPolicy -Identity Default -EnableSafeList
#     $false).
#   mappings:
#     scuba: [MS.SECURITYSUITE.8.2v1]
#     cis_m365: ["2.1.13"]
#     prowler: [defender_antispam_connection_filter_policy_safe_list_off]
#     mitre_attack: [T1566]
#     nist_800_53: [AC-4, SI-8]
package tenantlint.checks.defender_office.safe_list_off

import data.tenantlint.lib.exchange
import data.tenantlint.lib.findings as results
import data.tenantlint.lib.settings
import rego.v1

findings contains finding if {
	some policy in results.collection("hosted_connection_filter_policies")
	some finding in settings.switch({
		"resource": exchange.resource("hostedConnectionFilterPolicy", policy),
		"object": policy,
		"property": "EnableSafeList",
		"wanted": false,
		"about": "whether the safe list is on",
		"observed": "Mail from Microsoft's list of trusted senders skips the spam filter.",
	})
}

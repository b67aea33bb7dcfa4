# METADATA
# title: The connection filter waves no address through
# description: >-
#   IPAllowList of the connection filter has to be empty but for `permitted`. Entries are compared as they are
#   written.
# related_resources:
#   - ref: https://learn.microsoft.com/defender-office-365/connection-filter-policies-configure
#     description: The connection filter and its lists
# custom:
#   id: DO029
#   severity: high
#   requires: [hosted_connection_filter_policies]
#   tags: [mail, phishing, allow-lists, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: mail, effort: low, user_impact: low}
#   rationale: >-
#     Mail from an allowed address skips spam filtering and the checks of the sender. Addresses of hosting and
#     sending services are shared by thousands of customers, so the entry for one of them lets all the others in, and
#     addresses change hands.
#   remediation: >-
#     Microsoft Defender portal, Email & collaboration, Policies & rules, Threat policies, Anti-spam, Connection
#     filter policy: take all entries out of the IP Allow List (Set-HostedConnectionFilterPolicy -Identity Default
#     -IPAllowList @{}). For an own gateway use an inbound connector with enhanced filtering.
#   parameters:
#     permitted:
#       type: array
#       default: []
#       meaning: >-
#         addresses that are agreed, written as in the list; empty by default, since everything from them skips the
#         filter
#   mappings:
#     secure_score: [mdo_connectionfilter]
#     scuba: [MS.SECURITYSUITE.8.1v1]
#     cis_m365: ["2.1.12"]
#     orca: [ORCA.114]
#     prowler: [defender_antispam_connection_filter_policy_empty_ip_allowlist]
#     mitre_attack: [T1566]
#     nist_800_53: [AC-4, SI-8]
package tenantlint.checks.defender_office.no_addresses_allowed

import data.tenantlint.lib.exchange
import data.tenantlint.lib.findings as results
import data.tenantlint.lib.mail
import data.tenantlint.lib.settings
import rego.v1

agreed := {lower(entry) | some entry in input.parameters.permitted}

findings contains finding if {
	some policy in results.collection("hosted_connection_filter_policies")
	entries := mail.listed(settings.value(policy, "IPAllowList"))
	others := sort([entry | some one in entries; entry := text(one); not lower(entry) in agreed])
	some finding in settings.verdict(
		{
			"resource": exchange.resource("hostedConnectionFilterPolicy", policy),
			"object": policy,
			"property": "IPAllowList",
			"about": "which addresses the connection filter waves through",
			"observed": sprintf("The connection filter waves through %s.", [mail.shortened(others)]),
		},
		state(policy, others),
	)
}

state(policy, others) := "bad" if {
	count(others) > 0
} else := "good" if {
	settings.has(policy, "IPAllowList")
} else := "unknown"

text(entry) := entry if {
	is_string(entry)
} else := "an entry that is no text"

# METADATA
# title: No mail flow rule skips Safe Links or Safe Attachments
# description: >-
#   Goes through the mail flow rules in force for those that set the headers by which Exchange leaves links or
#   attachments unchecked. Rules that only test are left out.
# related_resources:
#   - ref: https://learn.microsoft.com/exchange/security-and-compliance/mail-flow-rules/mail-flow-rules
#     description: Mail flow rules
# custom:
#   id: EX025
#   severity: high
#   requires: [transport_rules]
#   tags: [mail, malware, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: mail, effort: low, user_impact: low}
#   rationale: >-
#     Mail that such a rule takes is delivered with links nobody follows ahead of the reader and attachments nobody
#     opened in a sandbox. Whoever learns what the rule goes by sends malware through it.
#   remediation: >-
#     Exchange admin center, Mail flow, Rules: remove the rule that sets
#     X-MS-Exchange-Organization-SkipSafeLinksProcessing or X-MS-Exchange-Organization-SkipSafeAttachmentProcessing
#     (Get-TransportRule, Remove-TransportRule). For phishing training use the advanced delivery policy instead.
#   parameters:
#     permitted_rules:
#       type: array
#       default: []
#       meaning: >-
#         names of rules for which it was decided; empty, since the advanced delivery policy does what is needed
#   mappings:
#     orca: [ORCA.189, ORCA.189.2]
#     mitre_attack: [T1566.001, T1566.002]
#     nist_800_53: [SI-3]
package tenantlint.checks.exchange.rules_bypass_no_safe_links_or_attachments

import data.tenantlint.lib.findings as results
import data.tenantlint.lib.transport
import rego.v1

products := {
	"x-ms-exchange-organization-skipsafelinksprocessing": "Safe Links",
	"x-ms-exchange-organization-skipsafeattachmentprocessing": "Safe Attachments",
}

findings contains transport.finding(
	rule,
	sprintf("The mail flow rule %s takes mail past %s.", [transport.name(rule), product]),
	["SetHeaderName", "SetHeaderValue"],
	[],
) if {
	some rule in transport.rules(input.parameters.permitted_rules)
	transport.state(rule) != "off"
	product := products[lower(results.text(object.get(rule, "SetHeaderName", null), ""))]
	not results.text(object.get(rule, "SetHeaderValue", null), "") in {"", "0"}
}

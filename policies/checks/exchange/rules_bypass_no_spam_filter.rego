# METADATA
# title: No mail flow rule waves forgeable mail past the spam filter
# description: >-
#   Goes through the mail flow rules in force that set the spam confidence level to -1 and looks at what they go
#   by. Senders, their domains, subjects and headers can be forged. A rule counts as sound only when it asks for
#   addresses of sending servers, for mail from inside the organization, or for a result of authentication in the
#   headers (dmarc=pass). Rules that only test are left out.
# related_resources:
#   - ref: https://learn.microsoft.com/defender-office-365/create-safe-sender-lists-in-office-365
#     description: Ways to let senders through, by how safe they are
#   - ref: https://learn.microsoft.com/powershell/module/exchangepowershell/set-transportrule
#     description: Set-TransportRule
# custom:
#   id: EX024
#   severity: high
#   requires: [transport_rules]
#   refines: [accepted_domains]
#   tags: [mail, phishing, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: mail, effort: low, user_impact: low}
#   rationale: >-
#     Whoever knows or guesses the domain that a rule waves through puts it into the sender line, and phishing
#     reaches every inbox unfiltered. With your own domain in the rule, forged mail from your director does.
#   remediation: >-
#     Exchange admin center, Mail flow, Rules: remove the rule, or add a condition on the addresses of the sending
#     servers or on the Authentication-Results header with dmarc=pass (Set-TransportRule -SenderIpRanges ...,
#     Get-TransportRule shows the rules). Report wrongly filtered mail to Microsoft instead of letting it pass.
#   parameters:
#     permitted_rules:
#       type: array
#       default: []
#       meaning: >-
#         names of rules for which it was decided, such as one for phishing training; empty, since each is a way in
#   mappings:
#     orca: [ORCA.118.2, ORCA.118.4]
#     maester: [MT.1043]
#     prowler: [exchange_transport_rules_whitelist_disabled]
#     secure_score: [exo_transportrulesallowlistdomains]
#     cis_m365: ["6.2.2"]
#     mitre_attack: [T1566, T1564.008]
#     nist_800_53: [SI-8]
package tenantlint.checks.exchange.rules_bypass_no_spam_filter

import data.tenantlint.lib.findings as results
import data.tenantlint.lib.mail
import data.tenantlint.lib.transport
import rego.v1

own := {lower(name) |
	some domain in results.collection("accepted_domains")
	name := results.text(object.get(domain, "DomainName", null), "")
}

bypasses(rule) if object.get(rule, "SetSCL", null) in {-1, "-1"}

# Conditions that a stranger cannot meet by writing something into a mail.
sound(rule) if count(mail.listed(object.get(rule, "SenderIpRanges", null))) > 0

sound(rule) if lower(results.text(object.get(rule, "FromScope", null), "")) == "inorganization"

sound(rule) if {
	some pair in [
		["HeaderContainsMessageHeader", "HeaderContainsWords"],
		["HeaderMatchesMessageHeader", "HeaderMatchesPatterns"],
	]
	lower(results.text(object.get(rule, pair[0], null), "")) == "authentication-results"
	some words in mail.listed(object.get(rule, pair[1], null))
	regex.match(`(?i)(dmarc|compauth)=pass`, words)
}

by(rule) := sprintf("by the sender domain %s, which is your own", [concat(", ", sort(mine))]) if {
	mine := domains(rule) & own
	count(mine) > 0
} else := sprintf("by the sender domain %s alone", [concat(", ", sort(domains(rule)))]) if {
	count(domains(rule)) > 0
} else := "by something that a sender writes, or by nothing"

domains(rule) := {lower(domain) |
	some domain in mail.listed(object.get(rule, "SenderDomainIs", null))
	is_string(domain)
}

findings contains transport.finding(
	rule,
	sprintf("The mail flow rule %s takes mail past the spam filter %s.", [transport.name(rule), by(rule)]),
	["SetSCL", "SenderDomainIs", "FromScope", "SenderIpRanges", "HeaderContainsMessageHeader", "HeaderContainsWords"],
	[],
) if {
	some rule in transport.rules(input.parameters.permitted_rules)
	transport.state(rule) != "off"
	bypasses(rule)
	not sound(rule)
}

# METADATA
# title: No mail flow rule copies or redirects mail to outsiders
# description: >-
#   Goes through the mail flow rules in force that redirect mail or add recipients (To, Cc, Bcc) and looks for
#   addresses outside the accepted domains. A recipient given by name instead of an address leaves the verdict
#   open. Rules that only test are left out.
# related_resources:
#   - ref: https://learn.microsoft.com/exchange/security-and-compliance/mail-flow-rules/mail-flow-rules
#     description: Mail flow rules
# custom:
#   id: EX026
#   severity: high
#   requires: [transport_rules]
#   refines: [accepted_domains]
#   tags: [mail, exfiltration, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: mail, effort: low, user_impact: low}
#   rationale: >-
#     A rule of this kind copies everybody's mail at once and shows in nobody's mailbox. An intruder with
#     administrative rights makes it as a way to keep reading, and a forgotten one of a former supplier does the
#     same.
#   remediation: >-
#     Exchange admin center, Mail flow, Rules: remove the rule or the outside recipient (Get-TransportRule;
#     Set-TransportRule -BlindCopyTo $null -CopyTo $null -RedirectMessageTo $null -AddToRecipients $null).
#   parameters:
#     permitted_domains:
#       type: array
#       default: []
#       meaning: >-
#         outside domains to which copies were agreed, such as that of an archive
#     permitted_rules:
#       type: array
#       default: []
#       meaning: >-
#         names of rules for which it was decided
#   mappings:
#     prowler: [exchange_transport_rules_mail_forwarding_disabled]
#     cis_m365: ["6.2.1"]
#     mitre_attack: [T1114.003]
#     nist_800_53: [AC-4]
package tenantlint.checks.exchange.rules_forward_nothing_outside

import data.tenantlint.lib.findings as results
import data.tenantlint.lib.mail
import data.tenantlint.lib.transport
import rego.v1

actions := {
	"RedirectMessageTo": "redirects mail",
	"BlindCopyTo": "sends hidden copies",
	"CopyTo": "sends copies",
	"AddToRecipients": "adds recipients",
}

permitted := {lower(domain) | some domain in input.parameters.permitted_domains; domain != "*"}

own := {lower(name) |
	some domain in results.collection("accepted_domains")
	name := results.text(object.get(domain, "DomainName", null), "")
}

recipients(rule, action) := [lower(regex.replace(one, `(?i)^smtp:`, "")) |
	some one in mail.listed(object.get(rule, action, null))
	is_string(one)
]

outside(recipient) if {
	contains(recipient, "@")
	not domain_of(recipient) in own
	not domain_of(recipient) in permitted
}

domain_of(recipient) := parts[count(parts) - 1] if {
	parts := split(recipient, "@")
}

default unlisted := []

unlisted := ["the accepted domains (accepted_domains)"] if count(own) == 0

findings contains transport.finding(
	rule,
	sprintf("The mail flow rule %s %s to %s.", [transport.name(rule), does, concat(", ", strangers)]),
	[action],
	unlisted,
) if {
	some rule in transport.rules(input.parameters.permitted_rules)
	transport.state(rule) != "off"
	some action, does in actions
	strangers := [one | some one in recipients(rule, action); outside(one)]
	count(strangers) > 0
}

findings contains transport.finding(
	rule,
	sprintf("The mail flow rule %s %s to recipients whose addresses are not told.", [transport.name(rule), does]),
	[action],
	[sprintf("the addresses behind %s of the mail flow rule %s", [action, transport.name(rule)])],
) if {
	some rule in transport.rules(input.parameters.permitted_rules)
	transport.state(rule) != "off"
	some action, does in actions
	given := recipients(rule, action)
	every one in given {
		not outside(one)
	}
	some one in given
	not contains(one, "@")
}

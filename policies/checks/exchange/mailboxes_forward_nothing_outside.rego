# METADATA
# title: No mailbox forwards to an outsider by a setting of its own
# description: >-
#   Looks for mailboxes with a forwarding address (ForwardingSmtpAddress) outside the accepted domains. Whether the
#   outbound spam policy and the remote domain would let the mail go is another check: the setting works from the
#   day on which either is opened. Forwarding to a recipient of the directory (ForwardingAddress) and inbox rules
#   are not looked at.
# related_resources:
#   - ref: https://learn.microsoft.com/defender-office-365/outbound-spam-policies-external-email-forwarding
#     description: Automatic external forwarding and its controls
# custom:
#   id: EX046
#   severity: high
#   requires: [mailboxes]
#   refines: [accepted_domains]
#   facts: [mailboxes.forwarding]
#   tags: [mail, exfiltration, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: some_users, effort: low, user_impact: low}
#   rationale: >-
#     It is among the first things that an intruder sets, since it keeps sending copies after the password is
#     changed, and the owner of the mailbox sees nothing. Staff who send their mail home this way take it out of
#     reach of retention and audit.
#   remediation: >-
#     Microsoft 365 admin center, Users, Active users, the user, Mail, Email forwarding: off (Set-Mailbox -Identity
#     ann@contoso.example -ForwardingSmtpAddress $null). Ask the owner first whether it was them; if not, treat the
#     account as taken over.
#   parameters:
#     permitted_domains:
#       type: array
#       default: []
#       meaning: >-
#         outside domains to which forwarding was agreed; empty, since each needs a decision
#   mappings:
#     mitre_attack: [T1114.003]
#     nist_800_53: [AC-4]
package tenantlint.checks.exchange.mailboxes_forward_nothing_outside

import data.tenantlint.lib.findings as results
import rego.v1

permitted := {lower(domain) | some domain in input.parameters.permitted_domains; domain != "*"}

own := {lower(name) |
	some domain in results.collection("accepted_domains")
	name := results.text(object.get(domain, "DomainName", null), "")
}

default unknowns := []

unknowns := ["the accepted domains (accepted_domains)"] if count(own) == 0

findings contains {
	"resource": mailbox.resource,
	"message": sprintf("The mailbox %s forwards %s to %s.", [mailbox.resource.name, what(mailbox), mailbox.target]),
	"principals": [mailbox.principal],
	"depends_on": unknowns,
	"evidence": {
		"ForwardingSmtpAddress": mailbox.target,
		"DeliverToMailboxAndForward": mailbox.keeps_copy,
	},
	"pointer": "/ForwardingSmtpAddress",
} if {
	some mailbox in input.facts.mailboxes.forwarding.mailboxes
	not mailbox.domain in own
	not mailbox.domain in permitted
}

what(mailbox) := "its mail, keeping none of it," if {
	mailbox.keeps_copy == false
} else := "its mail"

findings contains {
	"resource": results.tenant,
	"key": "untold",
	"message": sprintf(
		"The snapshot does not tell the forwarding address of %s.",
		[results.counted(missing, "mailbox", "mailboxes")],
	),
	"depends_on": ["ForwardingSmtpAddress of the mailboxes"],
	"evidence": {"mailboxes": missing},
} if {
	missing := input.facts.mailboxes.forwarding.untold
	missing > 0
}

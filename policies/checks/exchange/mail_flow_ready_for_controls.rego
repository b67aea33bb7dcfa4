# METADATA
# title: No mail depends on a control being off
# description: >-
#   Looks for mail that would be lost, or is lost already, by what other checks ask for: mailboxes that forward
#   outside while forwarding is open, domains whose unsigned mail a DMARC policy of reject would lose, senders
#   named in SPF that may rely on Direct Send because no connector is there for them, and connectors that refuse
#   all mail but a gateway's while MX of a domain points past that gateway. Each is to be settled before the
#   control is turned on.
# related_resources:
#   - ref: https://learn.microsoft.com/exchange/mail-flow-best-practices/mail-flow-best-practices
#     description: Mail flow in Exchange Online
# custom:
#   id: EX039
#   severity: low
#   requires: [inbound_connectors, organization_config, dns_records]
#   refines: [accepted_domains, dkim_signing_configs, mailboxes, hosted_outbound_spam_filter_policies]
#   facts: [dmarc, mail_flow, mail_protection.outbound_spam, mailboxes.forwarding, spf]
#   tags: [mail, dependencies]
#   bucket: situational
#   lenses: {risk_reduction: low, scope: mail, effort: medium, user_impact: low}
#   rationale: >-
#     A control that is turned on in good faith and stops invoices or alarms is turned off again within the hour,
#     and stays off for years. Whoever knows beforehand what leans on the gap can move it first.
#   remediation: >-
#     Settle what the finding names, then turn the control on: give senders a connector (Exchange admin center,
#     Mail flow, Connectors; New-InboundConnector), sign the domain (Set-DkimSigningConfig -Enabled $true), end the
#     forwarding (Set-Mailbox -ForwardingSmtpAddress $null) or let MX point to the gateway.
#   mappings:
#     nist_800_53: [CM-4]
package tenantlint.checks.exchange.mail_flow_ready_for_controls

import data.tenantlint.lib.exchange
import data.tenantlint.lib.findings as results
import data.tenantlint.lib.settings
import rego.v1

config := exchange.only("organization_config")

flow := input.facts.mail_flow

own := {lower(name) |
	some domain in results.collection("accepted_domains")
	name := results.text(object.get(domain, "DomainName", null), "")
}

# Forwarding: open when some policy that reaches somebody lets it.
open_policies := [layer.name |
	some layer in input.facts.mail_protection.outbound_spam.layers
	layer.reached != "none"
	layer.policy != null
	settings.folded(object.get(layer.policy, "AutoForwardingMode", null)) == "on"
]

findings contains {
	"resource": mailbox.resource,
	"key": "forwarding",
	"message": sprintf("The mailbox %s forwards to %s, which ends when automatic forwarding is turned off.", [
		mailbox.resource.name,
		mailbox.target,
	]),
	"principals": [mailbox.principal],
	"evidence": {"ForwardingSmtpAddress": mailbox.target, "open_policies": open_policies},
} if {
	count(open_policies) > 0
	count(own) > 0
	some mailbox in input.facts.mailboxes.forwarding.mailboxes
	not mailbox.domain in own
}

signed := {lower(results.text(object.get(one, "Domain", null), "")) |
	some one in results.collection("dkim_signing_configs")
	settings.truth(settings.value(one, "Enabled")) == true
}

findings contains {
	"resource": entry.resource,
	"key": "dmarc",
	"message": sprintf("Mail of %s carries no signature of its own, so that DMARC with p=reject would lose part of it.", [
		entry.domain,
	]),
	"principals": [{"kind": "domain", "id": entry.domain, "name": entry.domain}],
	"evidence": {"dmarc": entry.policy, "dkim": "off"},
} if {
	results.status("dkim_signing_configs") == "ok"
	some entry in input.facts.dmarc.domains
	entry.state in {"own", "inherited", "absent"}
	entry.policy != "reject"
	not entry.domain in signed
	not endswith(entry.domain, ".onmicrosoft.com")
}

connected if {
	some connector in flow.connectors
	connector.enabled != false
}

microsofts := {
	"include:spf.protection.outlook.com",
	"include:outlook.com",
	"include:spf.protection.office365.us",
	"include:spf.protection.partner.outlook.cn",
}

senders(entry) := [word |
	some record in entry.records
	some word in split(lower(record), " ")
	regex.match(`^\+?(include:|ip4:|ip6:|a$|a:|mx$|mx:)`, word)
	not trim_left(word, "+") in microsofts
]

findings contains {
	"resource": entry.resource,
	"key": "direct_send",
	"message": sprintf("SPF of %s names other senders (%s), which may rely on Direct Send for want of a connector.", [
		entry.domain,
		concat(", ", array.slice(senders(entry), 0, 3)),
	]),
	"principals": [{"kind": "domain", "id": entry.domain, "name": entry.domain}],
	"depends_on": [sprintf("whether the other senders of %s write to your own people", [entry.domain])],
	"evidence": {"records": entry.records, "RejectDirectSend": settings.value(config, "RejectDirectSend")},
} if {
	not settings.truth(settings.value(config, "RejectDirectSend")) == true
	not connected
	some entry in input.facts.spf.domains
	is_array(entry.records)
	count(senders(entry)) > 0
}

findings contains {
	"resource": connector.resource,
	"key": domain.domain,
	"message": sprintf("The connector %s refuses all mail but a gateway's, and MX of %s points past the gateway.", [
		connector.name,
		domain.domain,
	]),
	"principals": [{"kind": "domain", "id": domain.domain, "name": domain.domain}],
	"evidence": {"mx": domain.mx, "connector": connector.name},
} if {
	some connector in flow.connectors
	connector.locks
	some domain in flow.domains
	domain.route in {"microsoft", "both"}
}

# METADATA
# title: Mail that comes past the gateway is refused
# description: >-
#   Where MX of an accepted domain points to somebody else, mail can still be handed to Exchange Online directly,
#   under the address that every tenant has. Looks for what refuses it: an enabled partner connector for all sender
#   domains that is restricted to addresses or a certificate, or a mail flow rule in force that stops all mail from
#   outside but that from named addresses. Domains without the MX in the snapshot leave the verdict open.
# related_resources:
#   - ref: https://learn.microsoft.com/exchange/mail-flow-best-practices/manage-mail-flow-using-third-party-cloud
#     description: Mail flow through a service of somebody else
# custom:
#   id: EX036
#   severity: medium
#   requires: [accepted_domains, dns_records, inbound_connectors]
#   refines: [transport_rules]
#   facts: [mail_flow]
#   tags: [mail, phishing, gateway]
#   bucket: situational
#   lenses: {risk_reduction: medium, scope: mail, effort: medium, user_impact: low}
#   rationale: >-
#     Attackers look up the tenant's own address and deliver around the gateway that was bought to stop them.
#     Everything it filters, marks or archives is then skipped, and nobody notices since mail flows as ever.
#   remediation: >-
#     Exchange admin center, Mail flow, Connectors: a connector from partner organizations for all sender domains
#     that rejects mail unless it comes from the gateway's addresses or certificate (New-InboundConnector
#     -ConnectorType Partner -SenderDomains * -RestrictDomainsToIPAddresses $true -SenderIPAddresses ...).
#   mappings:
#     mitre_attack: [T1566, T1672]
#     nist_800_53: [SC-7, SI-8]
package tenantlint.checks.exchange.gateway_cannot_be_passed_by

import data.tenantlint.lib.findings as results
import rego.v1

flow := input.facts.mail_flow

behind := [domain | some domain in flow.domains; domain.route == "gateway"]

unknown := [domain.domain | some domain in flow.domains; domain.route == "unknown"]

locked if {
	some connector in flow.connectors
	connector.locks
}

locked if count(flow.locking_rules) > 0

default doubts := []

doubts := ["the mail flow rules (transport_rules)"] if results.status("transport_rules") != "ok"

findings contains {
	"resource": domain.resource,
	"message": sprintf("Mail to %s is meant to come through %s, but is also taken from anywhere else.", [
		domain.domain,
		concat(", ", domain.mx),
	]),
	"principals": [{"kind": "domain", "id": domain.domain, "name": domain.domain}],
	"depends_on": doubts,
	"evidence": {"mx": domain.mx, "connectors": [connector.name | some connector in flow.connectors]},
} if {
	not locked
	some domain in behind
}

findings contains {
	"resource": results.tenant,
	"message": sprintf("The snapshot does not tell where MX points for %s.", [
		results.counted(count(unknown), "domain", "domains"),
	]),
	"depends_on": [sprintf("the MX records of %s", [name]) | some name in unknown],
	"evidence": {"domains": unknown},
} if {
	not locked
	count(unknown) > 0
}

not_applicable contains "No domain takes its mail through a gateway alone." if count(behind) + count(unknown) == 0

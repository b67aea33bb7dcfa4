# METADATA
# title: Connectors trust servers by certificate or narrow addresses
# description: >-
#   Goes through the enabled inbound connectors whose mail counts as the organization's own (type OnPremises, or
#   treated as internal, or keeping the headers of a hybrid organization) and looks at how they know the sending
#   server: by the name in its certificate, or by addresses no wider than the parameter says. Connectors that only
#   add demands for partners are left out.
# related_resources:
#   - ref: https://learn.microsoft.com/powershell/module/exchangepowershell/set-inboundconnector
#     description: Set-InboundConnector
# custom:
#   id: EX037
#   severity: high
#   requires: [inbound_connectors]
#   facts: [mail_flow]
#   tags: [mail, phishing, hybrid]
#   bucket: situational
#   lenses: {risk_reduction: high, scope: mail, effort: medium, user_impact: low}
#   rationale: >-
#     Mail over such a connector passes as sent by a colleague: it skips most filtering and carries no mark.
#     Whoever can send from a wide range of addresses, such as those of a hosting company, can write to everybody
#     in anybody's name.
#   remediation: >-
#     Exchange admin center, Mail flow, Connectors, the connector, Edit sent email identity: by the certificate of
#     the server, or by its own addresses (Set-InboundConnector -TlsSenderCertificateName mail.contoso.example
#     -RequireTls $true).
#   parameters:
#     min_prefix:
#       type: integer
#       default: 24
#       meaning: >-
#         bits of an IPv4 network that a connector may trust as a whole; /24 is 256 addresses, of IPv6 a /48
#   mappings:
#     mitre_attack: [T1566, T1199]
#     nist_800_53: [SC-7, IA-3]
package tenantlint.checks.exchange.inbound_connectors_prove_themselves

import rego.v1

trusting := [connector |
	some connector in input.facts.mail_flow.connectors
	connector.trusted
	connector.enabled != false
]

not_applicable contains "No connector's mail counts as the organization's own." if count(trusting) == 0

how(connector) := "whatever server the mail comes from" if {
	connector.widest_prefix == null
} else := sprintf("any server of a network of /%d", [connector.widest_prefix]) if {
	connector.widest_prefix < input.parameters.min_prefix
}

findings contains {
	"resource": connector.resource,
	"message": sprintf("The inbound connector %s trusts %s as the organization's own.", [connector.name, how(connector)]),
	"depends_on": doubts(connector),
	"evidence": {name: connector[name] | some name in ["enabled", "type", "certificate", "widest_prefix"]},
} if {
	some connector in trusting
	connector.certificate == null
	how(connector)
}

doubts(connector) := [sprintf("Enabled of the inbound connector %s", [connector.name])] if {
	connector.enabled == null
} else := []

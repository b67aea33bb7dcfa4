# METADATA
# title: Outbound connectors use TLS and check whom they talk to
# description: >-
#   Goes through the enabled outbound connectors and looks at what they ask of the receiving server: a certificate
#   of a trusted authority (CertificateValidation) or of a named domain (DomainValidation). Without a setting TLS
#   is used where offered and mail goes in clear text otherwise; EncryptionOnly takes any certificate.
# related_resources:
#   - ref: https://learn.microsoft.com/powershell/module/exchangepowershell/set-outboundconnector
#     description: Set-OutboundConnector
# custom:
#   id: EX038
#   severity: medium
#   requires: [outbound_connectors]
#   tags: [mail, encryption, strict]
#   bucket: situational
#   lenses: {risk_reduction: medium, scope: mail, effort: low, user_impact: low}
#   rationale: >-
#     A connector is made for mail that matters, to a partner or to your own servers. Without a check of the
#     certificate whoever sits on the way or changes a DNS answer reads and alters all of it.
#   remediation: >-
#     Exchange admin center, Mail flow, Connectors, the connector, Security restrictions: always use TLS,
#     certificate issued by a trusted authority, with the name (Set-OutboundConnector -TlsSettings DomainValidation
#     -TlsDomain mail.partner.example).
#   parameters:
#     accepted_settings:
#       type: array
#       default: ["CertificateValidation", "DomainValidation"]
#       meaning: >-
#         values of TlsSettings that check the certificate of the receiving server
#   mappings:
#     mitre_attack: [T1557]
#     nist_800_53: [SC-8]
package tenantlint.checks.exchange.outbound_connectors_encrypt

import data.tenantlint.lib.exchange
import data.tenantlint.lib.findings as results
import data.tenantlint.lib.settings
import rego.v1

connectors := [connector |
	some connector in results.collection("outbound_connectors")
	settings.truth(settings.value(connector, "Enabled")) != false
]

not_applicable contains "There is no enabled outbound connector." if count(connectors) == 0

words(value) := "takes any certificate of the receiving server" if {
	settings.folded(value) == "encryptiononly"
} else := "sends in clear text where the receiving server offers no TLS"

state(connector) := "unknown" if {
	not settings.has(connector, "TlsSettings")
} else := settings.choice_state(settings.folded(settings.value(connector, "TlsSettings")), {
	"allowed": input.parameters.accepted_settings,
	"known": ["EncryptionOnly", "CertificateValidation", "DomainValidation"],
}) if {
	settings.value(connector, "TlsSettings") != null
} else := "bad"

findings contains finding if {
	some connector in connectors
	resource := exchange.resource("outboundConnector", connector)
	some told in settings.verdict(
		{
			"resource": resource,
			"object": connector,
			"property": "TlsSettings",
			"about": sprintf("whether the outbound connector %s checks the receiving server", [resource.name]),
			"observed": sprintf("The outbound connector %s %s.", [
				resource.name,
				words(settings.value(connector, "TlsSettings")),
			]),
			"evidence": {name: object.get(connector, name, null) |
				some name in ["Enabled", "RecipientDomains", "SmartHosts", "TlsDomain"]
			},
		},
		state(connector),
	)
	finding := object.union(told, {"depends_on": array.concat(told.depends_on, doubts(connector))})
}

doubts(connector) := ["Enabled"] if {
	settings.truth(settings.value(connector, "Enabled")) == null
} else := []

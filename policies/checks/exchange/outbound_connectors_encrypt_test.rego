package tenantlint.checks.exchange.outbound_connectors_encrypt_test

import data.tenantlint.checks.exchange.outbound_connectors_encrypt as check
import rego.v1

connector(more) := object.union({"Guid": "c", "Name": "To partner", "Enabled": true}, more)

given(connectors) := {
	"parameters": {"accepted_settings": ["CertificateValidation", "DomainValidation"]},
	"collections": {"outbound_connectors": connectors},
}

findings(one) := found if {
	found := check.findings with input as given([one])
}

test_pass_when_the_certificate_is_checked if {
	findings(connector({"TlsSettings": "DomainValidation"})) == set()
	findings(connector({"TlsSettings": "CertificateValidation"})) == set()
	findings(connector({"TlsSettings": null, "Enabled": false})) == set()
	check.not_applicable == set() with input as given([connector({})])
}

test_fail_when_it_is_not if {
	some found in findings(connector({"TlsSettings": "EncryptionOnly"}))
	found.message == "The outbound connector To partner takes any certificate of the receiving server."
	some other in findings(connector({"TlsSettings": null}))
	endswith(other.message, "sends in clear text where the receiving server offers no TLS.")
	other.depends_on == []
}

test_not_applicable_without_connectors if {
	count(check.not_applicable) == 1 with input as given([])
	check.findings == set() with input as given([])
}

test_inconclusive_when_not_told if {
	some found in findings(connector({}))
	found.depends_on == ["TlsSettings"]
	some other in findings(connector({"TlsSettings": "Quantum"}))
	other.depends_on == ["TlsSettings"]
	some third in findings(connector({"TlsSettings": null, "Enabled": null}))
	third.depends_on == ["Enabled"]
}

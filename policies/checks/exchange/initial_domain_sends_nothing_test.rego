package tenantlint.checks.exchange.initial_domain_sends_nothing_test

import data.tenantlint.checks.exchange.initial_domain_sends_nothing as check
import rego.v1

domain(more) := object.union(
	{"Guid": "g", "DomainName": "contoso.onmicrosoft.com", "InitialDomain": true, "SendingFromDomainDisabled": true},
	more,
)

findings(domains) := found if {
	found := check.findings with input as {"tenant": {"id": "t"}, "collections": {"accepted_domains": domains}}
}

own := {"DomainName": "contoso.example", "InitialDomain": false, "SendingFromDomainDisabled": false}

test_pass_when_sending_is_disabled if {
	findings([own, domain({})]) == set()
}

test_fail_when_sending_is_enabled if {
	some found in findings([own, domain({"SendingFromDomainDisabled": false})])
	found.message == "Mail may be sent from contoso.onmicrosoft.com."
	found.resource == {"kind": "acceptedDomain", "id": "g", "name": "contoso.onmicrosoft.com"}
}

test_inconclusive_when_the_switch_is_null if {
	some found in findings([domain({"SendingFromDomainDisabled": null, "DomainName": null})])
	found.depends_on == ["SendingFromDomainDisabled"]
}

test_inconclusive_without_the_initial_domain if {
	every domains in [[], [own]] {
		some found in findings(domains)
		found.depends_on == ["InitialDomain of the accepted domains"]
	}
}

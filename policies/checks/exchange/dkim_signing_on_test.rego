package tenantlint.checks.exchange.dkim_signing_on_test

import data.tenantlint.checks.exchange.dkim_signing_on as check
import rego.v1

findings(collections, silent) := found if {
	found := check.findings with input as {
		"tenant": {"id": "t", "display_name": "Contoso"},
		"parameters": {"domains_without_mail": silent},
		"collections": collections,
	}
}

domain(name) := {"Guid": sprintf("d-%s", [name]), "DomainName": name, "DomainType": "Authoritative"}

signed(name) := {"Guid": sprintf("k-%s", [name]), "Domain": name, "Enabled": true, "Status": "Valid"}

initial := object.union(domain("contoso.onmicrosoft.com"), {"InitialDomain": true})

of(domains, configs) := {"accepted_domains": domains, "dkim_signing_configs": configs}

test_pass_when_every_domain_is_signed if {
	findings(of([initial, domain("Contoso.com")], [signed("contoso.com")]), []) == set()
}

test_pass_for_domains_that_do_not_send if {
	disabled := object.union(domain("parked.example"), {"SendingFromDomainDisabled": true})
	findings(of([initial, disabled, domain("quiet.example")], []), ["Quiet.example"]) == set()
}

test_pass_for_the_domains_that_microsoft_signs if {
	every name in ["contoso.mail.onmicrosoft.com", "contoso.onmicrosoft.us", "contoso.partner.onmschina.cn"] {
		findings(of([domain(name)], []), []) == set()
	}
}

test_fail_without_a_configuration if {
	some found in findings(of([initial, domain("contoso.com")], [signed("other.com")]), [])
	found.message == "contoso.com has no DKIM signing configuration: its mail is not signed in its own name."
	found.resource == {"kind": "acceptedDomain", "id": "d-contoso.com", "name": "contoso.com"}
	found.evidence.configured_domains == ["other.com"]
}

test_fail_when_signing_is_off if {
	off := object.union(signed("contoso.com"), {"Enabled": false})
	some found in findings(of([domain("contoso.com")], [off]), [])
	found.message == "DKIM signing is switched off for contoso.com."
	found.resource.kind == "dkimSigningConfig"
	found.depends_on == []
}

test_fail_when_the_initial_domain_is_switched_off_by_its_own_configuration if {
	off := object.union(signed("contoso.onmicrosoft.com"), {"Enabled": false})
	count(findings(of([initial], [off]), [])) == 1
}

test_fail_when_the_records_are_missing if {
	missing := object.union(signed("contoso.com"), {"Status": "CnameMissing"})
	some found in findings(of([domain("contoso.com")], [missing]), [])
	found.message == "DKIM signing is on for contoso.com, but Exchange reports its state as CnameMissing."
}

test_pass_when_the_status_is_not_told if {
	findings(of([domain("contoso.com")], [object.remove(signed("contoso.com"), ["Status"])]), []) == set()
	findings(of([domain("contoso.com")], [object.union(signed("contoso.com"), {"Status": null})]), []) == set()
}

test_inconclusive_when_the_switch_is_null_or_no_boolean if {
	every value in [null, "yes", 1] {
		odd := object.union(signed("contoso.com"), {"Enabled": value})
		some found in findings(of([domain("contoso.com")], [odd]), [])
		found.depends_on == ["whether DKIM signing is on for contoso.com"]
	}
}

test_inconclusive_without_any_list_of_domains if {
	some found in findings({"dkim_signing_configs": [signed("contoso.com")]}, [])
	found.depends_on == ["the accepted domains (accepted_domains)"]
	found.evidence.configured_domains == ["contoso.com"]
	found.resource.kind == "tenant"
}

test_domains_that_were_looked_up_stand_in_for_the_list if {
	records := [{"domain": "contoso.com"}, {"domain": "second.example"}]
	collections := {"dns_records": records, "dkim_signing_configs": [signed("contoso.com")]}
	some found in findings(collections, [])
	found.resource == {"kind": "acceptedDomain", "id": "second.example", "name": "second.example"}
	findings(collections, ["second.example"]) == set()
}

test_a_lookup_that_failed_says_nothing_of_signing if {
	keys := [{"selector": "selector1", "failed": "SERVFAIL"}]
	unknown := {"domain": "contoso.com", "dkim": keys, "failed": {"spf": "REFUSED"}}
	findings({"dns_records": [unknown], "dkim_signing_configs": [signed("contoso.com")]}, []) == set()
}

test_a_configuration_counts_even_without_the_list if {
	off := object.union(signed("contoso.com"), {"Enabled": false})
	count(findings({"dkim_signing_configs": [off]}, [])) == 2
	count(findings({"dkim_signing_configs": [off]}, ["contoso.com"])) == 1
}

test_names_that_are_null_or_hostile_stay_text if {
	some found in findings(of([domain("<script>%s.example")], []), [])
	startswith(found.message, "<script>%s.example has no DKIM")
	count(findings(of([{"DomainName": null, "Guid": null}], []), [])) == 1
}

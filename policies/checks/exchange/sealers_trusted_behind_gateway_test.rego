package tenantlint.checks.exchange.sealers_trusted_behind_gateway_test

import data.tenantlint.checks.exchange.sealers_trusted_behind_gateway as check
import rego.v1

domain(route, mx) := {"domain": "contoso.example", "mx": mx, "route": route}

given(domains, sealers) := {
	"tenant": {"id": "t"},
	"parameters": {"permitted_sealers": ["lists.example"]},
	"collections": {"arc_config": {"Identity": "Default", "Name": "Default", "ArcTrustedSealers": sealers}},
	"facts": {"mail_flow": {"domains": domains}},
}

findings(domains, sealers) := found if {
	found := check.findings with input as given(domains, sealers)
}

gateway := domain("gateway", ["mx1.gateway.example"])

test_pass_with_the_seal_of_the_gateway if {
	findings([gateway], "Gateway.example, lists.example") == set()
	findings([gateway], ["gateway.example"]) == set()
	check.not_applicable == set() with input as given([gateway], "gateway.example")
}

test_fail_without_a_trusted_seal if {
	some found in findings([gateway], "")
	found.message == "Mail comes through mx1.gateway.example, and no ARC seal is trusted."
}

test_fail_with_the_seal_of_a_stranger if {
	some found in findings([gateway], "gateway.example,evil-gateway.example")
	found.message == "The ARC seal of evil-gateway.example is trusted, which is no host that MX names."
	found.depends_on == []
}

test_not_applicable_without_gateway_and_seal if {
	count(check.not_applicable) == 1 with input as given([domain("microsoft", ["x"])], null)
}

test_inconclusive_when_mx_is_not_told if {
	some found in findings([domain("unknown", null)], "")
	found.depends_on == ["the MX records of contoso.example"]
	some other in findings([domain("unknown", null)], "a.example")
	other.depends_on == ["the MX records of contoso.example"]
}

test_inconclusive_when_the_sealers_are_not_told if {
	some found in check.findings with input as {
		"tenant": {"id": "t"},
		"parameters": {"permitted_sealers": []},
		"collections": {},
		"facts": {"mail_flow": {"domains": [gateway]}},
	}
	found.depends_on == ["ArcTrustedSealers"]
}

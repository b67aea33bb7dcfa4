package tenantlint.checks.exchange.mailboxes_forward_nothing_outside_test

import data.tenantlint.checks.exchange.mailboxes_forward_nothing_outside as check
import rego.v1

box := {
	"resource": {"kind": "mailbox", "id": "u1", "name": "ann@contoso.example"},
	"principal": {"id": "u1", "kind": "user", "name": "ann@contoso.example", "enabled": true},
	"address": "ann@contoso.example",
}

forwarding(domain) := object.union(box, {
	"target": sprintf("ann@%s", [domain]),
	"domain": domain,
	"keeps_copy": false,
})

findings(mailboxes, domains, untold) := found if {
	found := check.findings with input as {
		"tenant": {"id": "t"},
		"parameters": {"permitted_domains": ["Partner.example", "*"]},
		"collections": {"accepted_domains": domains},
		"facts": {"mailboxes": {"forwarding": {"mailboxes": mailboxes, "untold": untold}}},
	}
}

own := [{"DomainName": "Contoso.example"}]

test_pass_inside_and_to_a_permitted_domain if {
	findings([forwarding("contoso.example"), forwarding("partner.example")], own, 0) == set()
}

test_fail_to_an_outsider if {
	some found in findings([forwarding("mail.example")], own, 0)
	found.message == "The mailbox ann@contoso.example forwards its mail, keeping none of it, to ann@mail.example."
	found.depends_on == []
	some other in findings([object.union(forwarding("mail.example"), {"keeps_copy": true})], own, 0)
	other.message == "The mailbox ann@contoso.example forwards its mail to ann@mail.example."
}

test_inconclusive_without_the_accepted_domains if {
	some found in findings([forwarding("mail.example")], null, 0)
	found.depends_on == ["the accepted domains (accepted_domains)"]
}

test_inconclusive_when_the_property_is_missing if {
	some found in findings([], own, 1)
	found.message == "The snapshot does not tell the forwarding address of 1 mailbox."
}

package tenantlint.checks.exchange.spf_fails_strangers_test

import data.tenantlint.checks.exchange.spf_fails_strangers as check
import rego.v1

entry(result) := {
	"domain": "contoso.example",
	"resource": {"kind": "acceptedDomain", "id": "d", "name": "contoso.example"},
	"result": result,
	"records": ["v=spf1 mx"],
	"lookups": 1,
	"unread": [],
	"why": "there are 2 SPF records",
	"unknown": "the SPF record of contoso.example (SERVFAIL)",
	"told": null,
}

findings(one, accepted) := found if {
	found := check.findings with input as {
		"parameters": {"accepted_endings": accepted},
		"facts": {"spf": {"domains": [one]}},
	}
}

default_ := ["-all", "~all"]

test_pass_when_strangers_fail if {
	findings(entry("fail"), default_) == set()
	findings(entry("softfail"), default_) == set()
}

test_fail_when_strangers_pass if {
	some found in findings(entry("pass"), default_)
	found.message == "The SPF record of contoso.example lets everybody send in its name."
	found.resource.kind == "acceptedDomain"
	found.depends_on == []
	found.evidence.records == ["v=spf1 mx"]
}

test_fail_when_the_record_says_nothing if {
	some found in findings(entry("neutral"), default_)
	found.message == "The SPF record of contoso.example says nothing about mail from strangers."
}

test_fail_without_a_record if {
	some found in findings(entry("none"), default_)
	found.message == "contoso.example has no SPF record."
}

test_fail_when_the_record_is_void if {
	some found in findings(entry("permerror"), default_)
	found.message == "The SPF record of contoso.example is void: there are 2 SPF records."
}

test_softfail_where_only_fail_is_accepted if {
	some found in findings(entry("softfail"), ["-all"])
	found.message == "The SPF record of contoso.example only marks mail from strangers as suspicious."
}

test_inconclusive_when_the_lookup_failed if {
	some found in findings(object.union(entry("unknown"), {"records": null}), default_)
	found.depends_on == ["the SPF record of contoso.example (SERVFAIL)"]
}

test_the_verdict_of_an_export_without_records if {
	findings(object.union(entry("unknown"), {"records": null, "told": true}), default_) == set()
	some found in findings(object.union(entry("unknown"), {"records": null, "told": false}), default_)
	count(found.depends_on) == 1
}

test_a_hostile_name_stays_text if {
	some found in findings(object.union(entry("none"), {"domain": "<b>%s"}), default_)
	found.message == "<b>%s has no SPF record."
}

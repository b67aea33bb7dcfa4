"""SPF and DMARC by domain: unknown where a lookup failed, absent only where DNS said so."""

from __future__ import annotations

from datetime import UTC, datetime

from tenantlint.facts import FactContext, compute
from tenantlint.model import CollectionStatus, Tenant
from tenantlint.snapshot import Collection, Snapshot


def facts(records, accepted=None, status=CollectionStatus.OK):
    collections = {"dns_records": Collection("dns_records", items=records)}
    if accepted is not None:
        domains = [{"Guid": f"g-{name}", "DomainName": name} for name in accepted]
        collections["accepted_domains"] = Collection("accepted_domains", status, items=domains)
    context = FactContext(
        snapshot=Snapshot(tenant=Tenant(id="t"), collections=collections), now=datetime(2026, 11, 1, tzinfo=UTC)
    )
    tree = compute(["spf", "dmarc"], context).tree
    return {kind: {one["domain"]: one for one in tree[kind]["domains"]} for kind in ("spf", "dmarc")}


def dmarc_of(name, *records):
    return facts(list(records))["dmarc"][name]


def test_resources_are_accepted_domains_or_what_was_looked_up():
    record = {"domain": "Contoso.example", "spf": [], "dmarc": []}
    found = facts([record], ["contoso.EXAMPLE"])["spf"]["contoso.example"]
    assert found["resource"] == {"kind": "acceptedDomain", "id": "g-contoso.EXAMPLE", "name": "contoso.example"}
    for others in (facts([record]), facts([record], []), facts([record], ["x.example"], CollectionStatus.DENIED)):
        assert others["spf"]["contoso.example"]["resource"]["kind"] == "dnsRecords"


def test_a_failed_lookup_is_unknown_and_says_why():
    found = facts([{"domain": "a.example", "failed": {"spf": "SERVFAIL", "dmarc": "timeout"}}])
    assert found["spf"]["a.example"]["result"] == "unknown"
    assert found["spf"]["a.example"]["unknown"] == "the SPF record of a.example (SERVFAIL)"
    assert found["dmarc"]["a.example"]["unknown"] == "the DMARC record of a.example (timeout)"
    assert facts([{"domain": "a.example", "spf": None}])["spf"]["a.example"]["unknown"] == "the SPF record of a.example"


def test_a_domain_that_was_not_looked_up_is_unknown():
    found = facts([], ["a.example"])
    assert found["spf"]["a.example"]["result"] == "unknown"
    assert found["dmarc"]["a.example"]["state"] == "unknown"


def test_an_absent_record_is_absent():
    found = facts([{"domain": "a.example", "spf": [], "dmarc": []}])
    assert found["spf"]["a.example"]["result"] == "none"
    assert found["dmarc"]["a.example"]["state"] == "absent"


def test_names_of_hybrid_mail_are_left_out_unless_they_have_records():
    name = "contoso.mail.onmicrosoft.com"
    assert facts([{"domain": name, "spf": [], "dmarc": []}], [name]) == {"spf": {}, "dmarc": {}}
    assert facts([], [name]) == {"spf": {}, "dmarc": {}}
    assert facts([{"domain": name, "spf": ["v=spf1 +all"], "dmarc": []}])["spf"][name]["result"] == "pass"


def test_a_redirect_to_an_unread_domain_is_unknown():
    found = facts([{"domain": "a.example", "spf": ["v=spf1 redirect=b.example"]}])["spf"]["a.example"]
    assert found["unknown"] == "the SPF record of b.example, to which a.example redirects"


def test_what_the_source_told_counts_only_without_records():
    told = facts([{"domain": "a.example", "spf_told": True}, {"domain": "b.example", "spf": [], "spf_told": True}])
    assert (told["spf"]["a.example"]["told"], told["spf"]["b.example"]["told"]) == (True, None)


def test_a_subdomain_inherits_the_subdomain_policy():
    above = [{"domain": "contoso.example", "records": ["v=DMARC1; p=reject; sp=none; rua=mailto:d@contoso.example"]}]
    found = dmarc_of("shop.contoso.example", {"domain": "shop.contoso.example", "dmarc": [], "dmarc_above": above})
    assert (found["state"], found["from"], found["policy"], found["below"]) == (
        "inherited",
        "contoso.example",
        "none",
        None,
    )
    assert found["rua"] == ["d@contoso.example"]


def test_domains_of_the_snapshot_stand_in_for_names_above():
    parent = {"domain": "contoso.example", "dmarc": ["v=DMARC1; p=reject"]}
    assert dmarc_of("a.contoso.example", parent, {"domain": "a.contoso.example", "dmarc": []})["policy"] == "reject"


def test_a_failed_walk_is_unknown():
    found = dmarc_of("a.b.example", {"domain": "a.b.example", "dmarc": [], "failed": {"dmarc_above": "timeout"}})
    assert (found["state"], found["unknown"]) == ("unknown", "the DMARC records above a.b.example (timeout)")


def test_subdomain_policies_are_asked_of_the_organisation_only():
    parent = {"domain": "contoso.example", "dmarc": ["v=DMARC1; p=reject"]}
    child = {"domain": "a.contoso.example", "dmarc": ["v=DMARC1; p=reject; sp=none"]}
    assert dmarc_of("a.contoso.example", parent, child)["below"] is None
    assert dmarc_of("a.contoso.example", child)["below"] == "none"


def test_several_and_void_records():
    reject = "v=DMARC1; p=reject"
    assert dmarc_of("a.example", {"domain": "a.example", "dmarc": [reject, reject]})["state"] == "several"
    assert dmarc_of("a.example", {"domain": "a.example", "dmarc": ["v=DMARC1"]})["state"] == "void"

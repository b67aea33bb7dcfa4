"""The name server on loopback, asked with dnspython."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import dns.asyncquery
import dns.exception
import dns.flags
import dns.message
import dns.rcode
import pytest
from dns.rdtypes.ANY.TXT import TXT
from tests.emulator.asking import emulated, snapshot_of
from tests.emulator.emulator import Emulator
from tests.emulator.faults import Fault, FaultPlan, Step

from tenantlint.model import CollectionStatus

SPF = "v=spf1 include:spf.protection.outlook.com -all"
KEY = "v=DKIM1; k=rsa; p=" + "A" * 400
TARGETS = [f"selector{number}-contoso-example._domainkey.contoso.onmicrosoft.example" for number in (1, 2)]
RECORDS: list[dict[str, Any]] = [
    {
        "domain": "contoso.example",
        "spf": [SPF],
        "dmarc": ["v=DMARC1; p=reject"],
        "mx": ["first.mail.example", "second.mail.example"],
        "dkim": [
            {"selector": "selector1", "cname": TARGETS[0], "rdata": [KEY]},
            {"selector": "selector2", "cname": TARGETS[1], "rdata": [KEY]},
        ],
    },
    {
        "domain": "bare.example",
        "spf": [],
        "dmarc": [],
        "mx": [],
        "dkim": [
            {"selector": "selector1", "cname": None, "rdata": []},
            {"selector": "selector2", "cname": "gone.example", "rdata": []},
        ],
    },
    {"domain": "unknown.example", "spf": None, "dmarc": None, "mx": None, "dkim": None},
    {"domain": "direct.example", "dkim": [{"selector": "selector1", "cname": None, "rdata": ["v=DKIM1; p=B"]}]},
]


def server(**options: Any) -> Emulator:
    return Emulator(snapshot_of({"dns_records": RECORDS}), **options)


async def query(
    emulator: Emulator, name: str, kind: str, *, tcp: bool = False, edns: bool = True
) -> dns.message.Message:
    host, port = emulator.dns_address.split(":")
    message = dns.message.make_query(name, kind, use_edns=edns, payload=4096)
    ask = dns.asyncquery.tcp if tcp else dns.asyncquery.udp
    return await ask(message, host, port=int(port), timeout=2)


def asked(emulator: Emulator, name: str, kind: str, **more: bool) -> dns.message.Message:
    return emulated(emulator, lambda running: query(running, name, kind, **more))


def texts(reply: dns.message.Message) -> list[str]:
    found = [rdata for rrset in reply.answer for rdata in rrset if isinstance(rdata, TXT)]
    return sorted(b"".join(one.strings).decode() for one in found)


def owners(reply: dns.message.Message) -> Sequence[str]:
    return [rrset.name.to_text(omit_final_dot=True) for rrset in reply.answer]


def test_spf_stands_among_other_texts() -> None:
    found = texts(asked(server(), "Contoso.Example", "TXT"))
    assert SPF in found
    assert [text for text in found if not text.startswith("v=spf1")] == [found[0]]
    assert found[0].startswith("MS=ms")


def test_mail_exchangers_have_the_order_of_the_snapshot_by_preference() -> None:
    [rrset] = asked(server(), "contoso.example", "MX").answer
    found = sorted((rdata.preference, rdata.exchange.to_text(omit_final_dot=True)) for rdata in rrset)
    assert [host for _, host in found] == ["first.mail.example", "second.mail.example"]


def test_records_of_a_set_turn() -> None:
    async def twice(running: Emulator) -> list[list[str]]:
        replies = [await query(running, "contoso.example", "MX") for _ in range(2)]
        return [[rdata.exchange.to_text() for rdata in reply.answer[0]] for reply in replies]

    first, second = emulated(server(), twice)
    assert first == second[::-1]


def test_dkim_is_a_chain_of_names_with_a_key_in_several_strings() -> None:
    first = asked(server(), "selector1._domainkey.contoso.example", "TXT", tcp=True)
    second = asked(server(), "selector2._domainkey.contoso.example", "TXT", tcp=True)
    assert list(owners(first)) == ["selector1._domainkey.contoso.example", TARGETS[0]]
    assert list(owners(second)) == ["selector2._domainkey.contoso.example", TARGETS[1], f"key-{TARGETS[1]}"]
    assert texts(first) == texts(second) == [KEY]
    [rdata] = [rdata for rrset in first.answer for rdata in rrset if isinstance(rdata, TXT)]
    assert len(rdata.strings) > 1
    [cname] = asked(server(), "selector2._domainkey.contoso.example", "CNAME").answer[0]
    assert cname.target.to_text(omit_final_dot=True) == TARGETS[1]


def test_a_key_without_a_cname() -> None:
    assert texts(asked(server(), "selector1._domainkey.direct.example", "TXT")) == ["v=DKIM1; p=B"]


@pytest.mark.parametrize(
    ("name", "kind", "code"),
    [
        ("bare.example", "MX", dns.rcode.NOERROR),
        ("bare.example", "TXT", dns.rcode.NOERROR),
        ("_domainkey.contoso.example", "TXT", dns.rcode.NOERROR),
        ("contoso.example", "AAAA", dns.rcode.NOERROR),
        ("_dmarc.bare.example", "TXT", dns.rcode.NXDOMAIN),
        ("selector1._domainkey.bare.example", "CNAME", dns.rcode.NXDOMAIN),
        ("elsewhere.example", "MX", dns.rcode.NXDOMAIN),
        ("unknown.example", "MX", dns.rcode.SERVFAIL),
        ("unknown.example", "TXT", dns.rcode.SERVFAIL),
        ("_dmarc.unknown.example", "TXT", dns.rcode.SERVFAIL),
        ("selector2._domainkey.unknown.example", "CNAME", dns.rcode.SERVFAIL),
        ("direct.example", "MX", dns.rcode.SERVFAIL),
    ],
)
def test_absence_and_failure_are_told_apart(name: str, kind: str, code: dns.rcode.Rcode) -> None:
    if name == "bare.example" and kind == "TXT":
        reply = asked(server(), name, kind)
        assert not [text for text in texts(reply) if text.startswith("v=spf1")]
        return
    reply = asked(server(), name, kind)
    assert (reply.rcode(), reply.answer) == (code, [])


def test_a_cname_to_nowhere_is_nxdomain_with_the_cname() -> None:
    reply = asked(server(), "selector2._domainkey.bare.example", "TXT")
    assert reply.rcode() == dns.rcode.NXDOMAIN
    assert list(owners(reply)) == ["selector2._domainkey.bare.example"]


def test_what_does_not_fit_is_truncated_over_udp_and_whole_over_tcp() -> None:
    short = asked(server(), "selector2._domainkey.contoso.example", "TXT", edns=False)
    assert short.flags & dns.flags.TC
    assert not short.answer
    whole = asked(server(), "selector2._domainkey.contoso.example", "TXT", tcp=True)
    assert texts(whole) == [KEY]


@pytest.mark.parametrize(
    ("fault", "code"), [(Fault.DNS_SERVFAIL, dns.rcode.SERVFAIL), (Fault.DNS_REFUSED, dns.rcode.REFUSED)]
)
def test_planned_refusals(fault: Fault, code: dns.rcode.Rcode) -> None:
    plan = FaultPlan(script=[Step("DNS contoso.example MX", fault, frozenset({1}))])

    async def twice(running: Emulator) -> list[dns.rcode.Rcode]:
        return [(await query(running, "contoso.example", "MX")).rcode() for _ in range(2)]

    assert emulated(server(faults=plan), twice) == [code, dns.rcode.NOERROR]


def test_planned_silence() -> None:
    plan = FaultPlan(script=[Step("DNS *", Fault.DNS_TIMEOUT)])

    async def one(running: Emulator) -> None:
        host, port = running.dns_address.split(":")
        await dns.asyncquery.udp(dns.message.make_query("contoso.example", "MX"), host, port=int(port), timeout=0.05)

    with pytest.raises(dns.exception.Timeout):
        emulated(server(faults=plan), one)
    assert plan.counts() == {"dns_timeout": 1}


def test_planned_truncation_is_for_udp_only() -> None:
    plan = FaultPlan(script=[Step("DNS *", Fault.DNS_TRUNCATED)])

    async def both(running: Emulator) -> list[dns.message.Message]:
        return [await query(running, "contoso.example", "MX", tcp=tcp) for tcp in (False, True)]

    udp, tcp = emulated(server(faults=plan), both)
    assert udp.flags & dns.flags.TC
    assert not udp.answer
    assert tcp.answer
    assert plan.counts() == {"dns_truncated": 1}


def test_a_failed_collection_answers_servfail() -> None:
    snapshot = snapshot_of({"dns_records": RECORDS}, statuses={"dns_records": CollectionStatus.FAILED})
    assert asked(Emulator(snapshot), "contoso.example", "MX").rcode() == dns.rcode.SERVFAIL


def test_questions_are_logged() -> None:
    emulator = server()
    asked(emulator, "contoso.example", "MX", tcp=True)
    assert emulator.counters["dns TCP MX"] == 1
    assert [(one.service, one.route, one.path) for one in emulator.log] == [("dns", "MX", "contoso.example")]

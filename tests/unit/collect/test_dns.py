"""Public mail records, from name servers on loopback that answer, fail, lie and keep silent."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import dns.edns
import dns.flags
import dns.message
import dns.rcode
import dns.resolver
import dns.rrset
import pytest
from tests.emulator.asking import snapshot_of
from tests.emulator.emulator import Emulator
from tests.emulator.faults import Fault, FaultPlan, Step
from tests.unit.collect.scripted import NOW, Alone, Scripted, read
from tests.unit.collect.served import PATIENCE, Found, fetch_from

from tenantlint.checks.catalog import load
from tenantlint.collect import dns as collect_dns
from tenantlint.collect.calls import CallError, Reason
from tenantlint.collect.catalog import source_of
from tenantlint.collect.dns import Resolver, parse_server
from tenantlint.collect.fetching import IncompleteError, NameServers
from tenantlint.collect.mail_records import Answer, LookupFailedError, mail_domains, records_of, selectors
from tenantlint.engine import open_engine
from tenantlint.errors import UsageError
from tenantlint.evaluate import Settings, evaluate
from tenantlint.model import Certainty, CollectionStatus, JsonObject, Outcome, Tenant
from tenantlint.snapshot import Collection, Snapshot
from tenantlint.snapshot.catalog import collection_schema

SOURCE = source_of("dns_records")
SPF = "v=spf1 include:spf.protection.outlook.com -all"
KEY = "v=DKIM1; k=rsa; p=" + "A" * 600
CONTOSO: JsonObject = {
    "domain": "contoso.example",
    "spf": [SPF],
    "dmarc": ["v=DMARC1; p=reject"],
    "mx": ["z-first.mail.example", "a-second.mail.example"],
    "dkim": [
        {"selector": "selector1", "cname": "s1._domainkey.contoso.onmicrosoft.example", "rdata": [KEY]},
        {"selector": "selector2", "cname": "s2._domainkey.contoso.onmicrosoft.example", "rdata": [KEY]},
    ],
}
BARE: JsonObject = {
    "domain": "bare.example",
    "spf": [],
    "dmarc": [],
    "mx": [],
    "dkim": [
        {"selector": "selector1", "cname": None, "rdata": []},
        {"selector": "selector2", "cname": None, "rdata": []},
    ],
}


def accepted(*domains: str) -> list[JsonObject]:
    return [{"DomainName": domain, "Guid": domain} for domain in domains]


def from_emulator(tmp_path: Path, *records: JsonObject, **options: Any) -> Found:
    """The records of the domains as the fetcher reads them from an emulated name server."""
    patience = options.pop("patience", PATIENCE)
    emulator = Emulator(snapshot_of({"dns_records": records}), limits="none", **options)
    given = {"accepted_domains": accepted(*(one["domain"] for one in records)), "dkim_signing_configs": []}
    found = fetch_from(emulator, tmp_path, "dns_records", given=given, patience=patience)["dns_records"]
    return Found(sorted(found.items, key=lambda item: str(item["domain"])), found.error)


def test_records_come_back_as_they_are(tmp_path: Path) -> None:
    found = from_emulator(tmp_path, BARE, CONTOSO)
    assert (found.items, found.error) == ([BARE, CONTOSO], None)


def test_several_spf_records_are_all_kept_in_a_fixed_order(tmp_path: Path) -> None:
    several = {**CONTOSO, "spf": ["V=SPF1 ip4:192.0.2.1 -all", SPF]}
    for _ in range(2):
        assert from_emulator(tmp_path, several).items == [several]


def test_texts_in_many_strings_and_too_long_for_udp(tmp_path: Path) -> None:
    long = {**CONTOSO, "spf": ["v=spf1 " + " ".join(f"ip4:192.0.2.{number}" for number in range(200)) + " -all"]}
    found = from_emulator(tmp_path, long)
    assert (found.items, found.error) == ([long], None)


def test_what_could_not_be_looked_up_is_unknown_and_not_absent(tmp_path: Path) -> None:
    broken = {**CONTOSO, "dmarc": None}
    found = from_emulator(tmp_path, BARE, broken)
    assert found.items[0] == BARE
    assert "dmarc" not in found.items[1]
    assert found.items[1] == {
        **{key: CONTOSO[key] for key in CONTOSO if key != "dmarc"},
        "failed": {"dmarc": "SERVFAIL"},
    }
    assert isinstance(found.error, IncompleteError)
    assert str(found.error) == "1 lookup failed: dmarc of contoso.example (SERVFAIL)"


def test_a_key_that_could_not_be_looked_up(tmp_path: Path) -> None:
    keys = [CONTOSO["dkim"][0], {"selector": "selector2", "cname": "s2._domainkey.contoso.example", "rdata": None}]
    found = from_emulator(tmp_path, {**CONTOSO, "dkim": keys})
    assert found.items[0]["dkim"] == [
        keys[0],
        {"selector": "selector2", "cname": "s2._domainkey.contoso.example", "failed": "SERVFAIL"},
    ]
    assert "selector2 of contoso.example (SERVFAIL)" in str(found.error)


def test_when_nothing_can_be_looked_up_the_collection_fails(tmp_path: Path) -> None:
    nothing = {"domain": "contoso.example", "spf": None, "dmarc": None, "mx": None, "dkim": None}
    found = from_emulator(tmp_path, nothing)
    assert found.items == []
    assert isinstance(found.error, CallError)
    assert (found.error.reason, found.error.message) == (Reason.UNAVAILABLE, "every lookup failed: SERVFAIL")


@pytest.mark.parametrize("fault", [Fault.DNS_TIMEOUT, Fault.DNS_SERVFAIL, Fault.DNS_REFUSED, Fault.DNS_TRUNCATED])
def test_faults_that_pass_change_nothing(tmp_path: Path, fault: Fault) -> None:
    plan = FaultPlan(script=[Step("DNS *", fault, on=frozenset({1}))])
    found = from_emulator(tmp_path, BARE, CONTOSO, faults=plan)
    assert (found.items, found.error) == ([BARE, CONTOSO], None)


@pytest.mark.parametrize("seed", range(5))
def test_whatever_happens_a_record_is_right_or_unknown(tmp_path: Path, seed: int) -> None:
    plan = FaultPlan(0.5, seed=seed)
    found = from_emulator(tmp_path, BARE, CONTOSO, faults=plan, patience=replace(PATIENCE, rounds=2, timeout=0.03))
    for item, whole in zip(found.items, (BARE, CONTOSO), strict=True):
        for key in ("spf", "mx", "dmarc"):
            assert item[key] == whole[key] if key in item else item["failed"][key]
        for key, right in zip(item["dkim"], whole["dkim"], strict=True):
            assert key == right or (key["failed"] and "rdata" not in key)
    assert (found.error is None) == (found.items == [BARE, CONTOSO])


# --- name servers of our own -------------------------------------------------------------------------------------

Script = Callable[[dns.message.Message, str, str], dns.message.Message | bytes | None]


class Server(asyncio.DatagramProtocol):
    """A name server over UDP that a function answers for."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.asked: list[tuple[str, str, int]] = []

    def connection_made(self, transport: Any) -> None:
        self.transport = transport

    def datagram_received(self, data: bytes, addr: Any) -> None:
        query = dns.message.from_wire(data)
        name, kind = query.question[0].to_text().rstrip(".").split(" IN ")
        name = name.rstrip(".").lower()
        self.asked.append((name, kind, query.edns))
        found = self.script(query, name, kind)
        if found is not None:
            self.transport.sendto(found if isinstance(found, bytes) else found.to_wire(), addr)


def said(query: dns.message.Message, *records: str, rcode: str = "NOERROR", soa: bool = False) -> dns.message.Message:
    """A reply with these records (`name TYPE data`)."""
    reply = dns.message.make_response(query, recursion_available=True)
    reply.set_rcode(dns.rcode.from_text(rcode))
    for record in records:
        name, kind, data = record.split(" ", 2)
        reply.answer.append(dns.rrset.from_text(f"{name}.", 60, "IN", kind, data))
    if soa:
        reply.authority.append(dns.rrset.from_text("example.", 60, "IN", "SOA", "a. b. 1 2 3 4 5"))
    return reply


def _same(server: Server) -> Server:
    return server


def ask(
    *scripts: Script, name: str = "a.example", kind: str = "TXT", patience: NameServers = PATIENCE
) -> tuple[Answer | LookupFailedError, list[Server], Resolver]:
    """One lookup with one name server a script."""

    async def work() -> tuple[Answer | LookupFailedError, list[Server], Resolver]:
        loop = asyncio.get_running_loop()
        servers = [Server(script) for script in scripts]
        ends = [(await loop.create_datagram_endpoint(partial(_same, one), ("127.0.0.1", 0)))[0] for one in servers]
        resolver = Resolver([end.get_extra_info("sockname")[:2] for end in ends], patience)
        try:
            return await resolver.lookup(name, kind), servers, resolver
        except LookupFailedError as error:
            return error, servers, resolver
        finally:
            for end in ends:
                end.close()

    return asyncio.run(work())


def reason(found: Answer | LookupFailedError) -> str:
    assert isinstance(found, LookupFailedError)
    return found.reason


def silent(query: dns.message.Message, name: str, kind: str) -> None:
    return


@pytest.mark.parametrize("rcode", ["SERVFAIL", "REFUSED", "NOTAUTH", "YXDOMAIN"])
def test_an_error_code_is_a_failure(rcode: str) -> None:
    found, servers, resolver = ask(lambda query, *_: said(query, rcode=rcode))
    assert reason(found) == rcode
    assert len(servers[0].asked) == PATIENCE.rounds
    assert resolver.answered
    assert not resolver.settled


@pytest.mark.parametrize(
    ("rcode", "soa"), [("NXDOMAIN", True), ("NXDOMAIN", False), ("NOERROR", True), ("NOERROR", False)]
)
def test_no_such_name_and_no_such_record_are_answers(rcode: str, soa: bool) -> None:
    found, servers, _ = ask(lambda query, *_: said(query, rcode=rcode, soa=soa))
    assert found == Answer()
    assert len(servers[0].asked) == 1


def test_silence_is_a_failure() -> None:
    found, servers, resolver = ask(silent, patience=replace(PATIENCE, timeout=0.02))
    assert reason(found) == "no reply in time"
    assert len(servers[0].asked) == PATIENCE.rounds
    assert not resolver.answered


def test_the_next_server_is_asked_when_one_fails() -> None:
    found, servers, _ = ask(
        lambda query, *_: said(query, rcode="REFUSED"), lambda query, *_: said(query, "a.example TXT v=spf1")
    )
    assert found == Answer(("v=spf1",))
    assert [len(server.asked) for server in servers] == [1, 1]


def test_which_try_came_last_does_not_show() -> None:
    """A server's words count before another's silence, whichever came first."""
    refusing: Script = lambda query, *_: said(query, rcode="REFUSED")  # noqa: E731
    quick = replace(PATIENCE, timeout=0.02)
    assert (
        reason(ask(refusing, silent, patience=quick)[0])
        == reason(ask(silent, refusing, patience=quick)[0])
        == "REFUSED"
    )


def test_a_forged_reply_is_passed_over() -> None:
    """Another id, another question: not an answer to what was asked."""

    def forged(query: dns.message.Message, name: str, kind: str) -> bytes:
        wire = said(query, "a.example TXT forged").to_wire()
        return struct.pack("!H", struct.unpack("!H", wire[:2])[0] ^ 1) + wire[2:]

    assert reason(ask(forged, patience=replace(PATIENCE, timeout=0.02))[0]) == "no reply in time"


def test_rubbish_is_a_failure() -> None:
    found = ask(lambda query, *_: b"\x00" * 40, patience=replace(PATIENCE, timeout=0.02))[0]
    assert isinstance(found, LookupFailedError)


def test_a_server_from_before_edns() -> None:
    def old(query: dns.message.Message, name: str, kind: str) -> dns.message.Message:
        return said(query, rcode="FORMERR") if query.edns >= 0 else said(query, "a.example TXT found")

    found, servers, _ = ask(old)
    assert found == Answer(("found",))
    assert [edns for _, _, edns in servers[0].asked] == [0, -1]


def test_an_alias_is_followed_inside_one_reply() -> None:
    found, servers, _ = ask(
        lambda query, *_: said(query, "a.example CNAME B.Example.", "B.Example CNAME c.example.", "c.example TXT key")
    )
    assert found == Answer(("key",), "b.example")
    assert len(servers[0].asked) == 1


def test_an_alias_whose_target_the_reply_leaves_out_is_asked_for() -> None:
    def half(query: dns.message.Message, name: str, kind: str) -> dns.message.Message:
        return said(query, "a.example CNAME b.example." if name == "a.example" else "b.example TXT key")

    found, servers, _ = ask(half)
    assert found == Answer(("key",), "b.example")
    assert [name for name, _, _ in servers[0].asked] == ["a.example", "b.example"]


@pytest.mark.parametrize(("rcode", "soa"), [("NXDOMAIN", False), ("NOERROR", True)])
def test_an_alias_that_leads_to_nothing_is_kept(rcode: str, soa: bool) -> None:
    found = ask(lambda query, *_: said(query, "a.example CNAME gone.example.", rcode=rcode, soa=soa))[0]
    assert found == Answer((), "gone.example")


def test_aliases_in_a_circle() -> None:
    within = ask(lambda query, *_: said(query, "a.example CNAME b.example.", "b.example CNAME a.example."))[0]
    assert reason(within) == "an unreadable reply"

    def across(query: dns.message.Message, name: str, kind: str) -> dns.message.Message:
        return said(query, f"{name} CNAME {'b' if name.startswith('a') else 'a'}.example.")

    assert reason(ask(across)[0]) == "aliases that lead nowhere"


def test_a_server_that_only_knows_whom_to_ask_settles_nothing() -> None:
    def referral(query: dns.message.Message, name: str, kind: str) -> dns.message.Message:
        reply = said(query)
        reply.authority.append(dns.rrset.from_text("example.", 60, "IN", "NS", "ns.example."))
        return reply

    assert "whom to ask" in reason(ask(referral)[0])


def test_strings_of_one_text_are_joined_with_nothing_between() -> None:
    found = ask(lambda query, *_: said(query, 'a.example TXT "v=spf1 ip4:192.0" ".2.1 -all"'))[0]
    assert found == Answer(("v=spf1 ip4:192.0.2.1 -all",))


def test_bytes_that_are_no_text_do_no_harm() -> None:
    found = ask(lambda query, *_: said(query, 'a.example TXT "\\255\\254 \\000"'))[0]
    assert found == Answer(("\ufffd\ufffd \x00",))


def test_mail_exchangers_by_preference_in_lower_case() -> None:
    def exchangers(query: dns.message.Message, name: str, kind: str) -> dns.message.Message:
        reply = said(query)
        data = ["20 B.example.", "5 z.example.", "20 a.example."]
        reply.answer.append(dns.rrset.from_text("a.example.", 60, "IN", "MX", *data))
        return reply

    assert ask(exchangers, kind="MX")[0] == Answer(("z.example", "a.example", "b.example"))
    assert ask(lambda query, *_: said(query, "a.example MX 0 ."), kind="MX")[0] == Answer((".",))


def test_a_name_that_dns_cannot_hold() -> None:
    for name in ("a..example", "x" * 64 + ".example", ".".join(["abcdefgh"] * 40)):
        found, servers, _ = ask(silent, name=name)
        assert reason(found) == "no name that DNS can hold"
        assert servers[0].asked == []


def test_the_same_question_is_asked_once() -> None:
    async def work() -> int:
        loop = asyncio.get_running_loop()
        server = Server(lambda query, *_: said(query, "a.example TXT x"))
        end, _ = await loop.create_datagram_endpoint(lambda: server, ("127.0.0.1", 0))
        resolver = Resolver([end.get_extra_info("sockname")[:2]], PATIENCE)
        found = await asyncio.gather(
            *(resolver.lookup(name, "TXT") for name in ("a.example", "A.Example", "a.example"))
        )
        end.close()
        assert set(found) == {Answer(("x",))}
        return len(server.asked)

    assert asyncio.run(work()) == 1


def closed_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as held:
        held.bind(("127.0.0.1", 0))
        port: int = held.getsockname()[1]
        return port


def test_when_nobody_answers_the_rest_is_not_asked(tmp_path: Path) -> None:
    """A hundred domains and a dead name server: the collection fails, and soon."""
    domains = [f"d{number}.example" for number in range(100)]
    context = Alone(Scripted({}), tmp_path, given={"accepted_domains": accepted(*domains)})
    servers = NameServers((f"127.0.0.1:{closed_port()}",), timeout=0.01, rounds=2, pause=0.0)
    context.scope = replace(context.scope, name_servers=servers)
    items, error = read(context, collect_dns.fetch, SOURCE)
    assert items == []
    assert isinstance(error, CallError)
    assert error.reason is Reason.TIMEOUT
    assert context.totals == {"dns_records": 100}


def test_the_time_given_for_all_lookups_ends() -> None:
    found = ask(silent, patience=replace(PATIENCE, total=0.0))[0]
    assert reason(found) == "the time given was over"


def test_a_machine_without_a_name_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unconfigured(*_: object, **__: object) -> None:
        raise dns.resolver.NoResolverConfiguration

    monkeypatch.setattr(dns.resolver.Resolver, "__init__", unconfigured)
    context = Alone(Scripted({}), tmp_path, given={"accepted_domains": accepted("a.example")})
    _, error = read(context, collect_dns.fetch, SOURCE)
    assert isinstance(error, CallError)
    assert "--dns-server" in error.message


# --- which domains, which selectors, what the answers become ------------------------------------------------------


def known(answers: Mapping[tuple[str, str], Answer | str]) -> Any:
    """A lookup that knows these; anything else is absent. A text is the reason of a failure."""
    asked: list[tuple[str, str]] = []

    async def lookup(name: str, kind: str) -> Answer:
        asked.append((name, kind))
        found = answers.get((name, kind), Answer())
        if isinstance(found, str):
            raise LookupFailedError(found)
        return found

    lookup.asked = asked  # type: ignore[attr-defined]
    return lookup


def records(answers: Mapping[tuple[str, str], Answer | str], domain: str, *named: str) -> JsonObject:
    return asyncio.run(records_of(known(answers), domain, named))


def test_a_subdomain_without_a_policy_shows_those_above_it() -> None:
    above = {
        ("_dmarc.b.contoso.example", "TXT"): Answer(("v=DMARC1; p=none", "something else")),
        ("_dmarc.contoso.example", "TXT"): Answer(("v=DMARC1; p=reject; sp=quarantine",)),
    }
    found = records(above, "a.b.contoso.example")
    assert found["dmarc"] == []
    assert found["dmarc_above"] == [
        {"domain": "b.contoso.example", "records": ["v=DMARC1; p=none"]},
        {"domain": "contoso.example", "records": ["v=DMARC1; p=reject; sp=quarantine"]},
    ]
    assert records({}, "a.contoso.example")["dmarc_above"] == []


def test_nobody_above_is_asked_where_it_makes_no_difference() -> None:
    own = {("_dmarc.a.contoso.example", "TXT"): Answer(("v=DMARC1; p=none",))}
    assert "dmarc_above" not in records(own, "a.contoso.example")
    for domain in (
        "contoso.example",
        "contoso.onmicrosoft.com",
        "contoso.mail.onmicrosoft.com",
        "contoso.onmicrosoft.us",
    ):
        lookup = known({})
        assert "dmarc_above" not in asyncio.run(records_of(lookup, domain, ()))
        assert {name for name, _ in lookup.asked} == {domain, f"_dmarc.{domain}"}


def test_a_policy_above_that_cannot_be_looked_up_is_unknown() -> None:
    found = records({("_dmarc.contoso.example", "TXT"): "REFUSED"}, "a.contoso.example")
    assert "dmarc_above" not in found
    assert found["failed"] == {"dmarc_above": "REFUSED"}
    failed = records({("_dmarc.a.contoso.example", "TXT"): "REFUSED"}, "a.contoso.example")
    assert failed["failed"] == {"dmarc": "REFUSED"}


def test_the_alias_of_a_key_is_known_even_where_the_key_is_not() -> None:
    name = "selector1._domainkey.contoso.example"
    found = records(
        {(name, "TXT"): "SERVFAIL", (name, "CNAME"): Answer(("target.example",))}, "contoso.example", "selector1"
    )
    assert found["dkim"] == [{"selector": "selector1", "cname": "target.example", "failed": "SERVFAIL"}]
    neither = records({(name, "TXT"): "SERVFAIL", (name, "CNAME"): "SERVFAIL"}, "contoso.example", "selector1")
    assert neither["dkim"] == [{"selector": "selector1", "failed": "SERVFAIL"}]


def test_objects_fit_their_schema() -> None:
    from jsonschema import Draft202012Validator

    validator = Draft202012Validator(collection_schema("dns_records"))
    failing = {("contoso.example", kind): "SERVFAIL" for kind in ("TXT", "MX")}
    for found in (records({}, "a.contoso.example", "selector1"), records(failing, "contoso.example"), CONTOSO, BARE):
        validator.validate(found)


def test_a_failed_lookup_never_becomes_a_finding_of_absence(tmp_path: Path) -> None:
    """From the name server to the verdict: every check that reads DNS says what it would say without it, or less."""
    unknown = {"domain": "contoso.example", "spf": None, "dmarc": None, "mx": ["mail.example"], "dkim": None}
    found = from_emulator(tmp_path, unknown)
    library = load()
    checks = [
        check
        for check in library.checks
        if "dns_records" in " ".join((*check.requires, *check.refines)) and check.id != "EX008"  # asks for no address
    ]
    assert checks
    signed = ({"Guid": "k", "Domain": "contoso.example", "Enabled": True, "Status": "Valid"},)
    with open_engine() as engine:
        engine.load(library.modules_for(checks))
        for domains in (CollectionStatus.OK, CollectionStatus.DENIED):
            for status in (CollectionStatus.OK, CollectionStatus.TRUNCATED, CollectionStatus.FAILED):
                collections = {
                    "accepted_domains": Collection(
                        "accepted_domains", domains, items=tuple(accepted("contoso.example"))
                    ),
                    "dkim_signing_configs": Collection("dkim_signing_configs", CollectionStatus.OK, items=signed),
                    "dns_records": Collection("dns_records", status, items=tuple(found.items)),
                }
                snapshot = Snapshot(tenant=Tenant(id="t"), collections=collections)
                settings = Settings(now=NOW, parameters={}, severities={})
                for result in evaluate(checks, snapshot, engine, settings):
                    assert all(each.certainty is Certainty.DEPENDS for each in result.findings), result.check.id
                    named = CollectionStatus.OK in {domains, status}  # somebody names the domains that send mail
                    wanted = {Outcome.INCONCLUSIVE, Outcome.NOT_EVALUATED, *({Outcome.PASS} if named else ())}
                    assert result.outcome in wanted, result.check.id
                    if {"spf", "dmarc"} & set(result.check.facts):  # judged by the records that nobody could look up
                        assert result.outcome is not Outcome.PASS, result.check.id


def domains_of(
    tmp_path: Path, given: Mapping[str, list[JsonObject]], statuses: Mapping[str, CollectionStatus] | None = None
) -> tuple[list[str], bool]:
    async def work() -> tuple[list[str], bool]:
        context = Alone(Scripted({}), tmp_path, given=given, statuses=statuses)
        try:
            return await mail_domains(context)
        finally:
            await context.close()

    return asyncio.run(work())


VERIFIED: list[JsonObject] = [
    {"id": "contoso.example", "isVerified": True, "supportedServices": ["Email", "OfficeCommunicationsOnline"]},
    {"id": "intranet.example", "isVerified": True, "supportedServices": ["Intune"]},
    {"id": "pending.example", "isVerified": False, "supportedServices": ["Email"]},
]


def test_the_accepted_domains_are_looked_up(tmp_path: Path) -> None:
    given = {
        "accepted_domains": accepted("Contoso.Example", "contoso.example", "*.b.example", "*"),
        "domains": VERIFIED,
    }
    assert domains_of(tmp_path, given) == (["b.example", "contoso.example"], True)


@pytest.mark.parametrize("status", [CollectionStatus.DENIED, CollectionStatus.FAILED, CollectionStatus.NOT_COLLECTED])
def test_verified_mail_domains_stand_in(tmp_path: Path, status: CollectionStatus) -> None:
    given = {"accepted_domains": accepted("not.used"), "domains": VERIFIED}
    assert domains_of(tmp_path, given, {"accepted_domains": status}) == (["contoso.example"], True)


def test_a_part_of_the_accepted_domains_is_used_and_the_verified_ones_too(tmp_path: Path) -> None:
    given = {"accepted_domains": accepted("relay.example"), "domains": VERIFIED}
    statuses = {"accepted_domains": CollectionStatus.TRUNCATED}
    assert domains_of(tmp_path, given, statuses) == (["contoso.example", "relay.example"], True)


def test_without_any_list_the_collection_is_not_whole(tmp_path: Path) -> None:
    context = Alone(Scripted({}), tmp_path)
    context.scope = replace(context.scope, name_servers=NameServers(("127.0.0.1",)))
    items, error = read(context, collect_dns.fetch, SOURCE)
    assert items == []
    assert isinstance(error, IncompleteError)
    assert "accepted_domains" in str(error)


def test_selectors_of_the_signing_configurations_are_looked_up_too(tmp_path: Path) -> None:
    configs: list[JsonObject] = [
        {
            "Domain": "Contoso.example",
            "Selector1CNAME": "selector1-contoso-example._domainkey.contoso.onmicrosoft.example",
            "Selector2CNAME": "s384._domainkey.contoso.onmicrosoft.example",
            "SelectorBeforeRotateOnDate": "mail2026",
            "SelectorAfterRotateOnDate": "no selector!",
        },
        {"Domain": "other.example", "Selector1CNAME": None},
        {"Domain": None},
    ]

    async def work() -> Mapping[str, list[str]]:
        context = Alone(Scripted({}), tmp_path, given={"dkim_signing_configs": configs})
        try:
            return await selectors(context, ["contoso.example", "bare.example"])
        finally:
            await context.close()

    assert asyncio.run(work()) == {
        "contoso.example": ["mail2026", "s384", "selector1", "selector2"],
        "bare.example": ["selector1", "selector2"],
    }


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("192.0.2.53", ("192.0.2.53", 53)),
        (" 192.0.2.53:5353 ", ("192.0.2.53", 5353)),
        ("2001:db8::53", ("2001:db8::53", 53)),
        ("[2001:db8::53]:5353", ("2001:db8::53", 5353)),
        ("[2001:db8::53]", ("2001:db8::53", 53)),
    ],
)
def test_addresses_of_name_servers(text: str, wanted: tuple[str, int]) -> None:
    assert parse_server(text) == wanted


@pytest.mark.parametrize(
    "text",
    ["", "ns.example", "192.0.2.53:", "192.0.2.53:0", "192.0.2.53:99999", "192.0.2.53:x", "[::1", "[::1]5", "1.2.3"],
)
def test_what_is_no_address_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(UsageError):
        parse_server(text)

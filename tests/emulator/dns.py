"""A name server on loopback that answers for the tenant's domains from the collection `dns_records`.

What the collection says of a domain becomes records: texts at the domain and at `_dmarc`, a CNAME for each DKIM
selector (the second selector by way of one name more) and the key behind it, and mail exchangers in the order of
their preference. Around them is what real zones hold besides: another TXT record at the domain, texts in several
strings, records in turning order. A property that is null or missing could not be looked up, so its name answers
SERVFAIL; an empty list answers NODATA at the domain itself, and NXDOMAIN elsewhere.
"""

from __future__ import annotations

import asyncio
import hashlib
import struct
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, cast

import dns.exception
import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdata
import dns.rdataclass
import dns.rdatatype
import dns.rrset
from dns.rdtypes.ANY.TXT import TXT
from tests.emulator.faults import Fault, FaultPlan, Shape
from tests.emulator.world import Entry, World

_LOOPBACK = "127.0.0.1"
_TTL = 3600
_STRING = 100  # a TXT record holds strings of at most 255 bytes; shorter ones are as good
_UDP_DEFAULT = 512
_UDP_OURS = 1232
_PREFERENCE = 10
_CHAIN = 8
_ATTEMPTS = 20


@dataclass
class Zones:
    """Every name that is answered, in lower case without the last dot, with its records by type as texts.

    `broken`: (name, type) that answer SERVFAIL; type `*` for all. Names above those with records exist too.
    """

    records: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    broken: set[tuple[str, str]] = field(default_factory=set)

    @classmethod
    def of(cls, items: Sequence[Mapping[str, Any]]) -> Zones:
        """Zones from the objects of `dns_records`."""
        zones = cls()
        for item in items:
            zones._add_domain(item)
        return zones

    def exists(self, name: str) -> bool:
        return name in self.records or any(known.endswith(f".{name}") for known in self.records)

    def _add_domain(self, item: Mapping[str, Any]) -> None:
        domain = str(item["domain"]).lower()
        self.records.setdefault(domain, {})
        spf = self._lists(domain, "TXT", item.get("spf"))
        if spf is not None:
            digest = int(hashlib.sha256(domain.encode()).hexdigest(), 16)
            self._add(domain, "TXT", f"MS=ms{digest % 10**8:08}")
        hosts = self._lists(domain, "MX", item.get("mx"), keep=False)
        for place, host in enumerate(hosts or (), start=1):
            self._add(domain, "MX", f"{place * _PREFERENCE} {host.rstrip('.')}.")
        self._lists(f"_dmarc.{domain}", "TXT", item.get("dmarc"))
        self._add_dkim(domain, item.get("dkim"))

    def _add_dkim(self, domain: str, told: Any) -> None:
        if told is None:
            self.broken |= {(f"selector{number}._domainkey.{domain}", "*") for number in (1, 2)}
            return
        for number, one in enumerate(told, start=1):
            name = f"{one.get('selector') or f'selector{number}'}._domainkey.{domain}".lower()
            target = one.get("cname")
            if target:
                self._add(name, "CNAME", f"{target.rstrip('.')}.")
                name = target.rstrip(".").lower()
                if number % 2 == 0 and one.get("rdata"):
                    self._add(name, "CNAME", f"key-{name}.")
                    name = f"key-{name}"
            self._lists(name, "TXT", one.get("rdata"))

    def _lists(self, name: str, kind: str, told: Any, *, keep: bool = True) -> list[str] | None:
        if told is None:
            self.broken.add((name, kind))
            return None
        for text in told if keep else ():
            self._add(name, kind, text)
        return list(told)

    def _add(self, name: str, kind: str, text: str) -> None:
        self.records.setdefault(name, {}).setdefault(kind, []).append(text)


class NameServer:
    """Answers questions from zones, with the plan's faults."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._zones = Zones.of(world.items("dns_records"))
        self._works = world.snapshot.collection("dns_records").ok
        self._asked: Counter[str] = Counter()

    async def answer(self, wire: bytes, *, udp: bool) -> bytes | None:
        """The reply to one message; None when there is none. What cannot be read is not answered."""
        try:
            query = dns.message.from_wire(wire)
        except dns.exception.DNSException:
            return None
        started = self._world.clock.monotonic()
        if self._world.latency:
            await self._world.clock.sleep(self._world.latency)
        question = query.question[0]
        kind = dns.rdatatype.to_text(question.rdtype)
        name = question.name.to_text(omit_final_dot=True).lower()
        reply = self._faulty(query, f"DNS {name} {kind}", udp=udp)
        if reply is None:
            reply = self._found(query, name, kind)
        self._note(name, kind, reply, started, udp=udp)
        return None if reply is _SILENCE else _wire(query, reply, udp=udp)

    def _faulty(self, query: dns.message.Message, key: str, *, udp: bool) -> dns.message.Message | None:
        plan = self._world.faults
        struck = plan.draw(key, Shape(dns=True, udp=udp)) if isinstance(plan, FaultPlan) else None
        if struck is None:
            return None
        if struck.fault is Fault.DNS_TIMEOUT:
            return _SILENCE
        reply = dns.message.make_response(query, our_payload=_UDP_OURS)
        if struck.fault is Fault.DNS_TRUNCATED:
            reply.flags |= dns.flags.TC
        else:
            reply.set_rcode(dns.rcode.REFUSED if struck.fault is Fault.DNS_REFUSED else dns.rcode.SERVFAIL)
        return reply

    def _found(self, query: dns.message.Message, asked: str, kind: str) -> dns.message.Message:
        reply = dns.message.make_response(query, recursion_available=True, our_payload=_UDP_OURS)
        name = asked
        for _ in range(_CHAIN):
            if not self._works or {(name, kind), (name, "*")} & self._zones.broken:
                reply.answer.clear()
                reply.set_rcode(dns.rcode.SERVFAIL)
                return reply
            known = self._zones.records.get(name, {})
            if kind in known:
                reply.answer.append(_rrset(name, kind, self._turned(name, kind, known[kind])))
                return reply
            if "CNAME" not in known:
                break
            reply.answer.append(_rrset(name, "CNAME", known["CNAME"]))
            name = known["CNAME"][0].rstrip(".").lower()
        if not self._zones.exists(name):
            reply.set_rcode(dns.rcode.NXDOMAIN)
        zone = name.split(".", 1)[-1]
        start = f"ns.{zone}. hostmaster.{zone}. 1 7200 900 1209600 {_TTL}"
        reply.authority.append(dns.rrset.from_text(f"{zone}.", _TTL, "IN", "SOA", start))
        return reply

    def _turned(self, name: str, kind: str, texts: list[str]) -> list[str]:
        """Name servers give the records of a set in turning order, so that nobody relies on one."""
        self._asked[f"{name} {kind}"] += 1
        place = self._asked[f"{name} {kind}"] % len(texts)
        return texts[place:] + texts[:place]

    def _note(self, name: str, kind: str, reply: dns.message.Message, started: float, *, udp: bool) -> None:
        method = "UDP" if udp else "TCP"
        self._world.counters[f"dns {method} {kind}"] += 1
        seconds = self._world.clock.monotonic() - started
        entry = Entry(
            service="dns",
            method=method,
            route=kind,
            path=name,
            status=0 if reply is _SILENCE else int(reply.rcode()),
            started=started,
            seconds=seconds,
        )
        self._world.log.append(entry)


_SILENCE = dns.message.Message()


@asynccontextmanager
async def serve(world: World) -> AsyncIterator[str]:
    """A name server over UDP and TCP on one free port; gives `127.0.0.1:PORT`."""
    server = NameServer(world)
    tasks: set[asyncio.Task[None]] = set()
    listener, transport = await _listen(server, tasks)
    try:
        yield f"{_LOOPBACK}:{listener.sockets[0].getsockname()[1]}"
    finally:
        transport.close()
        listener.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _listen(
    server: NameServer, tasks: set[asyncio.Task[None]]
) -> tuple[asyncio.Server, asyncio.DatagramTransport]:
    async def serve_tcp(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            tasks.add(task)
            task.add_done_callback(tasks.discard)
        try:
            while True:
                (length,) = struct.unpack("!H", await reader.readexactly(2))
                reply = await server.answer(await reader.readexactly(length), udp=False)
                if reply is not None:
                    writer.write(struct.pack("!H", len(reply)) + reply)
                    await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            return
        finally:
            writer.close()

    loop = asyncio.get_running_loop()
    for _ in range(_ATTEMPTS):
        listener = await asyncio.start_server(serve_tcp, _LOOPBACK, 0)
        address = listener.sockets[0].getsockname()
        try:
            transport, _protocol = await loop.create_datagram_endpoint(lambda: _Udp(server, tasks), address)
        except OSError:
            listener.close()  # somebody has this port for UDP
            continue
        return listener, transport
    raise OSError("no port of this machine is free for both UDP and TCP")


class _Udp(asyncio.DatagramProtocol):
    def __init__(self, server: NameServer, tasks: set[asyncio.Task[None]]) -> None:
        self._server = server
        self._tasks = tasks

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.DatagramTransport, transport)

    def datagram_received(self, data: bytes, addr: tuple[str | Any, int]) -> None:
        task = asyncio.get_running_loop().create_task(self._reply(data, addr))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _reply(self, data: bytes, addr: tuple[str | Any, int]) -> None:
        reply = await self._server.answer(data, udp=True)
        if reply is not None and not self._transport.is_closing():
            self._transport.sendto(reply, addr)


def _rrset(name: str, kind: str, texts: Sequence[str]) -> dns.rrset.RRset:
    owner = dns.name.from_text(f"{name}.")
    if kind == "TXT":
        made: list[dns.rdata.Rdata] = [TXT(dns.rdataclass.IN, dns.rdatatype.TXT, _strings(text)) for text in texts]
        return dns.rrset.from_rdata_list(owner, _TTL, made)
    return dns.rrset.from_text_list(owner, _TTL, "IN", kind, texts)


def _strings(text: str) -> tuple[bytes, ...]:
    data = text.encode()
    return tuple(data[start : start + _STRING] for start in range(0, max(len(data), 1), _STRING))


def _wire(query: dns.message.Message, reply: dns.message.Message, *, udp: bool) -> bytes:
    """Over UDP what does not fit is left out, and the truncation bit set."""
    if not udp:
        return reply.to_wire(max_size=65535, want_shuffle=False)
    largest = min(query.payload, _UDP_OURS) if query.edns >= 0 else _UDP_DEFAULT
    try:
        return reply.to_wire(max_size=max(largest, _UDP_DEFAULT), want_shuffle=False)
    except dns.exception.TooBig:
        short = dns.message.make_response(query, our_payload=_UDP_OURS)
        short.flags |= dns.flags.TC
        return short.to_wire()

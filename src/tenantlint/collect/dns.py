"""Public DNS: MX, SPF, DMARC and DKIM of the domains that the tenant accepts mail for. The only user of dnspython.

Absence and failure are told apart for every record. A name that does not exist, or that has no such record, is an
answer: the property is an empty list. A failed lookup (SERVFAIL, REFUSED, no reply, a reply that is none) leaves the
property out and says why under `failed`: unknown, never absent.

Names and records: RFC 7208 (SPF), 7489 and its successor's tree walk (DMARC), 6376 (DKIM); Microsoft's selectors are
`selector1` and `selector2`.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

from tenantlint.collect.calls import Call, CallError, Reason
from tenantlint.collect.fetching import Context, IncompleteError, NameServers
from tenantlint.collect.mail_records import Answer, LookupFailedError, failures_of, mail_domains, records_of, selectors
from tenantlint.collect.source import Source
from tenantlint.errors import MissingExtraError, UsageError
from tenantlint.model import JsonObject

if TYPE_CHECKING:
    from dns.message import Message

_PORT = 53
_ADDRESS = re.compile(r"(?:\[(?P<bracketed>[^\]]+)\]|(?P<plain>[^:]+))(?::(?P<port>[0-9]{1,6}))?")
_PAYLOAD = 1232  # bytes that pass every network in one piece (DNS flag day 2020); longer replies come over TCP
_CHAIN = 8
_DEAF = 8  # lookups without any reply at all, after which nobody is asked any more
_NO_REPLY = "no reply in time"
_UNREACHABLE = "the name server cannot be reached"
_UNREADABLE = "an unreadable reply"
_OVER = "the time given was over"
_SHOWN = 3  # failed lookups that the collection's detail names
_DOMAINS_AT_ONCE = 32


async def fetch(context: Context, source: Source) -> AsyncIterator[list[JsonObject]]:
    """The records of each domain.

    Raises CallError when no name server answered anything, and IncompleteError when some lookups failed, or when the
    domains are not known.
    """
    domains, known = await mail_domains(context)
    named = await selectors(context, domains)
    context.total(source, len(domains))
    resolver = Resolver(_servers(source, context.scope.name_servers), context.scope.name_servers)
    places = asyncio.Semaphore(_DOMAINS_AT_ONCE)

    async def one(domain: str) -> JsonObject:
        async with places:
            return await records_of(resolver.lookup, domain, named[domain])

    tasks = [asyncio.create_task(one(domain)) for domain in domains]
    failures: list[str] = []
    held: list[JsonObject] = []  # nothing but failures, until one lookup has succeeded
    try:
        for task in asyncio.as_completed(tasks):
            found = await task
            failures += failures_of(found)
            held.append(found)
            if resolver.settled:
                yield held
                held = []
    finally:
        for started in (*tasks, *resolver.tasks):
            started.cancel()
        await asyncio.gather(*tasks, *resolver.tasks, return_exceptions=True)
    if held:
        reason = Reason.UNAVAILABLE if resolver.answered else Reason.TIMEOUT
        raise CallError(_call(source), reason, message=f"every lookup failed: {resolver.problem}")
    if failures:
        shown = ", ".join(sorted(failures)[:_SHOWN]) + (", …" if len(failures) > _SHOWN else "")
        raise IncompleteError(f"{len(failures)} {'lookup' if len(failures) == 1 else 'lookups'} failed: {shown}")
    if not known:
        raise IncompleteError("Neither accepted_domains nor domains could be read whole, so some may not be looked up")


def parse_server(text: str) -> tuple[str, int]:
    """The address and port of a name server: `192.0.2.53`, `192.0.2.53:5353`, `[2001:db8::53]:53`.

    Raises UsageError: a name would need a name server to be found.
    """
    told = _ADDRESS.fullmatch(text.strip())
    bare = told["bracketed"] or told["plain"] if told else text.strip()  # an IPv6 address may come without brackets
    try:
        address = str(ip_address(bare))
    except ValueError:
        raise UsageError(f"{text!r} is no name server: give an IP address, with :PORT where it is not 53.") from None
    port = int(told["port"] or _PORT) if told else _PORT
    if not 0 < port < 65536:
        raise UsageError(f"{text!r} is no name server: the port goes from 1 to 65535.")
    return address, port


@dataclass(frozen=True, slots=True)
class _Reply:
    """What one server said. `problem`: why it settles nothing; "" when it does. `follow`: the name that an alias
    leads to and that the reply says nothing of.
    """

    answer: Answer
    problem: str = ""
    follow: str = ""


class Resolver:
    """Asks name servers, with the collector's only retries for DNS.

    `answered`: whether any server gave any reply; `settled`: whether any lookup succeeded; `problem`: why the first
    one did not. `tasks`: lookups that were started; the owner cancels them at the end. A question is asked once.
    """

    def __init__(self, servers: list[tuple[str, int]], patience: NameServers) -> None:
        self.answered = self.settled = False
        self.problem = ""
        self.tasks: list[asyncio.Task[Answer]] = []
        self._servers = servers
        self._patience = patience
        self._places = asyncio.Semaphore(patience.at_once)
        self._asked: dict[tuple[str, str], asyncio.Task[Answer]] = {}
        self._deaf = 0
        self._end = asyncio.get_running_loop().time() + patience.total

    async def lookup(self, name: str, kind: str) -> Answer:
        """The records of that type at the name or behind its alias. Raises LookupFailedError."""
        key = (name.lower(), kind)
        if key not in self._asked:
            self._asked[key] = asyncio.create_task(self._follow(*key))
            self.tasks.append(self._asked[key])
        return await self._asked[key]

    async def _follow(self, name: str, kind: str) -> Answer:
        alias = ""
        for _ in range(_CHAIN):
            async with self._places:
                try:
                    reply = await self._ask(name, kind)
                except LookupFailedError as error:
                    self.problem = self.problem or error.reason
                    raise
            alias = alias or reply.answer.alias
            if not reply.follow:
                self.settled = True
                return Answer(reply.answer.records, alias)
            name = reply.follow
        raise LookupFailedError("aliases that lead nowhere")

    async def _ask(self, name: str, kind: str) -> _Reply:
        """A reply that settles the question. Every server is asked in turn, in several rounds."""
        problems: set[str] = set()
        loop = asyncio.get_running_loop()
        for attempt in range(self._patience.rounds):
            if not self.answered and self._deaf >= _DEAF:
                raise LookupFailedError(_NO_REPLY)
            if attempt:
                await asyncio.sleep(self._patience.pause * 2 ** (attempt - 1))
            for server in self._servers:
                left = self._end - loop.time()
                if left <= 0:
                    raise LookupFailedError(_OVER)
                reply = await self._exchange(server, name, kind, min(left, self._patience.timeout))
                if not reply.problem:
                    return reply
                problems.add(reply.problem)
        if problems <= {_NO_REPLY, _UNREACHABLE}:
            self._deaf += 1
        # Chance decides which try came last: what a server said in words comes before silence, then by name.
        raise LookupFailedError(min(problems, key=lambda each: (each in _SILENCES, each)))

    async def _exchange(self, server: tuple[str, int], name: str, kind: str, timeout: float) -> _Reply:
        import dns.asyncquery
        import dns.exception
        import dns.message
        import dns.name
        import dns.rcode

        nothing = Answer()
        try:
            query = dns.message.make_query(name, kind, use_edns=0, payload=_PAYLOAD)
        except (dns.exception.DNSException, UnicodeError):
            raise LookupFailedError("no name that DNS can hold") from None
        host, port = server
        try:
            for _ in range(2):
                reply, _tcp = await dns.asyncquery.udp_with_fallback(
                    query, host, timeout=timeout, port=port, ignore_unexpected=True, ignore_errors=True
                )
                self.answered = True
                if reply.rcode() not in {dns.rcode.FORMERR, dns.rcode.NOTIMP, dns.rcode.BADVERS} or query.edns < 0:
                    break
                query.use_edns(False)  # a server from before EDNS
            return _read(reply, kind)
        except dns.exception.Timeout:
            return _Reply(nothing, _NO_REPLY)
        except (OSError, EOFError):
            return _Reply(nothing, _UNREACHABLE)
        except dns.exception.DNSException:
            return _Reply(nothing, _UNREADABLE)


_SILENCES = frozenset({_NO_REPLY, _UNREACHABLE, _UNREADABLE})


def _read(reply: Message, kind: str) -> _Reply:
    """What a reply settles. Raises DNSException for one that contradicts itself."""
    import dns.message
    import dns.rcode
    import dns.rdatatype

    rcode = reply.rcode()
    if rcode not in {dns.rcode.NOERROR, dns.rcode.NXDOMAIN}:
        return _Reply(Answer(), dns.rcode.to_text(rcode))
    if not isinstance(reply, dns.message.QueryMessage):
        return _Reply(Answer(), _UNREADABLE)
    chain = reply.resolve_chaining()
    alias = _host(str(chain.cnames[0][0].target)) if chain.cnames else ""
    if chain.answer is not None:
        return _Reply(Answer(tuple(_text(kind, record) for record in _ordered(kind, chain.answer)), alias))
    kinds = {each.rdtype for each in reply.authority}
    absent = rcode == dns.rcode.NXDOMAIN or dns.rdatatype.SOA in kinds
    if chain.cnames and not absent:
        return _Reply(Answer((), alias), follow=str(chain.canonical_name))
    referral = dns.rdatatype.NS in kinds and not absent
    return _Reply(Answer((), alias), "the name server only knows whom to ask" if referral else "")


def _ordered(kind: str, records: Iterable[Any]) -> list[Any]:
    """In an order that is the same every time: name servers turn theirs. Mail exchangers by preference."""
    return sorted(records, key=lambda record: (record.preference if kind == "MX" else 0, _text(kind, record)))


def _text(kind: str, record: Any) -> str:
    if kind == "TXT":  # the strings of one record are one text, without anything between them (RFC 7208, 3.3)
        return b"".join(record.strings).decode("utf-8", errors="replace")
    return _host(str(record.exchange if kind == "MX" else record.target))


def _host(name: str) -> str:
    """A host in lower case without the last dot; the root, which RFC 7505 gives for "no mail", stays `.`."""
    return name.lower().rstrip(".") or "."


def _servers(source: Source, wanted: NameServers) -> list[tuple[str, int]]:
    """The name servers to ask. Raises CallError when this machine names none, MissingExtraError, UsageError."""
    try:
        import dns.resolver
    except ImportError:
        raise MissingExtraError("collect", "collect") from None
    if wanted.addresses:
        return [parse_server(each) for each in wanted.addresses]
    try:
        system = dns.resolver.Resolver()
    except dns.resolver.NoResolverConfiguration:
        system = None
    found = [(str(each), system.port) for each in system.nameservers] if system else []
    if not found:
        raise CallError(_call(source), Reason.CONNECTION, message="this machine names no name server (--dns-server)")
    return found


def _call(source: Source) -> Call:
    return Call(
        service=source.service,
        url="",
        rate=source.rate,
        area=source.area,
        collection=source.collection,
        cost=source.cost,
    )

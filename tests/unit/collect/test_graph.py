"""The wire against real connections on this machine."""

from __future__ import annotations

import asyncio
import base64
import gzip
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.unit.collect import certificates
from tests.unit.collect.raw_server import RawServer, answer, raw_server

from tenantlint.collect.budgets import Budgets
from tenantlint.collect.calls import Call, CallError, Rate, Reason, Reply, Service
from tenantlint.collect.clock import SystemClock
from tenantlint.collect.credentials import SignInError
from tenantlint.collect.graph import GraphWire
from tenantlint.collect.hosts import Hosts
from tenantlint.collect.pacing import Pacing
from tenantlint.collect.progress import Silent
from tenantlint.collect.retries import RetryRules
from tenantlint.collect.transport import Transport
from tenantlint.errors import MissingExtraError


class Tokens:
    """A token source that counts; each refused token is followed by another."""

    def __init__(self) -> None:
        self.scopes: list[str] = []
        self.rejected: list[tuple[str, str | None]] = []

    async def token(self, scope: str) -> str:
        self.scopes.append(scope)
        return f"token-{len(self.rejected)}"

    def reject(self, token: str, challenge: str | None = None) -> None:
        self.rejected.append((token, challenge))

    async def close(self) -> None: ...


class NoTokens(Tokens):
    async def token(self, scope: str) -> str:
        raise SignInError("Sign-in failed: no such application.")


def call(url: str = "/v1.0/users", service: Service = Service.GRAPH, **more: Any) -> Call:
    return Call(service, url, Rate.GRAPH, "area", "users", **more)


@asynccontextmanager
async def wired(
    server: RawServer, tokens: Tokens | None = None, service: Service = Service.GRAPH, **options: Any
) -> AsyncIterator[tuple[GraphWire, Hosts]]:
    hosts = Hosts(given={service: server.origin})
    wire = GraphWire(hosts, tokens or Tokens(), **options)
    try:
        yield wire, hosts
    finally:
        await wire.close()


def one_exchange(
    *answers: bytes | None,
    one: Call | None = None,
    tokens: Tokens | None = None,
    timeout: float = 5,
    slow: float = 0,
    **options: Any,
) -> tuple[Reply | CallError, RawServer]:
    """The reply to one exchange, or its failure, and the server that saw it."""

    async def work() -> tuple[Reply | CallError, RawServer]:
        asked = one or call()
        async with raw_server(answers, slow=slow) as server, wired(server, tokens, **options) as (wire, hosts):
            try:
                return await wire.exchange(asked, hosts.resolve(asked), timeout=timeout), server
            except CallError as error:
                return error, server

    return asyncio.run(work())


def reason(found: Reply | CallError) -> Reason:
    assert isinstance(found, CallError)
    return found.reason


def test_status_headers_and_bytes_are_all_kept() -> None:
    body = b'{"value": [ {"b":null, "a":1.0} ] }'
    found, server = one_exchange(answer(200, body, X_Ms_Resource_Unit="3", Content_Type="application/json"))
    assert isinstance(found, Reply)
    assert (found.status, found.body, found.headers["x-ms-resource-unit"]) == (200, body, "3")
    [got] = server.got
    assert (got.method, got.target) == ("GET", "/v1.0/users")
    assert got.headers["authorization"] == "Bearer token-0"
    assert got.headers["accept"] == "application/json"
    assert got.headers["user-agent"].startswith("tenantlint/")


def test_what_a_call_says_is_what_is_sent() -> None:
    one = call(
        "/beta/x?$filter=scopeId eq '/' and a eq 'ä%2B'&$top=5",
        method="POST",
        headers={
            "Prefer": "include-unknown-enum-members, odata.maxpagesize=1000",
            "Accept": "application/json;odata=verbose",
        },
        body=b'{"CmdletInput":{}}',
    )
    _, server = one_exchange(answer(), one=one)
    [got] = server.got
    assert got.target == "/beta/x?$filter=scopeId%20eq%20'/'%20and%20a%20eq%20'%C3%A4%2B'&$top=5"
    assert got.headers["prefer"] == "include-unknown-enum-members, odata.maxpagesize=1000"
    assert got.headers["accept"] == "application/json;odata=verbose"
    assert got.headers["content-type"].startswith("application/json")
    assert (got.method, got.body) == ("POST", b'{"CmdletInput":{}}')


@pytest.mark.parametrize(
    "reply",
    [
        answer(429, b"", Retry_After="1"),
        answer(429, b""),
        answer(503, b"", Retry_After="1"),
        answer(504, b""),
        answer(500, b"{}"),
        answer(302, b"", Location="/elsewhere"),
        answer(301, b""),
        answer(401, b"", WWW_Authenticate='Bearer claims="e30="'),
        answer(403, b"\x00" * 50),
        answer(200, b""),
        answer(204, b""),
    ],
)
def test_the_sdk_never_sends_twice(reply: bytes) -> None:
    found, server = one_exchange(reply, answer())
    assert isinstance(found, Reply)
    assert found.status == int(reply[9:12])
    assert len(server.got) == 1


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (b"", Reason.CONNECTION),
        (b"HTTP/1.1 200", Reason.CONNECTION),
        (b"no http at all\r\n\r\n", Reason.CONNECTION),
        (answer(200, b'{"value": [', length=5000)[:-3] + b"", Reason.UNREADABLE),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nhalf", Reason.UNREADABLE),
        (answer(200, gzip.compress(b"x" * 9999)[:-20], Content_Encoding="gzip"), None),
        (answer(200, b"no gzip", Content_Encoding="gzip"), Reason.UNREADABLE),
    ],
)
def test_broken_connections_and_bodies(reply: bytes, why: Reason | None) -> None:
    # A server that lies about the length would keep the connection open: it is told to close by leaving it out.
    found, _ = one_exchange(reply.replace(b"Content-Length: 5000", b"X: y\r\nTransfer-Encoding: chunked"))
    if why is None:
        assert isinstance(found, Reply), "the cut is seen when the JSON is read"
    else:
        assert reason(found) is why


def test_a_body_shorter_than_announced_is_unreadable() -> None:
    async def work() -> CallError:
        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(answer(200, b'{"value": [', length=5000))
            await writer.drain()
            writer.close()

        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        hosts = Hosts(given={Service.GRAPH: f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"})
        wire = GraphWire(hosts, Tokens())
        with pytest.raises(CallError) as caught:
            await wire.exchange(call(), hosts.resolve(call()), timeout=5)
        await wire.close()
        server.close()
        return caught.value

    error = asyncio.run(work())
    assert (error.reason, error.message) == (Reason.UNREADABLE, "a body that broke off")


def test_nobody_listening() -> None:
    async def work() -> CallError:
        async with raw_server([answer()]) as server:
            pass
        async with wired(server) as (wire, hosts):
            with pytest.raises(CallError) as caught:
                await wire.exchange(call(), hosts.resolve(call()), timeout=5)
            return caught.value

    error = asyncio.run(work())
    assert (error.reason, error.message) == (Reason.CONNECTION, "no connection could be made")


@pytest.mark.parametrize("slow", [0.0, 0.02])
def test_no_reply_in_time_and_a_reply_that_drips(slow: float) -> None:
    found, _ = one_exchange(answer() if slow else None, timeout=0.3, slow=slow)
    assert reason(found) is Reason.TIMEOUT


def test_a_packed_body_is_unpacked() -> None:
    found, _ = one_exchange(answer(200, gzip.compress(b'{"value": []}'), Content_Encoding="gzip"))
    assert isinstance(found, Reply)
    assert found.body == b'{"value": []}'
    assert "content-encoding" not in found.headers


@pytest.mark.parametrize("packed", [False, True])
def test_a_body_above_the_bound_is_not_read_to_its_end(packed: bool) -> None:
    body = b"[" + b"1," * 1_000_000
    reply = answer(200, gzip.compress(body), Content_Encoding="gzip") if packed else answer(200, body)
    found, _ = one_exchange(reply, largest_body=100_000)
    assert reason(found) is Reason.UNREADABLE


def test_a_refused_token_is_reported_with_the_claims_that_are_asked_for() -> None:
    tokens = Tokens()
    asked = {"access_token": {"nbf": {"essential": True, "value": "1"}}}
    challenge = base64.b64encode(json.dumps(asked).encode()).decode().rstrip("=")
    header = f'Bearer realm="", error="insufficient_claims", claims="{challenge}"'
    one_exchange(answer(401, b"", WWW_Authenticate=header), tokens=tokens)
    [(token, claims)] = tokens.rejected
    assert token == "token-0"
    assert json.loads(claims or "") == asked


@pytest.mark.parametrize("header", ["Bearer", 'Bearer claims="%%%"', 'Bearer claims="/w=="', "Basic realm=x"])
def test_a_challenge_that_cannot_be_read_is_none(header: str) -> None:
    tokens = Tokens()
    one_exchange(answer(401, b"", WWW_Authenticate=header), tokens=tokens)
    assert tokens.rejected == [("token-0", None)]


def test_without_a_token_nothing_is_sent() -> None:
    found, server = one_exchange(answer(), tokens=NoTokens())
    assert reason(found) is Reason.SIGN_IN
    assert isinstance(found, CallError)
    assert found.message == "Sign-in failed: no such application."
    assert server.got == []


def test_a_foreign_host_sees_nothing_even_when_the_wire_is_asked_directly() -> None:
    async def work() -> tuple[CallError, RawServer]:
        async with raw_server([answer()]) as own, raw_server([answer()]) as foreign, wired(own) as (wire, _):
            with pytest.raises(CallError) as caught:
                await wire.exchange(call(), f"{foreign.origin}/v1.0/users", timeout=5)
            return caught.value, foreign

    error, foreign = asyncio.run(work())
    assert error.reason is Reason.FOREIGN_LINK
    assert foreign.got == []


def test_each_service_gets_its_own_token() -> None:
    async def work() -> tuple[Tokens, RawServer]:
        tokens = Tokens()
        async with raw_server([answer()]) as server:
            hosts = Hosts(given=dict.fromkeys([Service.GRAPH, Service.EXCHANGE, Service.TEAMS], server.origin))
            wire = GraphWire(hosts, tokens)
            for service in (Service.GRAPH, Service.EXCHANGE, Service.COMPLIANCE, Service.TEAMS):
                await wire.exchange(call(service=service), hosts.resolve(call(service=service)), timeout=5)
            await wire.close()
        return tokens, server

    tokens, server = asyncio.run(work())
    assert list(dict.fromkeys(tokens.scopes)) == [
        "https://graph.microsoft.com/.default",
        "https://outlook.office365.com/.default",
        "https://ps.compliance.protection.outlook.com/.default",
        "48ac35b8-9aa8-4d74-927d-1f4a14a0b239/.default",
    ]
    assert len(server.got) == 4


def test_a_proxy_of_the_environment_does_not_see_this_machine_s_traffic(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    found, server = one_exchange(answer())
    assert isinstance(found, Reply)
    assert server.got[0].target == "/v1.0/users"


def test_https_asks_for_http2_and_trusts_no_unknown_certificate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, context = certificates.make(tmp_path)
    context.set_alpn_protocols(["h2", "http/1.1"])

    async def work() -> tuple[CallError, RawServer]:
        async with raw_server([b""], tls=context) as server, wired(server) as (wire, hosts):
            with pytest.raises(CallError) as caught:
                await wire.exchange(call(), hosts.resolve(call()), timeout=5)
            return caught.value, server

    error, server = asyncio.run(work())
    assert (error.reason, error.message) == (Reason.CONNECTION, "the host's certificate is not trusted")
    assert server.got == []
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    _, server = asyncio.run(work())
    assert "h2" in server.alpn


def test_the_whole_way_through_the_transport() -> None:
    """Faults of every kind, one after the other, and a good reply behind them."""

    async def work() -> tuple[object, RawServer, Tokens, Transport]:
        tokens = Tokens()
        broken = [
            answer(503, b""),
            b"",
            answer(200, b"\x00\x00"),
            answer(401, b""),
            answer(429, b"", Retry_After="0"),
        ]
        async with (
            raw_server([*broken, answer(200, b'{"value": [1]}')]) as server,
            wired(server, tokens) as (wire, hosts),
        ):
            clock = SystemClock()
            transport = Transport(
                wire,
                hosts,
                pacing=Pacing(clock),
                clock=clock,
                observer=Silent(),
                budgets=Budgets(clock),
                rules=RetryRules(first_delay=0.01, longest_delay=0.02),
            )
            return await transport.send(call()), server, tokens, transport

    found, server, tokens, transport = asyncio.run(work())
    assert found == {"value": [1]}
    assert len(server.got) == transport.traffic.requests == 6
    assert [got.headers["authorization"] for got in server.got][-2:] == ["Bearer token-1"] * 2
    assert tokens.rejected == [("token-0", None)]


def test_without_the_extra_the_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "msgraph_core", None)
    with pytest.raises(MissingExtraError, match=r"tenantlint\[collect\]"):
        GraphWire(Hosts(), Tokens())

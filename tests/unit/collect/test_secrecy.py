"""No token, secret or Authorization header in a repr, an exception, a traceback or a log, however talkative."""

from __future__ import annotations

import asyncio
import json
import logging
import ssl
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import h2.config
import h2.connection
import h2.events
import pytest
from tests.unit.collect import certificates
from tests.unit.collect.entra import CLIENT, TENANT, Entra
from tests.unit.collect.raw_server import answer, raw_server

from tenantlint.collect import credentials
from tenantlint.collect.budgets import Budgets
from tenantlint.collect.calls import Call, CallError, Rate, Service
from tenantlint.collect.clock import SystemClock
from tenantlint.collect.credentials import Auth, AzurePipelinesOidc, GitHubOidc, SignIn, SignInError
from tenantlint.collect.graph import GraphWire
from tenantlint.collect.hosts import Hosts
from tenantlint.collect.pacing import Pacing
from tenantlint.collect.progress import Silent
from tenantlint.collect.retries import RetryRules
from tenantlint.collect.tokens import sign_in
from tenantlint.collect.transport import Transport

SECRET = "p4ss~word.42-never-shown"
TOKEN = "eyJ0eXAiOiJKV1QiLCJhbGciOiJub25lIn0.eyJhdWQiOiJodHRwczovL2dyYXBoLm1pY3Jvc29mdC5jb20ifQ.c2ln"
CALL = Call(Service.GRAPH, "/v1.0/users", Rate.GRAPH, "area", "users")
RULES = RetryRules(attempts=2, throttled_attempts=2, first_delay=0.001)


@pytest.fixture
def everything_logged(caplog: pytest.LogCaptureFixture) -> Callable[[], str]:
    """All that any library logs at its most talkative, unless it was told to be silent."""
    caplog.set_level(logging.DEBUG)
    return lambda: caplog.text


class Fixed:
    """A source that always has the same token."""

    async def token(self, scope: str) -> str:
        return TOKEN

    def reject(self, token: str, challenge: str | None = None) -> None: ...

    async def close(self) -> None: ...


class Leaky(Silent):
    """An observer that keeps the repr of whatever it is told."""

    def __init__(self) -> None:
        self.told = ""

    def request_done(self, call: Call, **told: Any) -> None:
        self.told += f"{call!r} {told!r}"


async def serve_http2(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """The least of an HTTP/2 server: every request gets an empty list."""
    connection = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
    connection.initiate_connection()
    writer.write(connection.data_to_send())
    while data := await reader.read(65536):
        for event in connection.receive_data(data):
            if isinstance(event, h2.events.StreamEnded) and event.stream_id is not None:
                connection.send_headers(event.stream_id, [(":status", "200"), ("content-type", "application/json")])
                connection.send_data(event.stream_id, b'{"value": []}', end_stream=True)
        writer.write(connection.data_to_send())
    writer.close()


async def send(origin: str, observer: Silent) -> object:
    hosts = Hosts(given={Service.GRAPH: origin})
    clock = SystemClock()
    wire = GraphWire(hosts, Fixed())
    transport = Transport(
        wire, hosts, pacing=Pacing(clock), clock=clock, observer=observer, budgets=Budgets(clock), rules=RULES
    )
    try:
        return await transport.send(CALL)
    except CallError as error:
        shown = "".join(traceback.format_exception(error)) + repr(error) + repr(vars(error))
        assert error.__cause__ is None
        return shown + repr(wire) + repr(vars(wire)) + repr(transport) + repr(vars(transport))
    finally:
        await wire.close()


def test_http2_headers_are_not_logged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, everything_logged: Callable[[], str]
) -> None:
    path, context = certificates.make(tmp_path)
    context.set_alpn_protocols(["h2"])
    monkeypatch.setenv("SSL_CERT_FILE", str(path))

    async def work(tls: ssl.SSLContext) -> object:
        tasks: set[asyncio.Task[None]] = set()

        def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            tasks.add(asyncio.get_running_loop().create_task(serve_http2(reader, writer)))

        server = await asyncio.start_server(connected, "127.0.0.1", 0, ssl=tls)
        try:
            return await send(f"https://localhost:{server.sockets[0].getsockname()[1]}", Silent())
        finally:
            server.close()
            await asyncio.gather(*tasks)

    assert asyncio.run(work(context)) == {"value": []}
    assert TOKEN not in everything_logged()
    assert "Bearer" not in everything_logged()


def test_the_loggers_that_would_show_headers_do_so_by_nature(everything_logged: Callable[[], str]) -> None:
    """Without our silence, hpack logs every header: the test above can fail."""
    from hpack import Encoder

    logging.getLogger("hpack").setLevel(logging.NOTSET)
    Encoder().encode([("authorization", TOKEN)])
    assert TOKEN in everything_logged()


@pytest.mark.parametrize(
    "reply",
    [
        answer(401, json.dumps({"error": {"code": "InvalidAuthenticationToken", "message": f"bad {TOKEN}"}}).encode()),
        answer(403, f"<html>Bearer {TOKEN}</html>".encode()),
        answer(200, f'{{"value": "{TOKEN}'.encode()),
        answer(302, b"", Location=f"https://evil.example/?token={TOKEN}"),
        b"",
    ],
)
def test_failures_show_no_token(reply: bytes, everything_logged: Callable[[], str]) -> None:
    async def work() -> str:
        observer = Leaky()
        async with raw_server([reply]) as server:
            shown = await send(server.origin, observer)
            assert server.got[0].headers["authorization"] == f"Bearer {TOKEN}"
        return str(shown) + observer.told

    shown = asyncio.run(work())
    assert "users" in shown
    assert TOKEN not in shown + everything_logged()


def test_no_object_shows_what_it_was_given(monkeypatch: pytest.MonkeyPatch) -> None:
    entra = Entra()
    entra.install(monkeypatch)
    monkeypatch.setenv("SYSTEM_OIDCREQUESTURI", "https://dev.azure.example/oidc")
    github, pipelines = GitHubOidc("https://x.example", SECRET), AzurePipelinesOidc("connection", SECRET)
    given = Auth(
        method=SignIn.SECRET,
        tenant=TENANT,
        client_id=CLIENT,
        secret=SECRET,
        certificate_password=SECRET,
        github=github,
        azure_pipelines=pipelines,
        tokens=(TOKEN,),
    )
    assert set(given.secrets) == {SECRET, TOKEN}

    async def work() -> str:
        source = sign_in(given, SystemClock())
        token = await source.token("https://graph.microsoft.com/.default")
        shown = repr(source) + repr(vars(source))
        assert token not in shown
        return shown

    raw = sign_in(Auth(method=SignIn.TOKEN, tokens=(TOKEN,)), SystemClock())
    shown = asyncio.run(work()) + repr(given) + str(given) + repr(github) + repr(pipelines) + repr(raw)
    assert SECRET not in shown
    assert TOKEN not in shown


@pytest.mark.parametrize("refused", [False, True])
def test_signing_in_logs_nothing_and_fails_without_the_secret(
    refused: bool, monkeypatch: pytest.MonkeyPatch, everything_logged: Callable[[], str]
) -> None:
    entra = Entra(refusal={"error": "invalid_client", "error_description": f"no {SECRET} {TOKEN}"} if refused else None)
    entra.install(monkeypatch)
    given = Auth(method=SignIn.SECRET, tenant=TENANT, client_id=CLIENT, secret=SECRET)
    shown = ""
    try:
        asyncio.run(sign_in(given, SystemClock()).token("https://graph.microsoft.com/.default"))
    except SignInError as error:
        shown = "".join(traceback.format_exception(error)) + repr(error)
    assert bool(shown) is refused
    assert entra.asked[0]["client_secret"] == SECRET
    for secret in (SECRET, TOKEN, "access-token-1"):
        assert secret not in shown + everything_logged()


def test_a_credential_that_raises_its_secret_is_cut_short(monkeypatch: pytest.MonkeyPatch) -> None:
    class Raising:
        def get_token(self, *_scopes: str, **_options: object) -> None:
            raise RuntimeError(f"{SECRET} and {TOKEN}") from ValueError(SECRET)

    monkeypatch.setitem(credentials._MADE, SignIn.SECRET, lambda _auth: Raising())
    given = Auth(method=SignIn.SECRET, tenant=TENANT, client_id=CLIENT, secret=SECRET)
    with pytest.raises(SignInError) as caught:
        asyncio.run(sign_in(given, SystemClock()).token("scope"))
    shown = "".join(traceback.format_exception(caught.value))
    assert "Sign-in failed" in shown
    assert SECRET not in shown
    assert TOKEN not in shown

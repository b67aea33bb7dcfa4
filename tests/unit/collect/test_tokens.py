from __future__ import annotations

import asyncio
import base64
import json
import threading
import time
from typing import Any

import pytest
from tests.unit.collect.entra import CLIENT, TENANT, Entra
from tests.unit.collect.virtual_clock import VirtualClock

from tenantlint.collect import credentials
from tenantlint.collect.clock import SystemClock
from tenantlint.collect.credentials import Auth, SignIn, SignInError
from tenantlint.collect.tokens import sign_in
from tenantlint.errors import UsageError

GRAPH = "https://graph.microsoft.com/.default"
EXCHANGE = "https://outlook.office365.com/.default"
SECRET = Auth(method=SignIn.SECRET, tenant=TENANT, client_id=CLIENT, secret="p4ss!word~42")


def jwt(**body: Any) -> str:
    part = base64.urlsafe_b64encode(json.dumps(body).encode()).rstrip(b"=").decode()
    return f"e30.{part}.c2lnbmF0dXJl"


@pytest.fixture
def entra(monkeypatch: pytest.MonkeyPatch) -> Entra:
    found = Entra()
    found.install(monkeypatch)
    return found


def test_a_token_is_fetched_once_a_scope(entra: Entra) -> None:
    async def work() -> list[str]:
        source = sign_in(SECRET, SystemClock())
        many = await asyncio.gather(*(source.token(GRAPH) for _ in range(5)))
        found = [*many, await source.token(EXCHANGE), await source.token(GRAPH)]
        await source.close()
        return found

    found = asyncio.run(work())
    assert found == ["access-token-1"] * 5 + ["access-token-2", "access-token-1"]
    assert [form["scope"] for form in entra.asked] == [GRAPH, EXCHANGE]
    assert entra.hosts == {"login.microsoftonline.com"}


def test_a_token_near_its_end_is_renewed(entra: Entra) -> None:
    entra.lasts = 200

    async def work() -> list[str]:
        source = sign_in(SECRET, SystemClock())
        return [await source.token(GRAPH), await source.token(GRAPH)]

    assert asyncio.run(work()) == ["access-token-1", "access-token-2"]


def test_a_refused_token_is_not_given_again(entra: Entra) -> None:
    async def work() -> list[str]:
        source = sign_in(SECRET, SystemClock())
        first = await source.token(GRAPH)
        source.reject(first)
        second = await source.token(GRAPH)
        source.reject(first)  # late: another call has renewed it
        return [first, second, await source.token(GRAPH)]

    assert asyncio.run(work()) == ["access-token-1", "access-token-2", "access-token-2"]


def test_the_claims_that_a_service_asks_for_are_passed_on(entra: Entra) -> None:
    challenge = '{"access_token":{"nbf":{"essential":true,"value":"1"}}}'

    async def work() -> str:
        source = sign_in(SECRET, SystemClock())
        source.reject(await source.token(GRAPH), challenge)
        return await source.token(GRAPH)

    assert asyncio.run(work()) == "access-token-2"
    assert json.loads(entra.asked[1]["claims"])["access_token"]["nbf"] == {"essential": True, "value": "1"}


def test_a_refused_sign_in_is_one_sentence(entra: Entra) -> None:
    entra.refusal = {
        "error": "invalid_client",
        "error_description": "AADSTS7000215: Invalid client secret provided (p4ss!word~42). Trace ID: "
        "5f3c0e2a-1111-4222-8333-444455556666 Correlation ID: 5f3c0e2a-1111-4222-8333-444455556667 "
        "Timestamp: 2026-11-23 12:00:00Z",
        "error_codes": [7000215],
    }
    with pytest.raises(UsageError) as caught:
        asyncio.run(sign_in(SECRET, SystemClock()).token(GRAPH))
    assert str(caught.value) == "Sign-in failed: AADSTS7000215: Invalid client secret provided (…)."
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_a_sign_in_that_nobody_finishes_does_not_hold_up_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    begun, gone_on = threading.Event(), threading.Event()

    class Slow:
        def get_token(self, *_scopes: str, **_options: object) -> None:
            begun.set()
            gone_on.wait(30)

    monkeypatch.setitem(credentials._MADE, SignIn.DEVICE_CODE, lambda _auth: Slow())

    async def work() -> None:
        task = asyncio.ensure_future(sign_in(Auth(method=SignIn.DEVICE_CODE), SystemClock()).token(GRAPH))
        await asyncio.to_thread(begun.wait, 10)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    started = time.monotonic()
    asyncio.run(work())
    gone_on.set()
    assert time.monotonic() - started < 10


def test_given_tokens_go_each_to_its_service() -> None:
    graph, exchange = jwt(aud="https://graph.microsoft.com"), jwt(aud="https://outlook.office365.com")
    clock = VirtualClock()
    source = sign_in(Auth(method=SignIn.TOKEN, tokens=(graph, exchange)), clock)
    assert clock.run(source.token(GRAPH)) == graph
    assert clock.run(source.token(EXCHANGE)) == exchange
    with pytest.raises(SignInError, match="one for https://ps"):
        clock.run(source.token("https://ps.compliance.protection.outlook.com/.default"))


def test_a_given_token_that_has_expired_is_refused() -> None:
    clock = VirtualClock()
    source = sign_in(Auth(method=SignIn.TOKEN, tokens=(jwt(aud="https://graph.microsoft.com", exp=1),)), clock)
    with pytest.raises(SignInError, match="expired on 1970-01-01"):
        clock.run(source.token(GRAPH))


def test_a_stand_in_takes_any_token() -> None:
    clock = VirtualClock()
    token = jwt(aud="https://sharepoint.emulated.example")
    source = sign_in(Auth(method=SignIn.TOKEN, tokens=(token,), any_audience=True), clock)
    assert clock.run(source.token(GRAPH)) == token
    source.reject(token)
    assert clock.run(source.token(GRAPH)) == token


@pytest.mark.parametrize("tokens", [(), ("opaque",)])
def test_text_that_is_no_token_is_refused_at_the_start(tokens: tuple[str, ...]) -> None:
    with pytest.raises(UsageError) as caught:
        sign_in(Auth(method=SignIn.TOKEN, tokens=tokens), VirtualClock())
    assert "opaque" not in str(caught.value)

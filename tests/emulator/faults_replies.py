"""How each fault of a plan looks on the wire of an HTTP service."""

from __future__ import annotations

import asyncio
import json
import random
import socket
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web
from tests.emulator.core import WORLD
from tests.emulator.faults_drawn import Draws, Fault, Injected, Shape, is_skip_token, key_of

_STATUS = {
    Fault.INTERNAL_ERROR: (500, "Internal Server Error", "InternalServerError"),
    Fault.BAD_GATEWAY: (502, "Bad Gateway", "BadGateway"),
    Fault.UNAVAILABLE: (503, "Service Unavailable", "ServiceNotAvailable"),
    Fault.UNAVAILABLE_LATER: (503, "Service Unavailable", "ServiceNotAvailable"),
    Fault.GATEWAY_TIMEOUT: (504, "Gateway Timeout", "GatewayTimeout"),
}
_CLOSING_POLL = 0.01
_NULS = 64


@dataclass(frozen=True, slots=True)
class Looks:
    """Numbers and names in spoilt replies (see `faults`)."""

    retry_after: int = 1
    long_retry_after: int = 300
    slow_seconds: float = 0.2
    foreign_origin: str = "https://graph.microsoft.com.evil.example"


class Spoiler:
    """Spoils replies as drawn; remembers for each list what its pages were."""

    def __init__(self, draws: Draws, looks: Looks) -> None:
        self._draws = draws
        self._looks = looks
        self._lists: dict[str, _List] = {}

    async def spoil(self, request: web.Request, response: web.StreamResponse) -> web.StreamResponse:
        """The reply as it arrives; one that the emulator's limits made passes untouched and uncounted."""
        if response.status == 429 or not isinstance(response, web.Response):
            return response
        query = request.rel_url.query
        cmdlet = request.headers.get("X-CmdletName")
        key = key_of(request.method, request.path, query.items(), cmdlet)
        known = self._list(key, later=any(is_skip_token(name) for name in query))
        page = _Page.of(response)
        struck = None if known.expired else self._draws.draw(key, _shape(request, response, page, known))
        if known.expired or (struck and struck.fault is Fault.EXPIRED_TOKEN):
            known.expired = True
            return _expired(exchange=bool(cmdlet))
        spoilt = response if struck is None else await self._spoilt(struck, request, response, page, known)
        if page and (spoilt is response or (struck and struck.fault in _STILL_A_PAGE)):
            known.note(page)
        return spoilt

    def _list(self, key: str, *, later: bool) -> _List:
        if not later or key not in self._lists:
            self._lists[key] = _List()
        self._lists[key].later = later
        return self._lists[key]

    async def _spoilt(
        self, struck: Injected, request: web.Request, response: web.Response, page: _Page | None, known: _List
    ) -> web.StreamResponse:
        fault, looks, body = struck.fault, self._looks, _body(response)
        if fault in _STATUS:
            return _failure(struck, looks)
        if fault in _THROTTLED:
            return _throttled(fault, request, looks)
        if fault is Fault.SLOW:
            await request.app[WORLD].clock.sleep(looks.slow_seconds)
            return response
        if fault is Fault.TIMEOUT:
            return await _silence(request)
        if fault in (Fault.RESET, Fault.CLOSED):
            return _cut(request, reset=fault is Fault.RESET)
        if fault is Fault.HALF_BODY:
            return await _half(request, response, body)
        if fault is Fault.FOREIGN_REDIRECT:
            return web.Response(status=302, headers={"Location": looks.foreign_origin + request.path_qs})
        if fault in _STILL_A_PAGE and page:
            return _json(page.spoilt(struck, known.last, looks.foreign_origin))
        return _bodies(fault, body)


class _List:
    """What is remembered of a list that is being read. `last`: the last object of the page given before."""

    def __init__(self) -> None:
        self.later = False
        self.last: Any = None
        self.counted = False
        self.expired = False

    def note(self, page: _Page) -> None:
        self.last = page.items[-1] if page.items else None
        self.counted = self.counted or "@odata.count" in page.document


class _Page:
    """A reply that is a page of a list."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.document = document
        self.items: list[Any] = document["value"]
        self.more = "@odata.nextLink" in document

    @staticmethod
    def of(response: web.Response) -> _Page | None:
        body = _body(response)
        if response.status != 200 or not body.startswith(b"{") or b'"value"' not in body:
            return None
        document = json.loads(body)
        return _Page(document) if isinstance(document.get("value"), list) else None

    def spoilt(self, struck: Injected, last: Any, foreign: str) -> dict[str, Any]:
        """The page with another link, with `last` once more, or without one object: another one each time."""
        if struck.fault is Fault.FOREIGN_LINK:
            link = urlsplit(self.document["@odata.nextLink"])
            return {**self.document, "@odata.nextLink": f"{foreign}{link.path}?{link.query}"}
        again = [] if struck.fault is Fault.ITEM_LOST else [last]
        kept = list(self.items)
        if struck.fault is not Fault.ITEM_DUPLICATED:
            del kept[random.Random(f"{struck.number} {struck.key}").randrange(len(kept))]
        return {**self.document, "value": again + kept}


_STILL_A_PAGE = (Fault.ITEM_MOVED, Fault.ITEM_DUPLICATED, Fault.ITEM_LOST, Fault.FOREIGN_LINK)
_THROTTLED = (Fault.THROTTLED, Fault.THROTTLED_BARE, Fault.THROTTLED_LONG, Fault.THROTTLED_DATE)


def _shape(request: web.Request, response: web.Response, page: _Page | None, known: _List) -> Shape:
    return Shape(
        good=200 <= response.status < 300,
        body=len(_body(response)) > 2,
        more=bool(page and page.more),
        later=bool(page and page.items and known.later and known.last is not None),
        counted=known.counted,
        exchange="X-CmdletName" in request.headers,
    )


def _body(response: web.Response) -> bytes:
    return response.body if isinstance(response.body, bytes) else b""


def _json(document: Any, status: int = 200, **headers: str) -> web.Response:
    body = json.dumps(document, ensure_ascii=False).encode()
    return web.Response(body=body, status=status, headers=headers, content_type="application/json", charset="utf-8")


def _html(status: int, title: str) -> web.Response:
    text = f"<!DOCTYPE html>\n<html><head><title>{title}</title></head><body><h2>{title}</h2></body></html>\n"
    return web.Response(text=text, status=status, content_type="text/html")


def _error(status: int, code: str, message: str) -> web.Response:
    return _json({"error": {"code": code, "message": message}}, status)


def _failure(struck: Injected, looks: Looks) -> web.Response:
    status, title, code = _STATUS[struck.fault]
    reply = _error(status, code, title) if struck.number % 2 else _html(status, title)
    if struck.fault is Fault.UNAVAILABLE_LATER:
        reply.headers["Retry-After"] = str(looks.retry_after)
    return reply


def _throttled(fault: Fault, request: web.Request, looks: Looks) -> web.Response:
    reply = _error(429, "TooManyRequests", "Too many requests")
    if fault is Fault.THROTTLED:
        reply.headers["Retry-After"] = str(looks.retry_after)
    elif fault is Fault.THROTTLED_LONG:
        reply.headers["Retry-After"] = str(looks.long_retry_after)
    elif fault is Fault.THROTTLED_DATE:
        moment = request.app[WORLD].clock.now() + timedelta(seconds=looks.retry_after)
        reply.headers["Retry-After"] = format_datetime(moment, usegmt=True)
    return reply


def _expired(*, exchange: bool) -> web.Response:
    if exchange:
        return expired_pagination()
    told = "The specified page token value has expired and can no longer be included in your request."
    return _error(400, "Directory_ExpiredPageToken", told)


def expired_pagination() -> web.Response:
    """What Exchange was measured to answer to a link that it had given itself."""
    return _error(400, "BadRequest", "Expired or Invalid pagination request")


def _bodies(fault: Fault, body: bytes) -> web.Response:
    if fault is Fault.HTML_BODY:
        return _html(200, "Sign in to your account")
    if fault is Fault.TRUNCATED_JSON:
        return web.Response(body=body[: len(body) // 2], content_type="application/json")
    if fault is Fault.FORBIDDEN_NUL:
        return web.Response(body=bytes(_NULS), status=403, content_type="application/json")
    return web.Response(body=bytes(len(body)) if fault is Fault.NUL_BODY else b"", content_type="application/json")


async def _silence(request: web.Request) -> web.Response:
    """No byte, until the client hangs up (or the emulator stops, which cancels this)."""
    while request.transport is not None and not request.transport.is_closing():
        await asyncio.sleep(_CLOSING_POLL)
    return web.Response(status=503)


def _cut(request: web.Request, *, reset: bool) -> web.Response:
    transport = request.transport
    if transport is not None:
        if reset:
            connection: socket.socket = transport.get_extra_info("socket")
            # Lingering for no time turns the closing into a reset.
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        transport.abort()
    return web.Response(status=503)


async def _half(request: web.Request, response: web.Response, body: bytes) -> web.StreamResponse:
    half = web.StreamResponse(status=response.status, headers={"Content-Type": "application/json"})
    half.content_length = len(body)
    await half.prepare(request)
    await half.write(body[: len(body) // 2])
    if request.transport is not None:
        request.transport.close()
    return half

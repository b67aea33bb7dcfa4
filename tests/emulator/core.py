"""What happens to every request before and after its service: log, latency, faults."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import Any

from aiohttp import web
from tests.emulator.world import Entry, World

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Build = Callable[[World], web.Application]

WORLD = web.AppKey("world", World)
_MAX_BODY = 4 * 1024 * 1024
# Of the request at hand: a connection answers one after the other, in one task.
_DELAYED: ContextVar[bool] = ContextVar("delayed")


def application(world: World, service: str, *inner: Any) -> web.Application:
    """An empty application for one service; `inner` are its own middlewares (authentication, limits).

    What they refuse meets no fault: a request counts for the fault plan once the service would have answered it.
    """
    app = web.Application(middlewares=[_outer(world, service), *inner, _on_the_way(world)], client_max_size=_MAX_BODY)
    app[WORLD] = world
    return app


def route_of(request: web.Request) -> str:
    """The name of a route in counters and fault plans: `/v1.0/users`, `InvokeCommand Get-AcceptedDomain`."""
    cmdlet = request.headers.get("X-CmdletName")
    if cmdlet:
        return f"InvokeCommand {cmdlet}"
    resource = request.match_info.route.resource
    return resource.canonical if resource is not None else request.path


def reply(body: Any, status: int = 200, **headers: str) -> web.Response:
    """A JSON reply. A keyword `retry_after` becomes the header `Retry-After`."""
    data = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
    named = {name.replace("_", "-").title(): value for name, value in headers.items()}
    return web.Response(body=data, status=status, headers=named, content_type="application/json", charset="utf-8")


def _outer(world: World, service: str) -> Any:
    @web.middleware
    async def outer(request: web.Request, handler: Handler) -> web.StreamResponse:
        started = world.clock.monotonic()
        _DELAYED.set(False)
        route = route_of(request)
        status = 0
        try:
            try:
                response = await handler(request)
            except web.HTTPException as stop:
                response = web.Response(status=stop.status, headers=stop.headers, text=stop.text)
            await _delay(world)
            status = response.status
            return response
        finally:
            world.counters[f"{service} {request.method} {route}"] += 1
            world.log.append(
                Entry(
                    service=service,
                    method=request.method,
                    route=route,
                    path=request.path_qs,
                    status=status,
                    started=started,
                    seconds=world.clock.monotonic() - started,
                )
            )

    return outer


def _on_the_way(world: World) -> Any:
    @web.middleware
    async def on_the_way(request: web.Request, handler: Handler) -> web.StreamResponse:
        await _delay(world)
        if world.faults is None:
            return await handler(request)
        response = await world.faults.intercept(request)
        if response is None:
            response = await world.faults.mangle(request, await handler(request))
        return response

    return on_the_way


async def _delay(world: World) -> None:
    """The latency, once a request: while it lasts the service's own limits count the request as running."""
    if world.latency and not _DELAYED.get():
        _DELAYED.set(True)
        await world.clock.sleep(world.latency)


class BrokenError(Exception):
    """A collection whose status is `failed`: the reply is always the same, and never of use."""

    def __init__(self, response: web.Response) -> None:
        super().__init__(response.status)
        self.response = response


def broken(detail: str) -> BrokenError:
    """What to answer for a collection that failed for this reason: 429 to the end, NUL bytes, HTML, or 503."""
    if "429" in detail:
        return BrokenError(reply({"error": {"code": "TooManyRequests", "message": "Too many requests."}}, 429))
    if "JSON" in detail or "NUL" in detail:
        return BrokenError(web.Response(status=200, body=b"\x00" * 64, content_type="application/json"))
    if "HTML" in detail:
        page = "<html><head><title>Service unavailable</title></head><body></body></html>"
        return BrokenError(web.Response(status=200, text=page, content_type="text/html"))
    body = {"error": {"code": "serviceNotAvailable", "message": "The service is temporarily unavailable."}}
    return BrokenError(reply(body, 503))

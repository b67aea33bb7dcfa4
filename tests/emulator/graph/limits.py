"""Graph's documented limits (reference 4.6), counted as the services count them."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from tests.emulator import tokens
from tests.emulator.graph import errors
from tests.emulator.graph.queries import Query
from tests.emulator.graph.route import Limit, Route
from tests.emulator.world import World

_SCORE_ONLY = (150, 60.0)
_SCORE_ALL = (10_000, 600.0)
_SCORE_AT_ONCE = 4
_REPORTS = (5, 10.0)
_ACCESS_SECONDS = 1.0
# A client that sends exactly once a second is not punished for the network's trembling.
_TREMBLE = 0.02
_WINDOW = 10.0
_SIZES = ((49, 3_500), (500, 5_000))
_LARGE = 8_000
_WARNING = 0.8
_FEW = 20


class Limits:
    """Counts one application's requests to one tenant."""

    def __init__(self, world: World, users: int) -> None:
        self._world = world
        self._on = world.limits == "documented"
        self._capacity = next((units for most, units in _SIZES if users <= most), _LARGE)
        self._units = float(self._capacity)
        self._filled = world.clock.monotonic()
        self._access = -math.inf
        self._windows: dict[Limit, deque[float]] = {limit: deque() for limit in Limit}
        self._running = 0

    @contextmanager
    def admitted(self, route: Route, query: Query) -> Iterator[dict[str, str]]:
        """Headers that the reply gets. Raises GraphError with 429."""
        if route.limit is Limit.DIRECTORY:
            yield self._directory(cost(route, query))
        elif not self._on or route.limit is Limit.NONE:
            yield {}
        elif route.limit is Limit.CONDITIONAL_ACCESS:
            self._once_a_second()
            yield {}
        elif route.limit is Limit.REPORTS:
            self._window(route.limit, *_REPORTS)
            yield {}
        else:
            with self._scores(route):
                yield {}

    def _once_a_second(self) -> None:
        """All of Conditional Access together, and no header that says when to come back."""
        now = self._world.clock.monotonic()
        if now - self._access < _ACCESS_SECONDS - _TREMBLE:
            raise errors.too_many()
        self._access = now

    def _window(self, limit: Limit, most: int, seconds: float) -> None:
        now = self._world.clock.monotonic()
        times = self._windows[limit]
        while times and now - times[0] >= seconds - _TREMBLE:
            times.popleft()
        if len(times) >= most:
            wait = max(1, math.ceil(seconds - (now - times[0])))
            raise errors.too_many({"Retry-After": str(wait)})
        times.append(now)

    @contextmanager
    def _scores(self, route: Route) -> Iterator[None]:
        if self._running >= _SCORE_AT_ONCE:
            raise errors.too_many({"Retry-After": "1"})
        if route.limit is Limit.SCORES:
            self._window(Limit.SCORES, *_SCORE_ONLY)
        self._window(Limit.PROFILES, *_SCORE_ALL)
        self._running += 1
        try:
            yield
        finally:
            self._running -= 1

    def _directory(self, units: int) -> dict[str, str]:
        """A bucket of resource units that fills again within ten seconds."""
        headers = {"x-ms-resource-unit": str(units)}
        if not self._on:
            return headers
        now = self._world.clock.monotonic()
        self._units = min(self._capacity, self._units + (now - self._filled) * self._capacity / _WINDOW)
        self._filled = now
        if self._units < units:
            seconds = max(1, math.ceil((units - self._units) * _WINDOW / self._capacity))
            scope = f"Tenant_Application/ReadWrite/{tokens.APP_ID}/{self._world.tenant_id}"
            raise errors.throttled_directory(
                seconds,
                {
                    **headers,
                    "x-ms-throttle-limit-percentage": "1.0",
                    "x-ms-throttle-scope": scope,
                    "x-ms-throttle-information": "ResourceUnitLimitExceeded",
                },
            )
        self._units -= units
        used = 1 - self._units / self._capacity
        if used > _WARNING:
            headers["x-ms-throttle-limit-percentage"] = f"{used:.2f}"
        return headers


def cost(route: Route, query: Query) -> int:
    """Resource units of a request to the directory."""
    units = route.units
    units -= bool(query.select)
    units += bool(query.expand)
    units -= query.top is not None and query.top < _FEW
    return max(units, 1)

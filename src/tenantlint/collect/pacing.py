"""Keeping within the services' documented limits, by rate group.

The limits are data (`DOCUMENTED`), so that the time that they cost can be computed beforehand (`bound`).

Sources: Microsoft's page "Microsoft Graph service-specific throttling limits" and section 4.6 of the reference. The
limit of Conditional Access counts every application of the tenant together and comes without Retry-After. Exchange,
Security & Compliance, SharePoint administration and Teams publish none: there only the number at once is held.
"""

from __future__ import annotations

import asyncio
import math
from collections import deque
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

from tenantlint.collect.calls import Rate
from tenantlint.collect.clock import Clock

SLACK = 0.05  # seconds added to every window: two requests may travel at different speeds
_SHORTEST_SLEEP = 0.001  # so that rounding cannot make a clock stand still


@dataclass(frozen=True, slots=True)
class Window:
    """So many units in any stretch of so many seconds."""

    units: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Limit:
    """What a rate group allows: every window, and so many calls at once."""

    at_once: int
    windows: tuple[Window, ...] = ()

    @property
    def pace(self) -> float:
        """Seconds between two calls when they go on for long; 0 without a window."""
        return max((window.seconds / window.units for window in self.windows), default=0.0)


_DIRECTORY_UNITS = ((0, 3500), (50, 5000), (501, 8000))  # from so many users: units per 10 seconds

DOCUMENTED: Mapping[Rate, Limit] = {
    Rate.CONDITIONAL_ACCESS: Limit(at_once=1, windows=(Window(1, 1.0),)),
    Rate.REPORTS: Limit(at_once=2, windows=(Window(5, 10.0),)),
    Rate.DIRECTORY: Limit(at_once=8, windows=(Window(_DIRECTORY_UNITS[0][1], 10.0),)),
    Rate.SECURE_SCORE: Limit(at_once=4, windows=(Window(150, 60.0), Window(10_000, 600.0))),
    Rate.INTUNE: Limit(at_once=4, windows=(Window(2000, 20.0),)),
    Rate.GRAPH: Limit(at_once=8, windows=(Window(2000, 1.0),)),
    Rate.EXCHANGE: Limit(at_once=2),
    Rate.COMPLIANCE: Limit(at_once=1),
    Rate.TEAMS: Limit(at_once=1),
    Rate.SHAREPOINT: Limit(at_once=1),
    Rate.DNS: Limit(at_once=16),
}


def directory_units(users: int) -> int:
    """The directory's units per 10 seconds in a tenant of so many users."""
    return max(units for least, units in _DIRECTORY_UNITS if users >= least)


def with_users(limits: Mapping[Rate, Limit], users: int) -> dict[Rate, Limit]:
    """The limits of a tenant known to have so many users, which never lowers them."""
    directory = limits[Rate.DIRECTORY]
    windows = tuple(replace(window, units=max(window.units, directory_units(users))) for window in directory.windows)
    return {**limits, Rate.DIRECTORY: replace(directory, windows=windows)}


def bound(
    calls_by_rate: Mapping[Rate, Iterable[int]],
    limits: Mapping[Rate, Limit] = DOCUMENTED,
    *,
    latency: float = 0.0,
) -> float:
    """Seconds that calls of these costs take at the least, however they are ordered: groups run beside one another.

    `latency`: seconds that one call takes. A group's bound is the start of its last call by its tightest window, and
    its end by the number of calls at once.
    """
    return max((_group_bound(list(costs), limits[rate], latency) for rate, costs in calls_by_rate.items()), default=0.0)


def _group_bound(costs: list[int], limit: Limit, latency: float) -> float:
    if not costs:
        return 0.0
    units = sum(costs)
    started = max(((math.ceil(units / one.units) - 1) * one.seconds for one in limit.windows), default=0.0)
    return max(started + latency, math.ceil(len(costs) / limit.at_once) * latency)


class OutOfTimeError(Exception):
    """The call could not start before its deadline."""


@dataclass(slots=True)
class _Entry:
    at: float
    units: int
    counted: bool = True


class _Ledger:
    """Units spent in one window."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self._entries: deque[_Entry] = deque()
        self._total = 0

    def allowed_at(self, cost: int, now: float) -> float:
        """The first moment, not before now, at which the cost fits. One above the whole window fits an empty one."""
        while self._entries and self._end(self._entries[0]) <= now:
            entry = self._entries.popleft()
            entry.counted = False
            self._total -= entry.units
        total, moment = self._total, now
        for entry in self._entries:
            if total + cost <= self.window.units:
                break
            total -= entry.units
            moment = self._end(entry)
        return moment

    def spend(self, cost: int, now: float) -> _Entry:
        entry = _Entry(now, cost)
        self._entries.append(entry)
        self._total += cost
        return entry

    def correct(self, entry: _Entry, units: int) -> None:
        if entry.counted:
            self._total += units - entry.units
            entry.units = units

    def _end(self, entry: _Entry) -> float:
        return entry.at + self.window.seconds


class Lease:
    """The right to send one call, held until its reply is here. `well`: set it once a good reply came."""

    def __init__(self, spent: list[tuple[_Ledger, _Entry]]) -> None:
        self.well = False
        self._spent = spent

    def settle(self, units: int) -> None:
        """The service told what the call really cost."""
        for ledger, entry in self._spent:
            ledger.correct(entry, units)


@dataclass(slots=True)
class _Waiter:
    cost: int
    deadline: float
    granted: asyncio.Future[Lease] = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class _Group:
    """One rate group: first come, first served. One timer waits for the head of the queue, or a deadline."""

    def __init__(self, limit: Limit, clock: Clock, slack: float) -> None:
        self._clock = clock
        self._slack = slack
        self._limit = limit
        self._ledgers = self._made_ledgers()
        self._waiting: deque[_Waiter] = deque()
        self._running = 0
        self._width = float(limit.at_once)
        self._held_until = -math.inf
        self._timer: asyncio.Task[None] | None = None
        self._timer_at = math.inf

    def change(self, limit: Limit) -> None:
        """Take another limit; what was spent still counts."""
        if limit == self._limit:
            return
        self._limit = limit
        for ledger, made in zip(self._ledgers, self._made_ledgers(), strict=True):
            ledger.window = made.window
        self._pump()

    def hold(self, seconds: float) -> None:
        """A call was throttled: nobody starts for so long, and then half as many at once."""
        now = self._clock.monotonic()
        if now >= self._held_until:  # replies that come while the group is held tell of the same moment
            self._width = max(1.0, self._width / 2)
        self._held_until = max(self._held_until, now + seconds)
        self._pump()

    async def enter(self, cost: int, deadline: float) -> Lease:
        waiter = _Waiter(cost, deadline)
        self._waiting.append(waiter)
        self._pump()
        try:
            return await waiter.granted
        except asyncio.CancelledError:
            if waiter.granted.done() and not waiter.granted.cancelled() and waiter.granted.exception() is None:
                self.leave(well=False)
            else:
                self._pump()
            raise

    def leave(self, *, well: bool) -> None:
        """A call ended; a good reply lets the group grow back, by one for as many replies as run at once."""
        self._running -= 1
        if well:
            self._width = min(float(self._limit.at_once), self._width + 1 / self._width)
        self._pump()

    def _made_ledgers(self) -> list[_Ledger]:
        return [_Ledger(replace(one, seconds=one.seconds + self._slack)) for one in self._limit.windows]

    def _pump(self) -> None:
        """Start whoever may start, refuse whoever no longer can, and set the timer for what comes next."""
        now = self._clock.monotonic()
        for waiter in self._waiting:
            if waiter.deadline <= now and not waiter.granted.done():
                waiter.granted.set_exception(OutOfTimeError())
        wake = math.inf
        while self._waiting:
            head = self._waiting[0]
            if head.granted.done():  # refused, or cancelled while it waited
                self._waiting.popleft()
                continue
            moment = max([now, self._held_until, *(ledger.allowed_at(head.cost, now) for ledger in self._ledgers)])
            if moment >= head.deadline:
                self._waiting.popleft()
                head.granted.set_exception(OutOfTimeError())
                continue
            if self._running >= int(self._width):
                break
            if moment > now:
                wake = moment
                break
            self._waiting.popleft()
            self._running += 1
            head.granted.set_result(Lease([(ledger, ledger.spend(head.cost, now)) for ledger in self._ledgers]))
        self._set_timer(min([wake, *(waiter.deadline for waiter in self._waiting)]) if self._waiting else math.inf, now)

    def _set_timer(self, moment: float, now: float) -> None:
        if moment == self._timer_at:
            return
        timer, self._timer, self._timer_at = self._timer, None, moment
        if timer is not None:
            timer.cancel()
        if moment < math.inf:
            self._timer = asyncio.get_running_loop().create_task(self._wake(max(_SHORTEST_SLEEP, moment - now)))

    async def _wake(self, seconds: float) -> None:
        await self._clock.sleep(seconds)
        self._timer, self._timer_at = None, math.inf
        self._pump()


class Pacing:
    """All rate groups of a run."""

    def __init__(self, clock: Clock, limits: Mapping[Rate, Limit] | None = None, *, slack: float = SLACK) -> None:
        self.limits = dict(DOCUMENTED if limits is None else limits)
        self._groups = {rate: _Group(limit, clock, slack) for rate, limit in self.limits.items()}

    @asynccontextmanager
    async def lease(self, rate: Rate, cost: int, deadline: float) -> AsyncIterator[Lease]:
        """Wait for a turn, and hold it while the call is on its way.

        Raises OutOfTimeError as soon as it is plain that the turn cannot come before the deadline.
        """
        group = self._groups[rate]
        lease = await group.enter(cost, deadline)
        try:
            yield lease
        finally:
            group.leave(well=lease.well)

    def throttled(self, rate: Rate, seconds: float) -> None:
        """The whole group waits so long, since the limit that was hit is the whole group's."""
        self._groups[rate].hold(seconds)

    def pace(self, rate: Rate) -> float:
        """Seconds below which waiting for the group is no waiting."""
        return self.limits[rate].pace

    def learn_users(self, users: int) -> None:
        """The tenant has at least so many users, so that the directory allows more."""
        self.limits = with_users(self.limits, users)
        self._groups[Rate.DIRECTORY].change(self.limits[Rate.DIRECTORY])

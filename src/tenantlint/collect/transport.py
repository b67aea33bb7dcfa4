"""Sends calls: paced, retried, within their budgets, and read strictly. The only sender in the program."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from tenantlint.collect import error_text
from tenantlint.collect.budgets import Budgets
from tenantlint.collect.calls import Call, CallError, Reason, Reply, Wire
from tenantlint.collect.clock import Clock
from tenantlint.collect.hosts import Hosts
from tenantlint.collect.pacing import Lease, OutOfTimeError, Pacing
from tenantlint.collect.progress import Observer
from tenantlint.collect.retries import UNAUTHORIZED, RetryRules, backoff, is_throttled, passing_reason, retry_after
from tenantlint.errors import InputError
from tenantlint.model import JsonObject
from tenantlint.snapshot import json_text

_T = TypeVar("_T")
_PASSING_FAULTS = frozenset({Reason.CONNECTION, Reason.TIMEOUT, Reason.UNREADABLE})
_DEAREST_CALL = 1000  # units: a header that tells more is not believed


@dataclass(slots=True)
class Traffic:
    """What went over the network. `requests`: exchanges begun; `retries`: those after a call's first; `bytes`: of
    bodies that arrived; `throttled`: replies that spoke of a limit; `waited`: seconds between tries.
    """

    requests: int = 0
    retries: int = 0
    bytes: int = 0
    throttled: int = 0
    waited: float = 0.0


@dataclass(slots=True)
class _Failure:
    """Why one try gave nothing. `passing`: another may. `asked`: seconds that the service asks to wait."""

    error: CallError
    passing: bool = False
    throttled: bool = False
    asked: float | None = None


@dataclass(slots=True)
class _Try(Generic[_T]):
    """How one exchange went."""

    outcome: _T | _Failure
    status: int | None
    seconds: float
    size: int = 0


@dataclass(slots=True)
class _Course:
    """The tries of one call so far."""

    attempts: int = 0
    failed: int = 0
    throttled: int = 0
    renewed: bool = False
    last: CallError | None = None


class Transport:
    """Implements `calls.Sender` over a `calls.Wire`.

    `chance` gives numbers from 0 to 1 for the jitter.
    """

    def __init__(
        self,
        wire: Wire,
        hosts: Hosts,
        *,
        pacing: Pacing,
        clock: Clock,
        observer: Observer,
        budgets: Budgets,
        rules: RetryRules | None = None,
        chance: Callable[[], float] | None = None,
    ) -> None:
        self.hosts = hosts
        self.pacing = pacing
        self.traffic = Traffic()
        self._wire = wire
        self._clock = clock
        self._observer = observer
        self._budgets = budgets
        self._rules = rules or RetryRules()
        self._chance = chance or random.Random().random  # noqa: S311 - spreads retries, guards nothing

    async def send(self, call: Call) -> JsonObject:
        """The object in a 2xx reply, exactly as sent; an array at the top (Teams) comes as `{"value": [...]}`.

        Raises CallError.
        """
        return await self._until_good(call, _read_object)

    async def location(self, call: Call) -> str:
        """Where the redirect points that the call is answered with.

        Nothing is sent there and nothing is vouched for: a call to it is checked like any other. Raises CallError,
        also when the reply is no redirect.
        """
        return await self._until_good(call, _read_location)

    async def _until_good(self, call: Call, read: Callable[[Call, Reply], _T]) -> _T:
        url = self.hosts.resolve(call)
        course = _Course()
        while True:
            done = await self._try(call, url, read, course)
            outcome = done.outcome
            if not isinstance(outcome, _Failure):
                self._tell(call, done, course, 0.0)
                return outcome
            try:
                waiting = self._wait_after(call, outcome, course)
            except CallError:
                self._tell(call, done, course, 0.0)
                raise
            self._tell(call, done, course, waiting)
            self.traffic.waited += waiting
            if outcome.throttled:
                self.pacing.throttled(call.rate, waiting)  # the next turn comes no sooner than that
            elif waiting:
                await self._clock.sleep(waiting)

    async def _try(self, call: Call, url: str, read: Callable[[Call, Reply], _T], course: _Course) -> _Try[_T]:
        deadline = self._budgets.deadline(call.area)
        try:
            async with self.pacing.lease(call.rate, call.cost, deadline) as lease:
                course.attempts += 1
                self.traffic.requests += 1
                self.traffic.retries += course.attempts > 1
                started = self._clock.monotonic()
                try:
                    reply = await self._wire.exchange(call, url, timeout=min(self._rules.exchange, deadline - started))
                except CallError as error:
                    failure = _Failure(error, passing=error.reason in _PASSING_FAULTS)
                    return _Try(failure, None, self._clock.monotonic() - started)
                seconds = self._clock.monotonic() - started
                self._note(call, reply, lease)
        except OutOfTimeError:
            raise _over(call, course) from None
        try:
            outcome: _T | _Failure = self._failure(call, reply) or read(call, reply)
        except CallError as error:
            outcome = _Failure(error, passing=error.reason in _PASSING_FAULTS)
        return _Try(outcome, reply.status, seconds, len(reply.body))

    def _note(self, call: Call, reply: Reply, lease: Lease) -> None:
        """Tell the counters and the pacing, while nobody else of the group can have taken the turn."""
        lease.well = reply.status < 400
        self.traffic.bytes += len(reply.body)
        if is_throttled(reply.status, reply.headers):
            self.traffic.throttled += 1
            self.pacing.throttled(call.rate, self._rules.first_delay)
        units = reply.headers.get("x-ms-resource-unit", "")
        if units.isdecimal() and 0 < int(units[:6]) <= _DEAREST_CALL:
            lease.settle(int(units[:6]))

    def _failure(self, call: Call, reply: Reply) -> _Failure | None:
        """What a 4xx or 5xx means. A 403 of NUL bytes or HTML stays a 403, without a code."""
        if reply.status < 400:
            return None
        passing = passing_reason(reply.status, reply.headers)
        reason = passing or (Reason.UNAVAILABLE if reply.status >= 500 else Reason.REFUSED)
        code, message = error_text.code_and_message(reply.body)
        return _Failure(
            CallError(call, reason, status=reply.status, code=code, message=message),
            passing=passing is not None,
            throttled=is_throttled(reply.status, reply.headers),
            asked=retry_after(reply.headers, self._clock.now()),
        )

    def _wait_after(self, call: Call, failure: _Failure, course: _Course) -> float:
        """Seconds until the next try. Raises CallError when there is to be none."""
        error, rules = failure.error, self._rules
        course.last = error
        if error.status == UNAUTHORIZED and not course.renewed:
            course.renewed = True  # the wire dropped the token that was refused: the next try carries a fresh one
            course.failed += 1
            return 0.0
        course.throttled += failure.throttled
        course.failed += not failure.throttled
        spent = course.attempts >= rules.throttled_attempts
        spent = spent or (not failure.throttled and course.failed >= rules.attempts)
        if not failure.passing or spent:
            raise _final(error, course)
        left = self._budgets.left(call.area)
        if failure.asked and failure.asked >= min(left, rules.longest_wait):
            raise _final(error, course, message="the service asks for a longer wait than this run allows")
        failures = course.throttled if failure.throttled else course.failed
        waiting = backoff(rules, failures, self._chance, pace=self.pacing.pace(call.rate))
        if failure.asked:
            waiting = failure.asked + rules.jitter * rules.first_delay * self._chance()
        if waiting >= left:
            raise _over(call, course)
        return waiting

    def _tell(self, call: Call, done: _Try[_T], course: _Course, waiting: float) -> None:
        self._observer.request_done(
            call, status=done.status, seconds=done.seconds, size=done.size, attempt=course.attempts, waiting=waiting
        )


def _final(error: CallError, course: _Course, *, message: str = "") -> CallError:
    return CallError(
        error.call,
        error.reason,
        status=error.status,
        code=error.code,
        message=message or error.message,
        attempts=course.attempts,
    )


def _over(call: Call, course: _Course) -> CallError:
    last = course.last
    return CallError(
        call,
        Reason.BUDGET,
        status=last.status if last else None,
        code=last.code if last else "",
        message="the time allowed for it is over",
        attempts=course.attempts,
    )


def _read_object(call: Call, reply: Reply) -> JsonObject:
    if reply.status >= 300:
        raise CallError(call, Reason.REFUSED, status=reply.status, message="a redirect, which is not followed")
    if not reply.body.strip():
        raise CallError(call, Reason.UNREADABLE, status=reply.status, message="an empty body")
    if not reply.body.strip(b"\x00"):
        raise CallError(call, Reason.UNREADABLE, status=reply.status, message="a body of NUL bytes")
    try:
        found = json_text.parse(json_text.decode(reply.body, "reply"), "reply")
    except InputError as error:
        html = reply.body.lstrip()[:1] == b"<"
        problem = "HTML instead of JSON" if html else f"no whole JSON: {error.problem}"
        raise CallError(call, Reason.UNREADABLE, status=reply.status, message=error_text.cleaned(problem)) from None
    if isinstance(found, list):
        return {"value": found}
    if not isinstance(found, dict):
        raise CallError(call, Reason.UNREADABLE, status=reply.status, message="JSON, but no object")
    return found


def _read_location(call: Call, reply: Reply) -> str:
    location = reply.headers.get("location", "")
    if not 300 <= reply.status < 400 or not location:
        raise CallError(call, Reason.REFUSED, status=reply.status, message="no redirect where one was expected")
    return location

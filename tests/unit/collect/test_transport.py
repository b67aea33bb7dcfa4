from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.collect.virtual_clock import VirtualClock

from tenantlint.collect.budgets import Allowance, Budgets
from tenantlint.collect.calls import Call, CallError, Rate, Reason, Reply, Service
from tenantlint.collect.hosts import Hosts
from tenantlint.collect.pacing import Pacing
from tenantlint.collect.progress import Silent
from tenantlint.collect.retries import RetryRules
from tenantlint.collect.transport import Transport

GOOD = {"value": [{"id": "1", "null": None}]}
Answer = Reply | Reason | float  # a reply, a fault of the wire, or a reply that takes so long


def reply(status: int = 200, body: object = GOOD, **headers: str) -> Reply:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Reply(status, {name.replace("_", "-"): value for name, value in headers.items()}, content)


def call(url: str = "/v1.0/users", rate: Rate = Rate.GRAPH, area: str = "people", **more: Any) -> Call:
    return Call(Service.GRAPH, url, rate, area, "users", **more)


@dataclass
class Script:
    """A wire that answers as written, in order; the last answer goes on for ever."""

    clock: VirtualClock
    answers: list[Answer]
    times: list[float] = field(default_factory=list)
    timeouts: list[float] = field(default_factory=list)
    urls: list[str] = field(default_factory=list)

    async def exchange(self, call: Call, url: str, *, timeout: float) -> Reply:
        self.times.append(self.clock.monotonic())
        self.timeouts.append(timeout)
        self.urls.append(url)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, float):
            await self.clock.sleep(min(answer, timeout))
            if answer > timeout:
                raise CallError(call, Reason.TIMEOUT)
            return reply()
        await self.clock.sleep(0.01)
        if isinstance(answer, Reason):
            raise CallError(call, answer, message="as written")
        return answer


@dataclass
class Told(Silent):
    lines: list[tuple[int | None, int, float]] = field(default_factory=list)

    def request_done(
        self, call: Call, *, status: int | None, seconds: float, size: int, attempt: int, waiting: float
    ) -> None:
        self.lines.append((status, attempt, round(waiting, 2)))


class Stage:
    """A transport over a script, on virtual time, without jitter."""

    def __init__(self, *answers: Answer, allowance: Allowance | None = None, rules: RetryRules | None = None) -> None:
        self.clock = VirtualClock()
        self.wire = Script(self.clock, list(answers))
        self.told = Told()
        self.transport = Transport(
            self.wire,
            Hosts(),
            pacing=Pacing(self.clock, slack=0.0),
            clock=self.clock,
            observer=self.told,
            budgets=Budgets(self.clock, allowance or Allowance()),
            rules=rules,
            chance=lambda: 0.0,
        )

    def send(self, one: Call | None = None) -> Any:
        return self.clock.run(self.transport.send(one or call()))

    def fails(self, one: Call | None = None) -> CallError:
        with pytest.raises(CallError) as caught:
            self.send(one)
        return caught.value


def test_a_good_reply_comes_as_it_was_sent() -> None:
    stage = Stage(reply())
    assert stage.send() == GOOD
    assert stage.wire.urls == ["https://graph.microsoft.com/v1.0/users"]
    assert stage.told.lines == [(200, 1, 0.0)]
    assert stage.transport.traffic.requests == 1
    assert stage.transport.traffic.bytes == len(json.dumps(GOOD))


def test_an_array_at_the_top_becomes_a_value() -> None:
    assert Stage(reply(body=[{"Identity": "Global"}])).send() == {"value": [{"Identity": "Global"}]}


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_passing_failures_are_tried_again(status: int) -> None:
    stage = Stage(reply(status), reply(status), reply())
    assert stage.send() == GOOD
    assert stage.told.lines == [(status, 1, 1.0), (status, 2, 2.0), (200, 3, 0.0)]
    assert stage.transport.traffic.retries == 2
    assert stage.wire.times == pytest.approx([0.0, 1.01, 3.02])


@pytest.mark.parametrize("reason", [Reason.CONNECTION, Reason.TIMEOUT, Reason.UNREADABLE])
def test_faults_of_the_wire_are_tried_again(reason: Reason) -> None:
    stage = Stage(reason, reply())
    assert stage.send() == GOOD
    assert stage.told.lines == [(None, 1, 1.0), (200, 2, 0.0)]


@pytest.mark.parametrize("reason", [Reason.SIGN_IN, Reason.FOREIGN_LINK])
def test_other_faults_of_the_wire_are_final(reason: Reason) -> None:
    stage = Stage(reason)
    error = stage.fails()
    assert (error.reason, error.attempts, error.message) == (reason, 1, "as written")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"   ",
        b"\x00" * 500,
        b"<!DOCTYPE html><html>maintenance</html>",
        b'{"value": [{"id": "1"}',
        b'{"a": 1, "a": 2}',
        b'{"a": NaN}',
        b'{"a": 1} {"b": 2}',
        b'"text"',
        b"null",
        b"\xff\xfe\xfd",
    ],
)
def test_a_body_that_is_no_whole_object_is_never_taken(body: bytes) -> None:
    assert Stage(reply(body=body), reply()).send() == GOOD
    error = Stage(reply(body=body)).fails()
    assert (error.reason, error.status, error.attempts) == (Reason.UNREADABLE, 200, 6)
    assert error.message


@pytest.mark.parametrize("status", [400, 403, 404, 409, 410, 412])
def test_refusals_are_not_tried_again(status: int) -> None:
    error = Stage(reply(status, {"error": {"code": "Nope", "message": "Not\nyours."}})).fails()
    assert (error.reason, error.status, error.code, error.message, error.attempts) == (
        Reason.REFUSED,
        status,
        "Nope",
        "Not yours.",
        1,
    )


@pytest.mark.parametrize("body", [b"\x00" * 400, b"<html>403</html>", b""])
def test_a_403_without_json_stays_a_403_without_a_code(body: bytes) -> None:
    error = Stage(reply(403, body)).fails()
    assert (error.reason, error.status, error.code, error.attempts) == (Reason.REFUSED, 403, "", 1)


def test_an_unusual_5xx_is_final() -> None:
    error = Stage(reply(501)).fails()
    assert (error.reason, error.attempts) == (Reason.UNAVAILABLE, 1)


def test_a_401_is_tried_once_more() -> None:
    assert Stage(reply(401), reply()).send() == GOOD
    stage = Stage(reply(401, {"error": {"code": "InvalidAuthenticationToken", "message": "x"}}))
    error = stage.fails()
    assert (error.reason, error.status, error.code, error.attempts) == (
        Reason.REFUSED,
        401,
        "InvalidAuthenticationToken",
        2,
    )
    assert stage.clock.time < 1


@pytest.mark.parametrize("status", [301, 302, 307])
def test_redirects_are_not_followed(status: int) -> None:
    stage = Stage(reply(status, b"", location="https://graph.microsoft.com/elsewhere"))
    error = stage.fails()
    assert (error.reason, error.status, error.attempts) == (Reason.REFUSED, status, 1)
    assert len(stage.wire.urls) == 1


def test_who_asks_for_the_location_of_a_redirect_gets_it() -> None:
    stage = Stage(reply(503), reply(302, b"", location="https://eur01b.example/x"))
    assert stage.clock.run(stage.transport.location(call())) == "https://eur01b.example/x"
    for answer in (reply(), reply(302, b"")):
        with pytest.raises(CallError, match="refused"):
            other = Stage(answer)
            other.clock.run(other.transport.location(call()))


def test_a_foreign_link_is_refused_before_anything_is_sent() -> None:
    stage = Stage(reply())
    error = stage.fails(call("https://evil.example/v1.0/users"))
    assert error.reason is Reason.FOREIGN_LINK
    assert stage.wire.urls == []
    assert stage.transport.traffic.requests == 0


@pytest.mark.parametrize("header", ["20", "Mon, 23 Nov 2026 12:00:20 GMT"])
def test_retry_after_is_waited_for(header: str) -> None:
    stage = Stage(reply(429, retry_after=header), reply())
    assert stage.send() == GOOD
    assert stage.wire.times[1] == pytest.approx(20, abs=0.1)


def test_retry_after_of_zero_is_no_invitation_to_hammer() -> None:
    stage = Stage(reply(429, retry_after="0"), reply(429, retry_after="0"), reply())
    stage.send()
    assert stage.wire.times == pytest.approx([0, 1.01, 3.02])


def test_a_long_retry_after_fails_at_once_with_its_reason() -> None:
    stage = Stage(reply(429, {"error": {"code": "TooManyRequests", "message": "Slow."}}, retry_after="3600"))
    error = stage.fails()
    assert (error.reason, error.status, error.code, error.attempts) == (
        Reason.THROTTLED,
        429,
        "TooManyRequests",
        1,
    )
    assert "longer wait" in error.message
    assert stage.clock.time < 0.1


def test_a_retry_after_beyond_the_area_s_time_fails_at_once() -> None:
    stage = Stage(reply(429, retry_after="50"), allowance=Allowance(area=40))
    assert stage.fails().reason is Reason.THROTTLED
    assert stage.clock.time < 0.1


def test_throttling_without_end_fails_after_more_tries_than_other_failures() -> None:
    throttled, unavailable = Stage(reply(429)).fails(), Stage(reply(500)).fails()
    assert (throttled.reason, throttled.attempts) == (Reason.THROTTLED, 10)
    assert (unavailable.reason, unavailable.attempts) == (Reason.UNAVAILABLE, 6)


def test_conditional_access_is_never_retried_quicker_than_its_pace() -> None:
    stage = Stage(reply(500), reply(), rules=RetryRules(first_delay=0.1))
    stage.send(call(rate=Rate.CONDITIONAL_ACCESS))
    assert stage.wire.times[1] >= 1.0


def test_throttling_of_one_call_holds_up_its_group_only() -> None:
    stage = Stage(reply(429, retry_after="30"), reply())

    async def both() -> list[float]:
        first = asyncio.ensure_future(stage.transport.send(call(rate=Rate.DIRECTORY)))
        await stage.clock.sleep(1)
        await stage.transport.send(call(rate=Rate.GRAPH))
        other = stage.clock.monotonic()
        await stage.transport.send(call(rate=Rate.DIRECTORY))
        await first
        return [other, stage.clock.monotonic()]

    other, last = stage.clock.run(both())
    assert other < 2
    assert last >= 30


def test_a_queue_behind_a_throttled_call_does_not_slip_through() -> None:
    stage = Stage(reply(429), reply())

    async def both() -> None:
        await asyncio.gather(*(stage.transport.send(call(rate=Rate.TEAMS)) for _ in range(2)))

    stage.clock.run(both())
    assert stage.wire.times[1] >= 1.0


def test_no_sleep_passes_the_end_of_the_area_s_time() -> None:
    stage = Stage(reply(503), allowance=Allowance(area=5))
    error = stage.fails()
    assert (error.reason, error.status) == (Reason.BUDGET, 503)
    assert stage.clock.time < 5


def test_an_exchange_gets_no_more_time_than_is_left() -> None:
    stage = Stage(500.0, allowance=Allowance(area=30))
    assert stage.fails().reason is Reason.BUDGET
    assert stage.wire.timeouts == [30.0]
    assert stage.clock.time == pytest.approx(30)


def test_an_exchange_has_a_bound_of_its_own() -> None:
    stage = Stage(500.0, 3.0)
    stage.send()
    assert stage.wire.timeouts[0] == RetryRules().exchange


def test_each_area_has_its_own_time_and_all_share_the_total() -> None:
    stage = Stage(10.0, allowance=Allowance(area=15, total=28))

    async def areas() -> list[object]:
        found: list[object] = []
        for area in ("one", "one", "two", "two"):
            try:
                await stage.transport.send(call(area=area))
                found.append("ok")
            except CallError as error:
                found.append(error.reason)
        return found

    # "one" ends at 15, "two" starts there and the run ends at 28.
    assert stage.clock.run(areas()) == ["ok", Reason.BUDGET, "ok", Reason.BUDGET]
    assert stage.clock.time == pytest.approx(28)


def test_a_call_after_its_area_s_time_is_not_sent() -> None:
    stage = Stage(10.0, allowance=Allowance(area=10))

    async def two() -> CallError:
        await stage.transport.send(call())
        with pytest.raises(CallError) as caught:
            await stage.transport.send(call())
        return caught.value

    error = stage.clock.run(two())
    assert (error.reason, error.attempts) == (Reason.BUDGET, 0)
    assert len(stage.wire.urls) == 1


def test_the_directory_s_own_count_of_units_is_believed() -> None:
    stage = Stage(reply(x_ms_resource_unit="3500"), reply(x_ms_resource_unit="1"))
    assert stage.transport.pacing.limits[Rate.DIRECTORY].windows[0].units == 3500

    async def two() -> None:
        for _ in range(2):
            await stage.transport.send(call(rate=Rate.DIRECTORY))

    stage.clock.run(two())
    assert stage.wire.times[1] < 1, "3500 is more than any call costs, so that it is not believed"
    dear = Stage(reply(x_ms_resource_unit="1000"), reply(x_ms_resource_unit="1000"), reply(x_ms_resource_unit="1000"))

    async def five() -> None:
        for _ in range(5):
            await dear.transport.send(call(rate=Rate.DIRECTORY))

    dear.clock.run(five())
    assert dear.wire.times[3] < 1 <= dear.wire.times[4]


def test_a_cancelled_call_leaves_its_turn() -> None:
    stage = Stage(50.0, reply())

    async def work() -> float:
        first = asyncio.ensure_future(stage.transport.send(call(rate=Rate.TEAMS)))
        await stage.clock.sleep(1)
        first.cancel()
        await stage.transport.send(call(rate=Rate.TEAMS))
        return stage.clock.monotonic()

    assert stage.clock.run(work()) < 2


FAULTS: st.SearchStrategy[Answer] = st.one_of(
    st.builds(reply, st.sampled_from([401, 408, 429, 500, 502, 503, 504])),
    st.builds(lambda seconds: reply(429, retry_after=str(seconds)), st.integers(0, 400)),
    st.builds(
        lambda body: reply(body=body), st.sampled_from([b"", b"\x00\x00", b"<html>", b'{"value": [', b'{"a":1,"a":2}'])
    ),
    st.sampled_from([Reason.CONNECTION, Reason.TIMEOUT, Reason.UNREADABLE]),
    st.floats(0, 300),
)


@given(st.lists(FAULTS, min_size=1, max_size=20), st.floats(5, 400))
def test_under_any_faults_a_call_ends_in_time_with_the_reply_or_a_reason(faults: list[Answer], seconds: float) -> None:
    stage = Stage(*faults, allowance=Allowance(area=seconds))
    try:
        assert stage.send() == GOOD
    except CallError as error:
        assert error.attempts <= RetryRules().throttled_attempts
        assert error.attempts == len(stage.wire.times)
    assert stage.clock.time <= seconds + 0.02
    assert stage.transport.traffic.requests == len(stage.wire.times) == len(stage.told.lines)

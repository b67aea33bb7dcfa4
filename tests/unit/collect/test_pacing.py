from __future__ import annotations

import asyncio
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.collect.virtual_clock import VirtualClock

from tenantlint.collect.calls import Rate
from tenantlint.collect.pacing import (
    DOCUMENTED,
    Limit,
    OutOfTimeError,
    Pacing,
    Window,
    bound,
    directory_units,
)

FOREVER = float("inf")


@dataclass(frozen=True)
class Job:
    """A call: it comes so long after the one before, costs so much, and takes so long."""

    gap: int
    cost: int
    lasting: int


@dataclass(frozen=True)
class Run:
    start: float
    end: float
    cost: int


def run_all(limit: Limit, jobs: list[Job]) -> list[Run]:
    """When each call really began and ended, in the order of arrival."""
    clock = VirtualClock()
    pacing = Pacing(clock, {Rate.GRAPH: limit}, slack=0.0)
    runs: dict[int, Run] = {}

    async def one(index: int, job: Job) -> None:
        async with pacing.lease(Rate.GRAPH, job.cost, FOREVER) as lease:
            start = clock.monotonic()
            if job.lasting:
                await clock.sleep(job.lasting)
            lease.well = True
            runs[index] = Run(start, clock.monotonic(), job.cost)

    async def everything() -> None:
        tasks = []
        for index, job in enumerate(jobs):
            if job.gap:
                await clock.sleep(job.gap)
            tasks.append(asyncio.ensure_future(one(index, job)))
            await asyncio.sleep(0)
        await asyncio.gather(*tasks)

    clock.run(everything())
    return [runs[index] for index in range(len(jobs))]


def fits(limit: Limit, earlier: list[Run], start: float, cost: int) -> bool:
    """Naive: whether a call of this cost may begin now, given all that began before it."""
    if sum(run.end > start for run in earlier) >= limit.at_once:
        return False
    for window in limit.windows:
        spent = sum(run.cost for run in earlier if run.start > start - window.seconds)
        if spent and spent + cost > window.units:
            return False
    return True


def naive_starts(limit: Limit, jobs: list[Job]) -> list[float]:
    """First come, first served, each at the first moment that is free: tried at every moment when anything changes."""
    runs: list[Run] = []
    arrival = latest = 0.0
    for job in jobs:
        arrival += job.gap
        latest = max(latest, arrival)
        moments = {latest, *(run.end for run in runs)}
        moments |= {run.start + window.seconds for run in runs for window in limit.windows}
        latest = min(moment for moment in moments if moment >= latest and fits(limit, runs, moment, job.cost))
        runs.append(Run(latest, latest + job.lasting, job.cost))
    return [run.start for run in runs]


windows = st.builds(Window, st.integers(1, 12), st.sampled_from([1.0, 2.0, 5.0, 10.0]))
limits = st.builds(Limit, st.integers(1, 4), st.lists(windows, max_size=2).map(tuple))
jobs_of = st.lists(st.builds(Job, st.integers(0, 6), st.integers(1, 6), st.integers(0, 9)), min_size=1, max_size=25)


@given(limits, jobs_of)
def test_calls_start_at_the_first_moment_that_the_limits_allow(limit: Limit, jobs: list[Job]) -> None:
    starts = [run.start for run in run_all(limit, jobs)]
    assert starts == pytest.approx(naive_starts(limit, jobs), abs=0.002)


@given(limits, jobs_of)
def test_no_window_ever_holds_more_than_its_units(limit: Limit, jobs: list[Job]) -> None:
    runs = run_all(limit, jobs)
    for window in limit.windows:
        for first in runs:
            inside = [run.cost for run in runs if first.start <= run.start < first.start + window.seconds]
            assert sum(inside) <= window.units or len(inside) == 1
    for first in runs:
        assert sum(run.start <= first.start < run.end for run in runs) <= limit.at_once


@given(st.lists(st.integers(1, 6), min_size=1, max_size=40), st.lists(windows, min_size=1, max_size=2).map(tuple))
def test_no_pacer_is_quicker_than_the_bound(costs: list[int], some: tuple[Window, ...]) -> None:
    limit = Limit(at_once=3, windows=some)
    end = max(run.end for run in run_all(limit, [Job(0, cost, 1) for cost in costs]))
    if all(cost <= window.units for cost in costs for window in some):
        assert end >= bound({Rate.GRAPH: costs}, {Rate.GRAPH: limit}, latency=1.0) - 1e-9


@given(st.integers(1, 60), windows)
def test_the_bound_is_reached_by_calls_of_one_unit(count: int, window: Window) -> None:
    limit = Limit(at_once=100, windows=(window,))
    last = max(run.start for run in run_all(limit, [Job(0, 1, 0)] * count))
    assert last == pytest.approx(bound({Rate.GRAPH: [1] * count}, {Rate.GRAPH: limit}), abs=0.2)


def test_the_bound_of_documented_limits() -> None:
    assert bound({Rate.CONDITIONAL_ACCESS: [1] * 4}) == 3.0
    assert bound({Rate.REPORTS: [1] * 5}) == 0.0
    assert bound({Rate.REPORTS: [1] * 11}) == 20.0
    assert bound({Rate.DIRECTORY: [4] * 1750}) == 10.0
    assert bound({Rate.CONDITIONAL_ACCESS: [1] * 4, Rate.EXCHANGE: [1] * 40}, latency=0.5) == 10.0
    assert bound({}) == 0.0


def test_the_directory_allows_more_to_larger_tenants() -> None:
    assert [directory_units(users) for users in (0, 49, 50, 500, 501, 10**6)] == [3500, 3500, 5000, 5000, 8000, 8000]


def test_learning_of_many_users_lets_a_waiting_call_go() -> None:
    clock = VirtualClock()
    pacing = Pacing(clock, slack=0.0)

    async def spend(cost: int) -> float:
        async with pacing.lease(Rate.DIRECTORY, cost, FOREVER):
            return clock.monotonic()

    async def everything() -> list[float]:
        started = [await spend(3500)]
        waiting = asyncio.ensure_future(spend(4000))
        await clock.sleep(1)
        pacing.learn_users(501)
        started.append(await waiting)
        pacing.learn_users(3)  # never lowers
        started.append(await spend(500))
        return started

    assert clock.run(everything()) == [0.0, 1.0, 1.0]


def test_a_throttled_group_waits_together_and_other_groups_do_not() -> None:
    clock = VirtualClock()
    pacing = Pacing(clock, DOCUMENTED, slack=0.0)

    async def start(rate: Rate) -> float:
        async with pacing.lease(rate, 1, FOREVER):
            return clock.monotonic()

    async def everything() -> list[float]:
        pacing.throttled(Rate.DIRECTORY, 30)
        pacing.throttled(Rate.DIRECTORY, 5)  # a shorter wait does not cut the longer one
        return await asyncio.gather(*map(start, [Rate.DIRECTORY, Rate.DIRECTORY, Rate.REPORTS]))

    assert clock.run(everything()) == [30.0, 30.0, 0.0]


def test_after_throttling_fewer_run_at_once_until_replies_are_good_again() -> None:
    clock = VirtualClock()
    pacing = Pacing(clock, {Rate.EXCHANGE: Limit(at_once=8)})
    running = [0]
    most: list[int] = []

    async def one() -> None:
        async with pacing.lease(Rate.EXCHANGE, 1, FOREVER) as lease:
            running[0] += 1
            most.append(running[0])
            await clock.sleep(1)
            running[0] -= 1
            lease.well = True

    async def everything() -> tuple[int, int]:
        pacing.throttled(Rate.EXCHANGE, 1)
        await asyncio.gather(*(one() for _ in range(4)))
        after = max(most)
        await asyncio.gather(*(one() for _ in range(200)))
        return after, max(most)

    assert clock.run(everything()) == (4, 8)


def test_a_turn_that_cannot_come_in_time_is_refused_at_once() -> None:
    clock = VirtualClock()
    pacing = Pacing(clock, slack=0.0)

    async def everything() -> float:
        for _ in range(5):
            async with pacing.lease(Rate.REPORTS, 1, FOREVER):
                pass
        with pytest.raises(OutOfTimeError):
            async with pacing.lease(Rate.REPORTS, 1, 9.0):
                pass
        return clock.monotonic()

    assert clock.run(everything()) == 0.0


def test_whoever_waits_behind_a_long_call_is_refused_at_the_deadline() -> None:
    clock = VirtualClock()
    pacing = Pacing(clock)

    async def hold() -> None:
        async with pacing.lease(Rate.TEAMS, 1, FOREVER):
            await clock.sleep(100)

    async def wait() -> float:
        with pytest.raises(OutOfTimeError):
            async with pacing.lease(Rate.TEAMS, 1, 7.0):
                pass
        return clock.monotonic()

    async def everything() -> float:
        return (await asyncio.gather(hold(), wait()))[1]

    assert clock.run(everything()) == pytest.approx(7.0)


def test_a_cancelled_call_gives_its_turn_to_the_next() -> None:
    clock = VirtualClock()
    pacing = Pacing(clock)

    async def call(seconds: float) -> float:
        async with pacing.lease(Rate.TEAMS, 1, FOREVER):
            started = clock.monotonic()
            await clock.sleep(seconds)
            return started

    async def everything() -> float:
        running, waiting = asyncio.ensure_future(call(50)), asyncio.ensure_future(call(50))
        last = asyncio.ensure_future(call(1))
        await clock.sleep(1)
        waiting.cancel()
        running.cancel()
        return await last

    assert clock.run(everything()) == 1.0


def test_the_service_s_own_count_of_units_is_kept() -> None:
    clock = VirtualClock()
    pacing = Pacing(clock, {Rate.DIRECTORY: Limit(8, (Window(10, 10.0),))}, slack=0.0)

    async def call(real: int) -> float:
        async with pacing.lease(Rate.DIRECTORY, 1, FOREVER) as lease:
            lease.settle(real)
            return clock.monotonic()

    async def everything() -> list[float]:
        return [await call(9), await call(1), await call(1)]

    assert clock.run(everything()) == [0.0, 0.0, 10.0]

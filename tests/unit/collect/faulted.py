"""A whole collection while a share of all replies is spoilt, judged against the fault-free one."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tests.emulator import Emulator
from tests.emulator.clock import ClockOfTheDay
from tests.emulator.faults import FaultPlan
from tests.emulator.faults_replies import Looks
from tests.unit.collect.collecting import collect_from

from tenantlint.collect.catalog import SOURCES
from tenantlint.collect.fetching import NameServers
from tenantlint.collect.retries import RetryRules
from tenantlint.model import CollectionStatus
from tenantlint.snapshot import Snapshot
from tenantlint.snapshot.store import open_snapshot

# As stubborn as ever, but impatient: the emulator does not mind being asked again at once.
_RULES = RetryRules(first_delay=0.002, longest_delay=0.02, exchange=0.5, longest_wait=5)
_NAME_SERVERS = NameServers(timeout=0.1, pause=0.001)
_NOT_HAD = frozenset({CollectionStatus.FAILED, CollectionStatus.TRUNCATED, CollectionStatus.DENIED})
HANG = 120.0  # seconds


@dataclass(frozen=True, slots=True)
class FaultRun:
    """One run. `told`: collections that could not be had, with what the snapshot says of each; `wrong`: collections
    that differ from the fault-free ones and are `ok` all the same, or have no word of explanation.
    """

    seed: int
    requests: int
    faults: Mapping[str, int]
    told: Mapping[str, str]
    wrong: Mapping[str, str]
    seconds: float
    hung: bool = False


def fault_run(snapshot: Snapshot, expected: Snapshot, folder: Path, *, seed: int, now: datetime) -> FaultRun:
    """Collect with 20 % of all replies spoilt by every kind of fault. `expected`: what a run without faults gave."""
    plan = FaultPlan(0.2, seed=seed, looks=Looks(retry_after=0, slow_seconds=0.01))
    began = time.monotonic()
    out = folder / f"run-{seed}"
    told: dict[str, str] = {}
    wrong: dict[str, str] = {}
    hung = False
    try:
        asyncio.run(asyncio.wait_for(_collect(snapshot, plan, out, now), HANG))
    except TimeoutError:
        hung = True
    else:
        found = open_snapshot(out)
        for name in (source.collection for source in SOURCES):
            ours, theirs = found.collection(name), expected.collection(name)
            if ours.status in _NOT_HAD and ours.status is not theirs.status:
                (told if ours.detail else wrong)[name] = f"{ours.status.value}: {ours.detail}"
            elif ours.status is not theirs.status or list(ours.items) != list(theirs.items):
                wrong[name] = f"{ours.status.value}: differs, and nothing says so"
    return FaultRun(
        seed=seed,
        requests=plan.requests,
        faults=Counter(plan.counts()),
        told=told,
        wrong=wrong,
        seconds=time.monotonic() - began,
        hung=hung,
    )


def without_faults(snapshot: Snapshot, folder: Path, *, now: datetime) -> Snapshot:
    """What a run without faults gives."""
    asyncio.run(_collect(snapshot, None, folder / "expected", now))
    return open_snapshot(folder / "expected")


async def _collect(snapshot: Snapshot, plan: FaultPlan | None, out: Path, now: datetime) -> None:
    async with Emulator(snapshot, limits="none", faults=plan, clock=ClockOfTheDay(now)) as emulator:
        await collect_from(emulator, out, now=now, rules=_RULES, name_servers=_NAME_SERVERS)
    assert not emulator.violations

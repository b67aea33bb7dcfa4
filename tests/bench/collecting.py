"""What collecting costs: time beside the bound that the limits and the latency give, memory, and runs under faults."""

from __future__ import annotations

import asyncio
import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

from tests.bench.figures import REPOSITORY, Row
from tests.bench.process import measure, tenantlint
from tests.emulator import Emulator, running_emulator
from tests.emulator.world import Entry
from tests.tenants.big import big
from tests.unit.collect.collecting import collect_from
from tests.unit.collect.faulted import FaultRun, fault_run, without_faults

from tenantlint.collect.calls import Call, Rate
from tenantlint.collect.catalog import SOURCES, source_of
from tenantlint.collect.pacing import DOCUMENTED, bound, with_users
from tenantlint.collect.progress import Silent
from tenantlint.collect.source import Way
from tenantlint.errors import EXIT_INCOMPLETE
from tenantlint.snapshot.store import open_snapshot

_MB = 1_000_000
_LATENCY = 0.05
_NOW = datetime(2026, 11, 16, 3, 0, tzinfo=UTC)
_SEQUENTIAL = frozenset({Way.LIST, Way.OBJECT, Way.ROLE_POLICIES, Way.SECURE_SCORES, Way.SIGN_INS, Way.TEAMS})


@dataclass
class Calls(Silent):
    """Every call of a run."""

    made: list[Call] = field(default_factory=list)

    def request_done(self, call: Call, **_: object) -> None:
        """Keep it."""
        self.made.append(call)


@dataclass(frozen=True)
class Bound:
    """Seconds below which no collector can stay: by limits, and by calls that wait for one another."""

    limits: float
    chain: float

    @property
    def seconds(self) -> float:
        return max(self.limits, self.chain)


def contoso(runs: int, folder: Path) -> list[Row]:
    """The example tenant, 50 ms away, with the documented limits: the whole command."""
    return _timed("collect of contoso, 50 ms away", REPOSITORY / "snapshots" / "contoso", folder, runs=runs, factor=1.3)


def large(folder: Path) -> list[Row]:
    """100,000 users and a million memberships, every group of which a policy names."""
    big(folder / "tenant", every_group_named=True)
    what = "collect of 100,000 users, 1,000,000 memberships"
    return _timed(what, folder / "tenant", folder, runs=1, factor=1.5, memory=400)


def _timed(
    what: str, tenant: Path, folder: Path, *, runs: int, factor: float, memory: float | None = None
) -> list[Row]:
    snapshot = open_snapshot(tenant)
    users = len(snapshot.collection("users"))
    calls = asyncio.run(_calls(Emulator(snapshot, limits="none"), folder / "counted"))
    least = bound_of(calls, users)
    with running_emulator(snapshot, latency=_LATENCY) as emulator:
        os.environ["TENANTLINT_TOKEN"] = emulator.token
        asked = ["--quiet", "--sharepoint-admin", "--out", str(folder / "out")]
        command = tenantlint("collect", *asked, *emulator.options)
        found = measure(command, runs=runs, good=(0, EXIT_INCOMPLETE))  # the large tenant has no sign-in activity
        reading = median(_spans(emulator.log)[-runs:])
    note = (
        f"{reading / least.seconds:.2f} times the bound of {least.seconds:.2f} s "
        f"(limits {least.limits:.2f}, longest chain {least.chain:.2f}); {len(calls)} calls"
    )
    rows = [
        Row(f"{what}: first request to last reply", reading, factor * least.seconds, "s", note),
        Row(f"{what}: whole process", found.median, None, "s", found.spread),
    ]
    if memory is not None and found.peak:
        rows.append(Row(f"{what}: peak memory", found.peak / _MB, memory, "MB"))
    return rows


def _spans(log: Sequence[Entry]) -> list[float]:
    """Seconds from the first request of each run to its last reply; a run begins with the organization."""
    spans: list[tuple[float, float]] = []
    for entry in sorted(log, key=lambda entry: entry.started):
        if entry.route.endswith("/organization"):
            spans.append((entry.started, entry.started))
        spans[-1] = (spans[-1][0], max(spans[-1][1], entry.started + entry.seconds))
    return [end - start for start, end in spans]


async def _calls(emulator: Emulator, out: Path) -> list[Call]:
    told = Calls()
    async with emulator:
        await collect_from(emulator, out, now=_NOW, leave_out={"sign_ins", "directory_audits"}, observer=told)
    return told.made


def bound_of(calls: Sequence[Call], users: int) -> Bound:
    """The least time for these calls: each group of calls by its limits, and the longest chain of calls that need what
    the one before them gave, at the latency.
    """
    costs: dict[Rate, list[int]] = {}
    for call in calls:
        costs.setdefault(call.rate, []).append(call.cost)
    limits = bound(costs, with_users(DOCUMENTED, users), latency=_LATENCY)
    return Bound(limits, max(_chains(calls).values()) * _LATENCY)


def _chains(calls: Iterable[Call]) -> Mapping[str, int]:
    """By collection: how many calls, one after the other, it takes until it is whole."""
    urls: dict[str, Counter[str]] = {source.collection: Counter() for source in SOURCES}
    for call in calls:
        urls[call.collection][urlsplit(call.url).path] += 1
    chains: dict[str, int] = {}

    def of(collection: str) -> int:
        if collection not in chains:
            source, asked = source_of(collection), urls[collection]
            own = asked.total() if source.way in _SEQUENTIAL else max(asked.values(), default=0)
            before = max((of(parent) for parent in source.parents), default=0)
            chains[collection] = own + (before or 1)  # who the tenant is comes before everything
        return chains[collection]

    for source in SOURCES:
        of(source.collection)
    return chains


def fault_runs(seeds: int, folder: Path) -> list[Row]:
    """Runs over the example tenant with 20 % of all replies spoilt, one a seed; two at a time."""
    snapshot = open_snapshot(REPOSITORY / "snapshots" / "contoso")
    without_faults(snapshot, folder, now=_NOW)
    with ProcessPoolExecutor(2) as pool:
        runs = list(pool.map(_fault_run, [folder] * seeds, range(seeds)))
    faults: Counter[str] = Counter()
    for run in runs:
        faults.update(run.faults)
    requests = sum(run.requests for run in runs)
    what = f"{seeds} runs, 20 % of replies spoilt"
    told = Counter(said.partition(":")[0] for run in runs for said in run.told.values())
    statuses = ", ".join(f"{count:,} {status}" for status, count in sorted(told.items()))
    wrong = sum(1 for run in runs if run.wrong)
    return [
        Row(f"{what}: whole, as without faults", sum(not run.told and not run.wrong for run in runs), None, ""),
        Row(f"{what}: whole but for what they say", sum(bool(run.told) and not run.wrong for run in runs), None, ""),
        Row(f"{what}: data lost without a word", wrong, 1, "", _examples(runs)),
        Row(f"{what}: hung", sum(run.hung for run in runs), 1, ""),
        Row(f"{what}: collections of {seeds * len(SOURCES):,} not had", told.total(), None, "", statuses),
        Row(f"{what}: faults", faults.total(), None, "", f"of {requests:,} requests"),
        *(Row(f"... {name}", count, None, "") for name, count in sorted(faults.items())),
    ]


def _fault_run(folder: Path, seed: int) -> FaultRun:
    snapshot = open_snapshot(REPOSITORY / "snapshots" / "contoso")
    return fault_run(snapshot, open_snapshot(folder / "expected"), folder, seed=seed, now=_NOW)


def _examples(runs: Sequence[FaultRun]) -> str:
    found = [f"seed {run.seed}: {name}" for run in runs for name in run.wrong]
    return ", ".join(found[:5])

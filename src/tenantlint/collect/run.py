"""One run: every source is read at once, as far as limits and parents let it, into the spool.

One failing collection stops no other. A fetcher that fails in a way nobody foresaw fails its own collection, and the
report holds the exception, so that a bug is neither silent nor fatal.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Callable, Collection, Coroutine, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from tenantlint.collect.calls import CallError, Sender, Service
from tenantlint.collect.clock import Clock
from tenantlint.collect.fetchers import fetcher_of
from tenantlint.collect.fetching import Context, Fetcher, IncompleteError, RestartNeededError, Scope
from tenantlint.collect.learned import licences_from, tenant_of
from tenantlint.collect.outcome import CollectReport, Ended, Fault
from tenantlint.collect.progress import Observer
from tenantlint.collect.resuming import taken_over
from tenantlint.collect.source import Source
from tenantlint.collect.spool import Added, Finished, Spool
from tenantlint.collect.spool_base import SpoolError
from tenantlint.collect.statuses import Verdict, foresee, judge
from tenantlint.errors import UsageError
from tenantlint.model import CollectionStatus, JsonObject, Tenant
from tenantlint.snapshot.catalog import spec_of

__all__ = ["ORGANIZATION", "CollectReport", "Ended", "Fault", "collect"]
_T = TypeVar("_T")
_RESTARTS = 2  # of one collection
ORGANIZATION, LICENCES = "organization", "subscribed_skus"
_USERS = "users"
_FIRST = (ORGANIZATION, LICENCES)

Granted = Mapping[Service, frozenset[str] | None]


async def collect(
    sources: Sequence[Source],
    *,
    included: Collection[str],
    tenant: Tenant,
    granted: Granted,
    scope: Scope,
    sender: Sender,
    spool: Spool,
    observer: Observer,
    clock: Clock,
    on_tenant: Callable[[Tenant], None] | None = None,
    on_users: Callable[[int], None] | None = None,
    fetchers: Callable[[Source], Fetcher] = fetcher_of,
) -> CollectReport:
    """Read the sources. `included`: names of the collections asked for; the others are `not_collected`.

    `tenant`: what is known before: the id from the token and the cloud. `granted`: permissions by service, None where
    they are not known. `on_tenant` is told who the tenant is before all but the first calls are made, `on_users` how
    many users there are at least. When cancelled, what has been read stays in the spool.

    Raises UsageError when the spool that is continued belongs to another tenant, SpoolError when the disk is full.
    """
    began = clock.monotonic()
    run = _Run(
        sources,
        included,
        tenant,
        granted,
        scope,
        sender,
        spool,
        observer,
        fetchers,
        on_tenant or _ignored,
        on_users or _ignored,
    )
    try:
        await run.read()
    finally:
        await run.stop()
    return CollectReport(
        tenant=run.tenant,
        licences=run.licences,
        started=spool.started,
        seconds=clock.monotonic() - began,
        collections={name: run.ended[name] for name in sorted(run.ended)},
        faults=tuple(sorted(run.faults, key=lambda fault: fault.collection)),
    )


@dataclass
class _Run:
    """Implements `fetching.Context`."""

    sources: Sequence[Source]
    included: Collection[str]
    tenant: Tenant
    granted: Granted
    scope: Scope
    sender: Sender
    spool: Spool
    observer: Observer
    fetchers: Callable[[Source], Fetcher]
    on_tenant: Callable[[Tenant], None]
    on_users: Callable[[int], None]
    licences: frozenset[str] | None = None
    ended: dict[str, Ended] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    selected: Mapping[str, Source] = field(default_factory=dict)
    _events: dict[str, asyncio.Event] = field(default_factory=dict)
    _totals: dict[str, int] = field(default_factory=dict)
    _done: Counter[str] = field(default_factory=Counter)
    _open: Counter[str] = field(default_factory=Counter)
    _shared: dict[Callable[..., Any], Any] = field(default_factory=dict)
    _beside: set[asyncio.Task[Any]] = field(default_factory=set)

    async def read(self) -> None:
        self._events = {source.collection: asyncio.Event() for source in self.sources}
        self._open = Counter(source.area for source in self.sources)
        for area, count in self._open.items():
            self.observer.area_started(area, count)
        first = [source for source in self.sources if source.collection in _FIRST]
        self.selected = {source.collection: source for source in first}
        # Whose the tenant is and what it is licensed for decides about all others, so these are never taken over.
        await self._read_all(source for source in first if self._foreseen(source) is None)
        self._learn_tenant()
        self._learn_licences()
        verdicts = {source.collection: self._foreseen(source) for source in self.sources}
        kept = taken_over(self.sources, self.spool, verdicts, _FIRST) if self.spool.resumed else {}
        waiting = [source for source in self.sources if not self._events[source.collection].is_set()]
        self.selected = {
            source.collection: source
            for source in self.sources
            if verdicts[source.collection] is None and source.collection not in kept
        }
        for source in waiting:
            verdict = verdicts[source.collection]
            if source.collection in kept:
                self._end(source, kept[source.collection], resumed=True)
            elif verdict is not None:
                self.spool.begin(source.collection)
                self._end(source, Finished(*verdict))
        await self._read_all(source for source in waiting if not self._events[source.collection].is_set())

    async def stop(self) -> None:
        for task in self._beside:
            task.cancel()
        await asyncio.gather(*self._beside, return_exceptions=True)

    async def finished(self, collection: str) -> CollectionStatus:
        event = self._events.get(collection)
        if event is None:
            return CollectionStatus.NOT_COLLECTED
        await event.wait()
        return self.ended[collection].status

    def items(self, collection: str) -> Iterable[JsonObject]:
        return self.spool.objects(collection)

    def total(self, source: Source, count: int) -> None:
        self._totals[source.collection] = count
        self._advance(source)

    def shared(self, make: Callable[[Context], _T]) -> _T:
        if make not in self._shared:
            self._shared[make] = make(self)
        found: _T = self._shared[make]
        return found

    def spawn(self, work: Coroutine[Any, Any, _T]) -> asyncio.Task[_T]:
        task = asyncio.create_task(work)
        self._beside.add(task)
        return task

    async def _read_all(self, sources: Iterable[Source]) -> None:
        try:
            async with asyncio.TaskGroup() as tasks:
                for source in sources:
                    tasks.create_task(self._read(source))
        except BaseExceptionGroup as group:
            full = group.subgroup(SpoolError)
            raise (full.exceptions[0] if full is not None else group) from None

    async def _read(self, source: Source) -> None:
        try:
            finished = await self._readings(source)
        except SpoolError:
            raise
        except Exception as error:  # whatever a fetcher did, the others go on, and the report tells
            self.faults.append(Fault(source.collection, error))
            finished = Finished(CollectionStatus.FAILED, f"A fault in tenantlint: {type(error).__name__}")
        self.spool.finish(source.collection, finished)
        self._end(source, finished)

    async def _readings(self, source: Source) -> Finished:
        """Read a collection, again where it has to be: its links expired, or objects moved between its pages."""
        digest = ""
        for reading in range(_RESTARTS + 1):
            last = reading == _RESTARTS
            batches = _Batches()
            outcome: CallError | IncompleteError | None = None
            try:
                await self._once(source, batches)
            except RestartNeededError as error:
                if not last:
                    continue
                outcome = IncompleteError(f"Read {_RESTARTS + 1} times, and each time {error}")
            except (CallError, IncompleteError) as error:
                outcome = error
            if outcome is None and batches.repeated:
                before, digest = digest, self.spool.digest(source.collection)
                # The same objects with the same repetition again: the list is so, and nothing moves.
                if batches.changed or digest != before:
                    if not last:
                        continue
                    shown = batches.repeated[:100]
                    outcome = IncompleteError(
                        f"Objects moved on each of {_RESTARTS + 1} readings: `{shown}` came twice"
                    )
            return self._finished(source, outcome, batches)
        raise AssertionError  # the last reading returns

    async def _once(self, source: Source, batches: _Batches) -> None:
        collection = source.collection
        self.spool.begin(collection)
        self._done[collection] = 0
        found = self.fetchers(source)(self, source)
        try:
            async for batch in found:
                batches.note(self.spool.add(collection, batch))
                self._done[collection] += len(batch)
                self._advance(source)
        finally:
            if isinstance(found, AsyncGenerator):
                await found.aclose()

    def _finished(self, source: Source, outcome: CallError | IncompleteError | None, batches: _Batches) -> Finished:
        if outcome is None and batches.nameless:
            spec = spec_of(source.collection)
            wanted = " or ".join(dict.fromkeys((*spec.identity, spec.name_property)))
            outcome = IncompleteError(f"{batches.nameless:,} objects came without {wanted} and were left out")
        kept = self.spool.count(source.collection)
        status, detail = judge(source, outcome, self.licences, self.granted.get(source.service), kept)
        return Finished(status, detail)

    def _foreseen(self, source: Source) -> Verdict | None:
        return foresee(source, self.licences, self.granted.get(source.service), source.collection in self.included)

    def _learn_tenant(self) -> None:
        found = next(iter(self.items(ORGANIZATION)), None)
        if found is not None:
            self.tenant = tenant_of(found, self.tenant)
        before = self.spool.said("tenant")
        if before is not None and before != self.tenant.id:
            raise UsageError("The interrupted run read another tenant; run without --resume to start anew.")
        self.spool.say("tenant", self.tenant.id)
        self.on_tenant(self.tenant)

    def _learn_licences(self) -> None:
        ended = self.ended.get(LICENCES)
        if ended is not None and ended.status is CollectionStatus.OK:
            self.licences = licences_from(self.items(LICENCES))

    def _end(self, source: Source, finished: Finished, *, resumed: bool = False) -> None:
        collection = source.collection
        count = self.spool.count(collection)
        self.ended[collection] = Ended(
            source, finished.status, finished.detail, count, finished.left_out, resumed=resumed
        )
        self._events[collection].set()
        self.observer.collection_finished(source.area, collection, finished.status, count, finished.detail)
        self._open[source.area] -= 1
        if not self._open[source.area]:
            self.observer.area_finished(source.area)

    def _advance(self, source: Source) -> None:
        collection = source.collection
        done, total = self._done[collection], self._totals.get(collection)
        if collection == _USERS:
            self.on_users(max(done, total or 0))
        self.observer.advanced(source.area, collection, done, total)


@dataclass(slots=True)
class _Batches:
    """What is notable about the batches of one reading."""

    repeated: str = ""
    changed: bool = False
    nameless: int = 0

    def note(self, added: Added) -> None:
        self.repeated = self.repeated or added.repeated
        self.changed = self.changed or added.changed
        self.nameless += added.nameless


def _ignored(_told: object) -> None:
    """Nobody listens."""

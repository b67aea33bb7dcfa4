"""A sender that answers from a script, and a run around it: what fetchers see, without any network."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote

from tenantlint.collect.calls import Call, CallError, Rate, Reason, Service
from tenantlint.collect.fetching import Context, Fetcher, Scope
from tenantlint.collect.source import Source, Way
from tenantlint.collect.spool import Encoded, Spool
from tenantlint.model import CollectionStatus, JsonObject, Tenant

_T = TypeVar("_T")
NOW = datetime(2026, 11, 16, 3, 0, tzinfo=UTC)
Answer = JsonObject | Reason | tuple[int, str] | tuple[int, str, str]


class Scripted:
    """Answers by path and query, as a person would write them. A list of answers is given one after the other.

    `(404, "Request_ResourceNotFound")` is a refusal, a `Reason` a failure to the end; what the script does not know
    is a 404 too. `calls`: what was asked, in order.
    """

    def __init__(self, answers: Mapping[str, Answer | list[Answer]]) -> None:
        self.answers = dict(answers)
        self.calls: list[Call] = []
        self.asked: list[str] = []
        self.at_once = 0
        self.most_at_once = 0
        self._given: defaultdict[str, int] = defaultdict(int)

    async def send(self, call: Call) -> JsonObject:
        url = unquote(call.url)
        self.calls.append(call)
        self.asked.append(url)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            await asyncio.sleep(0)
        finally:
            self.at_once -= 1
        found = self.answers.get(url, (404, "Request_ResourceNotFound"))
        if isinstance(found, list):
            number = self._given[url]
            self._given[url] += 1
            found = found[min(number, len(found) - 1)]
        if isinstance(found, Reason):
            status = {Reason.UNAVAILABLE: 503, Reason.THROTTLED: 429}.get(found)
            raise CallError(call, found, status=status, attempts=6)
        if isinstance(found, tuple):
            raise CallError(
                call, Reason.REFUSED, status=found[0], code=found[1], message=found[2] if len(found) > 2 else ""
            )
        return found

    async def location(self, call: Call) -> str:
        raise CallError(call, Reason.REFUSED, status=404)


class Alone:
    """A `fetching.Context` for one fetcher, with what it needs of others given."""

    def __init__(
        self,
        sender: Scripted,
        folder: Path,
        *,
        given: Mapping[str, Sequence[JsonObject]] | None = None,
        statuses: Mapping[str, CollectionStatus] | None = None,
        selected: Iterable[Source] = (),
        sign_in_days: int = 0,
    ) -> None:
        self.tenant = Tenant(id="11111111-1111-4111-8111-111111111111", initial_domain="contoso.onmicrosoft.example")
        self.licences: frozenset[str] | None = None
        self.scope = Scope(now=NOW, sign_in_days=sign_in_days)
        self.sender: Any = sender
        self.spool = Spool(folder / "out", {}, now=NOW)
        self.selected: Mapping[str, Source] = {source.collection: source for source in selected}
        self.totals: dict[str, int] = {}
        self._given = given or {}
        self._statuses = statuses or {}
        self._shared: dict[Callable[..., Any], Any] = {}
        self._beside: list[asyncio.Task[Any]] = []

    async def finished(self, collection: str) -> CollectionStatus:
        await asyncio.sleep(0)
        if collection in self._statuses:
            return self._statuses[collection]
        return CollectionStatus.OK if collection in self._given else CollectionStatus.NOT_COLLECTED

    def items(self, collection: str) -> Iterable[JsonObject]:
        return self._given.get(collection, ())

    def total(self, source: Source, count: int) -> None:
        self.totals[source.collection] = count

    def shared(self, make: Callable[[Context], _T]) -> _T:
        if make not in self._shared:
            self._shared[make] = make(self)
        found: _T = self._shared[make]
        return found

    def spawn(self, work: Coroutine[Any, Any, _T]) -> asyncio.Task[_T]:
        task = asyncio.create_task(work)
        self._beside.append(task)
        return task

    async def close(self) -> None:
        for task in self._beside:
            task.cancel()
        await asyncio.gather(*self._beside, return_exceptions=True)
        self.spool.close()


def graph_source(collection: str, request: str, way: Way = Way.LIST, **more: Any) -> Source:
    """A source in Graph's v1.0."""
    return Source(
        collection=collection,
        area="people",
        service=Service.GRAPH,
        way=way,
        request=request,
        shown=f"GET {request}",
        rate=Rate.DIRECTORY,
        api_version="v1.0",
        **more,
    )


async def everything(found: AsyncIterator[Sequence[JsonObject | Encoded]]) -> list[Any]:
    """All objects of all batches."""
    return [item async for batch in found for item in batch]


def read(context: Alone, fetch: Fetcher, source: Source) -> tuple[list[Any], Exception | None]:
    """What a fetcher gives, and the error that it ends with."""

    async def work() -> tuple[list[Any], Exception | None]:
        found: list[Any] = []
        try:
            async for batch in fetch(context, source):
                found += batch
        except Exception as error:
            return found, error
        finally:
            await context.close()
        return found, None

    return asyncio.run(work())

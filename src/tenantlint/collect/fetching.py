"""What a fetcher gets, and what it gives."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol, TypeVar

from tenantlint.collect.calls import Sender
from tenantlint.collect.source import Source
from tenantlint.collect.spool import Encoded, Spool
from tenantlint.model import CollectionStatus, JsonObject, Tenant

_T = TypeVar("_T")
_MOMENT = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True, slots=True)
class NameServers:
    """Who is asked for DNS records, and how patiently. Times in seconds.

    `addresses`: `IP` or `IP:PORT`; none: the name servers of this machine. `timeout`: of one question to one server.
    `rounds`: how often all servers are asked before a lookup has failed; `pause`: before the second round, doubled
    for each later one. `total`: for all lookups together. `at_once`: questions under way.
    """

    addresses: tuple[str, ...] = ()
    timeout: float = 4.0
    rounds: int = 4
    pause: float = 0.5
    total: float = 600.0
    at_once: int = 16


@dataclass(frozen=True, slots=True)
class Scope:
    """What the run was asked for, as far as fetchers need it.

    `sign_in_days`, `change_days`: how far back; 0 when sign-ins, or changes, were not asked for.
    """

    now: datetime
    sign_in_days: int = 0
    change_days: int = 0
    name_servers: NameServers = NameServers()

    def bounded(self, request: str, days: int) -> str:
        """A log's request for so many days, with `{since}` and `{until}` in it.

        It has an end, so that records that come in meanwhile push no others onto the next page.
        """
        since = self.now - timedelta(days=days)
        return request.replace("{since}", since.strftime(_MOMENT)).replace("{until}", self.now.strftime(_MOMENT))


class IncompleteError(Exception):
    """Raised by a fetcher after its last batch: what it gave is good, and not everything there is.

    The collection becomes `truncated` with this sentence as its detail.
    """


class RestartNeededError(Exception):
    """Raised by a fetcher: what it gave so far is void, the collection is to be read again from its start.

    (A skip token expired, or objects moved between pages.) `run` allows it a bounded number of times.
    """


class Context(Protocol):
    """The run, as a fetcher sees it. `selected`: the sources of this run by collection."""

    tenant: Tenant
    licences: frozenset[str] | None
    scope: Scope
    sender: Sender
    spool: Spool
    selected: Mapping[str, Source]

    async def finished(self, collection: str) -> CollectionStatus:
        """Waits until that collection has its status (`not_collected` when it is not part of the run)."""

    def items(self, collection: str) -> Iterable[JsonObject]:
        """Objects of a finished collection, streamed from the spool in the order of their identity."""

    def total(self, source: Source, count: int) -> None:
        """The service told how many objects there are."""

    def shared(self, make: Callable[[Context], _T]) -> _T:
        """What several fetchers work on together: made for the first that asks, the same for all."""

    def spawn(self, work: Coroutine[Any, Any, _T]) -> asyncio.Task[_T]:
        """Work beside the fetcher; what still runs when the run ends is cancelled."""


Fetcher = Callable[[Context, Source], AsyncIterator[Sequence[JsonObject | Encoded]]]

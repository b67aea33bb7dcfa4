"""`collect --check-permissions`: whether each permission that a run needs is there, by the token and by one call."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, TypeVar

from tenantlint.collect.calls import CallError, Sender, Service
from tenantlint.collect.catalog import source_of
from tenantlint.collect.fetchers import fetcher_of
from tenantlint.collect.fetching import Context, Fetcher, IncompleteError, RestartNeededError, Scope
from tenantlint.collect.grants import implied
from tenantlint.collect.learned import licences_from, tenant_of
from tenantlint.collect.plan import smallest_permissions, smallest_role
from tenantlint.collect.source import Source, Way
from tenantlint.collect.statuses import foresee, judge
from tenantlint.model import CollectionStatus, JsonObject, Tenant

_T = TypeVar("_T")
_ORGANIZATION = "organization"
_LICENCES = "subscribed_skus"
# What tries a permission whose sources need objects that are read before.
_BY_ITSELF = {"groups": "/groups?$select=id&$top=1"}
_TOP = re.compile(r"\$top=\d+")
_HEAVY = re.compile(r"&?\$expand=[^&]*")
_SINCE = re.compile(r"\$filter=[^&]*\{since\}[^&]*&?")


class Verdict(StrEnum):
    """What became of one probe. `unknown`: neither the token nor a call could tell."""

    OK = "ok"
    MISSING = "missing"
    UNLICENSED = "unlicensed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Probe:
    """One thing that is needed. `permission`: "" where an Entra role alone is needed; `role`: "" where none is.

    `in_token`: None where the token does not tell. `tried`: the call that was made, "" when there was none.
    """

    service: str
    permission: str
    role: str
    serves: tuple[str, ...]
    in_token: bool | None
    tried: str
    verdict: Verdict
    reason: str

    def as_json(self) -> JsonObject:
        """For output as data."""
        return {
            "service": self.service,
            "permission": self.permission or None,
            "role": self.role or None,
            "serves": list(self.serves),
            "in_token": self.in_token,
            "tried": self.tried or None,
            "verdict": self.verdict.value,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class _Need:
    service: Service
    permission: str
    role: str
    sources: tuple[Source, ...]


async def probe(
    sources: Sequence[Source],
    *,
    tenant: Tenant,
    granted: Mapping[Service, frozenset[str] | None],
    scope: Scope,
    sender: Sender,
    on_tenant: Callable[[Tenant], None] = lambda _: None,
    on_tried: Callable[[Probe], None] = lambda _: None,
) -> tuple[Probe, ...]:
    """Probe what the sources need, one call a permission and service, one after another.

    `granted`: permissions in the token of each service, None where they cannot be told. `on_tenant`: told whose tenant
    it is before any other service is called; `on_tried`: told of each result.
    """
    alone = _Alone(tenant, scope, sender)
    found = await _first_of(alone, _ORGANIZATION, granted)
    if found:
        alone.tenant = tenant_of(found[0], tenant)
        on_tenant(alone.tenant)
    skus = await _first_of(alone, _LICENCES, granted)
    licences = None if skus is None else licences_from(skus)
    results = []
    for need in _needs(sources):
        result = await _try(alone, need, licences, granted.get(need.service))
        results.append(result)
        on_tried(result)
    return tuple(results)


def _needs(sources: Sequence[Source]) -> list[_Need]:
    graph = [source for source in sources if source.service is Service.GRAPH]
    held = smallest_permissions(graph)
    needs = [
        _Need(
            Service.GRAPH,
            name,
            "",
            tuple(source for source in graph if name in source.also or _serving(source, held) == name),
        )
        for name in held
    ]
    for service in Service:
        others = tuple(source for source in sources if source.service is service and service is not Service.GRAPH)
        if any(source.permissions or source.roles for source in others):
            permission = next((name for source in others for name in source.permissions), "")
            needs.append(_Need(service, permission, smallest_role(others), others))
    return needs


def _serving(source: Source, held: Iterable[str]) -> str:
    return next((name for name in source.permissions if name in held), "")


def _cheapest(need: _Need) -> Source | None:
    """A source that one small call reads: without parents, licensed to all where there is one."""
    able = [source for source in need.sources if not source.parents or source.collection in _BY_ITSELF]
    able = [source for source in able if need.permission not in source.also] or able
    able.sort(key=lambda source: (bool(source.licence), source.way is not Way.OBJECT))
    return able[0] if able else None


def cheap(source: Source) -> Source:
    """The source with a request for one object, or for as little as the service gives."""
    if source.service is not Service.GRAPH:
        return source
    if source.collection in _BY_ITSELF:
        return replace(source, request=_BY_ITSELF[source.collection], way=Way.LIST, parents=())
    request = _HEAVY.sub("", _SINCE.sub("", source.request)).replace("?&", "?").rstrip("?")
    way = source.way if source.way is Way.OBJECT else Way.LIST
    return replace(source, request=_TOP.sub("$top=1", request), way=way)


async def _try(alone: _Alone, need: _Need, licences: frozenset[str] | None, granted: frozenset[str] | None) -> Probe:
    source = _cheapest(need)
    in_token = _in_token(need, granted)
    tried = ""
    if in_token is False:
        verdict, reason = Verdict.MISSING, f"the token lacks {need.permission}"
    elif source is None:
        verdict = Verdict.OK if in_token else Verdict.UNKNOWN
        reason = "in the token; not tried, since a call needs objects that are read before"
        reason = reason if in_token else "the token does not tell, and a call needs objects that are read before"
    else:
        foreseen = foresee(source, licences, None, included=True)
        if foreseen is not None:
            status, reason = foreseen
        else:
            tried = f"{source.collection}: {source.shown}"
            status, reason = await _call(alone, source, licences, granted)
        verdict = _VERDICTS.get(status, Verdict.UNKNOWN)
    return Probe(
        service=need.service.value,
        permission=need.permission,
        role=need.role,
        serves=tuple(each.collection for each in need.sources),
        in_token=in_token,
        tried=tried,
        verdict=verdict,
        reason=reason,
    )


_VERDICTS = {
    CollectionStatus.OK: Verdict.OK,
    CollectionStatus.TRUNCATED: Verdict.OK,
    CollectionStatus.DENIED: Verdict.MISSING,
    CollectionStatus.UNLICENSED: Verdict.UNLICENSED,
}


def _in_token(need: _Need, granted: frozenset[str] | None) -> bool | None:
    if granted is None or not need.permission:
        return None
    held = implied(granted)
    return all(
        need.permission in held if need.permission in source.also else not held.isdisjoint(source.permissions)
        for source in need.sources
    )


async def _call(
    alone: _Alone, source: Source, licences: frozenset[str] | None, granted: frozenset[str] | None
) -> tuple[CollectionStatus, str]:
    small = cheap(source)
    try:
        await alone.first(fetcher_of(small), small)
    except (CallError, IncompleteError) as error:
        kept = 1 if isinstance(error, IncompleteError) else 0
        return judge(source, error, licences, granted, kept)
    except RestartNeededError:
        return CollectionStatus.OK, ""
    return CollectionStatus.OK, ""


async def _first_of(
    alone: _Alone, collection: str, granted: Mapping[Service, frozenset[str] | None]
) -> Sequence[JsonObject] | None:
    """The first objects of a collection that the probe itself needs; None where they cannot be had."""
    source = source_of(collection)
    if foresee(source, None, granted.get(source.service), included=True) is not None:
        return None
    try:
        return await alone.first(fetcher_of(source), source)
    except (CallError, IncompleteError, RestartNeededError):
        return None


@dataclass
class _Alone:
    """A `fetching.Context` for a source that is read by itself, and only its first objects."""

    tenant: Tenant
    scope: Scope
    sender: Sender
    licences: frozenset[str] | None = None
    spool: Any = None  # nothing is kept
    selected: Mapping[str, Source] = field(default_factory=dict)
    _shared: dict[Callable[..., Any], Any] = field(default_factory=dict)

    async def first(self, fetch: Fetcher, source: Source) -> Sequence[JsonObject]:
        """The first batch."""
        batches = fetch(self, source)
        try:
            async for batch in batches:
                return [item for item in batch if isinstance(item, Mapping)]
        finally:
            if isinstance(batches, AsyncGenerator):
                await batches.aclose()
        return []

    async def finished(self, collection: str) -> CollectionStatus:  # noqa: ARG002 - the protocol's
        return CollectionStatus.NOT_COLLECTED

    def items(self, collection: str) -> Iterable[JsonObject]:  # noqa: ARG002 - the protocol's
        return ()

    def total(self, source: Source, count: int) -> None: ...

    def shared(self, make: Callable[[Context], _T]) -> _T:
        if make not in self._shared:
            self._shared[make] = make(self)
        found: _T = self._shared[make]
        return found

    def spawn(self, work: Coroutine[Any, Any, _T]) -> asyncio.Task[_T]:
        return asyncio.create_task(work)

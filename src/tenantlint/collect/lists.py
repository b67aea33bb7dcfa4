"""The plain ways of Graph: a list, one object, a list for each object of another collection."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from urllib.parse import quote

from tenantlint.collect.calls import CallError, Reason
from tenantlint.collect.cleaning import clean, cut_short
from tenantlint.collect.fetching import Context, IncompleteError, RestartNeededError
from tenantlint.collect.paging import graph_call, in_short, pages
from tenantlint.collect.source import Source
from tenantlint.model import CollectionStatus, JsonObject
from tenantlint.snapshot.catalog import identity_of, spec_of

NOT_WHOLE = frozenset({CollectionStatus.FAILED, CollectionStatus.TRUNCATED})  # and another time may tell more
_AT_ONCE = 8  # parents read at the same time; the transport paces the calls

Change = Callable[[list[JsonObject], JsonObject], list[JsonObject]]
"""What becomes of the objects of one parent."""


async def fetch_list(context: Context, source: Source) -> AsyncIterator[list[JsonObject]]:
    """Every object of a list. Where the service counts them, none may be missing at the end."""
    counted: int | None = None
    given = 0
    keep = _KEPT.get(source.collection)
    request = context.scope.bounded(source.request, context.scope.change_days)
    async for page in pages(context, source, request):
        if page.total is not None and counted is None:
            counted = page.total
            context.total(source, counted)
        given += len(page.items)
        yield [item for item in page.items if keep(item)] if keep else page.items
    if counted is not None and given < counted:
        await _explain_loss(context, source, given, counted)


async def fetch_object(context: Context, source: Source) -> AsyncIterator[list[JsonObject]]:
    """One object."""
    reply = await context.sender.send(graph_call(source, source.request))
    yield [clean(reply)]
    cut = cut_short(reply)
    if cut is not None:
        raise IncompleteError(f"The service gave only the first part of `{cut}`")


async def fetch_per_parent(context: Context, source: Source) -> AsyncIterator[list[JsonObject]]:
    """A list for each object of the first of the source's parents, in the order of these."""
    parent = source.parents[0]
    status = await context.finished(parent)
    if status not in {CollectionStatus.OK, CollectionStatus.TRUNCATED}:
        raise IncompleteError(f"{parent} could not be read, and its objects are needed first")
    change = _CHANGES.get(source.collection)
    async for batch in for_each(context, source, context.items(parent), change):
        yield batch
    if status is CollectionStatus.TRUNCATED:
        raise IncompleteError(f"{parent} is not whole, so this is not either")


async def for_each(
    context: Context,
    source: Source,
    parents: Iterable[JsonObject],
    change: Change | None = None,
    *,
    collection: str = "",
) -> AsyncIterator[list[JsonObject]]:
    """A list for each parent; `{id}` in the request stands for its identity. A parent that is gone has none.

    Raises CallError when the first fails, IncompleteError when a later one does: the rest is then not asked for.
    """
    spec = spec_of(collection or source.parents[0])
    running: deque[tuple[JsonObject, asyncio.Task[list[JsonObject]]]] = deque()
    waiting = iter(parents)
    done = 0
    try:
        while True:
            while len(running) < _AT_ONCE and (parent := next(waiting, None)) is not None:
                running.append((parent, asyncio.create_task(_of_parent(context, source, identity_of(spec, parent)))))
            if not running:
                return
            parent, task = running.popleft()
            try:
                found = await task
            except (CallError, IncompleteError) as error:
                if done == 0 and isinstance(error, CallError):
                    raise
                why = in_short(error) if isinstance(error, CallError) else str(error)
                noun = spec.name.replace("_", " ")
                raise IncompleteError(f"{why}; only those of {done:,} {noun} were read") from error
            done += 1
            if found:
                yield change(found, parent) if change else found
    finally:
        for _, task in running:
            task.cancel()
        await asyncio.gather(*(task for _, task in running), return_exceptions=True)


async def _of_parent(context: Context, source: Source, identity: str) -> list[JsonObject]:
    found: list[JsonObject] = []
    try:
        async for page in pages(context, source, source.request.replace("{id}", quote(identity, safe=""))):
            found += page.items
    except CallError as error:
        if error.reason is Reason.REFUSED and error.status == 404:
            return []
        raise
    return found


async def _explain_loss(context: Context, source: Source, given: int, counted: int) -> None:
    """Whether fewer objects than were counted at first are a loss, or were deleted while the pages were read."""
    call = graph_call(source, source.request)
    reply = await context.sender.send(call)
    now = reply.get("@odata.count")
    if isinstance(now, int) and given >= now:
        return
    raise RestartNeededError(f"the service counts {counted:,} and gave {given:,}")


def _with_service_principal(found: list[JsonObject], parent: JsonObject) -> list[JsonObject]:
    """A classification says nothing of the application that offers the permission."""
    application = {
        "servicePrincipalId": parent.get("id"),
        "appId": parent.get("appId"),
        "displayName": parent.get("displayName"),
    }
    return [{**item, **application} for item in found]


def _owners(found: list[JsonObject], parent: JsonObject) -> list[JsonObject]:
    """One line for a parent, with the ids of its owners."""
    return [{"id": parent.get("id"), "owners": sorted({str(item["id"]) for item in found if item.get("id")})}]


def _not_private(group: JsonObject) -> bool:
    """Whether everybody may read the group, or the service does not say."""
    return str(group.get("visibility")).lower() not in {"private", "hiddenmembership"}


_CHANGES: Mapping[str, Change] = {
    "application_owners": _owners,
    "delegated_permission_classifications": _with_service_principal,
    "service_principal_owners": _owners,
}
# What of a list is kept, where the service cannot be asked for it.
_KEPT: Mapping[str, Callable[[JsonObject], bool]] = {"public_groups": _not_private}

"""SharePoint's admin REST service: the tenant's settings that Graph does not show.

Reading them takes a grant of full control, so this is collected only when asked for (`--sharepoint-admin`).
"""

from __future__ import annotations

from collections.abc import AsyncIterator

from tenantlint.collect.calls import Call, CallError, Reason
from tenantlint.collect.fetching import Context, IncompleteError
from tenantlint.collect.source import Source
from tenantlint.model import Json, JsonObject

_WRAPPER = frozenset({"__metadata", "results", "__next", "__count"})


async def fetch(context: Context, source: Source) -> AsyncIterator[list[JsonObject]]:
    """The one settings object, out of its verbose OData: lists unwrapped, metadata and links dropped.

    Numbers of 64 bits stay the texts that the service sends. Raises CallError, also for a reply that holds no such
    object, and IncompleteError when a list inside it goes on elsewhere.
    """
    call = Call(
        service=source.service,
        url=source.request,
        rate=source.rate,
        area=source.area,
        collection=source.collection,
        cost=source.cost,
        headers={"Accept": "application/json;odata=verbose"},
    )
    reply = await context.sender.send(call)
    found: Json = reply.get("d")
    if not isinstance(found, dict) or not (settings := _plain(found)):
        raise CallError(call, Reason.UNREADABLE, message="the reply holds no settings")
    yield [settings]
    cut = _cut_short(found)
    if cut is not None:
        raise IncompleteError(f"The service gave only the first part of `{cut}`")


def _plain(found: JsonObject) -> JsonObject:
    return {name: _value(child) for name, child in found.items() if name != "__metadata" and not _is_link(child)}


def _value(value: Json) -> Json:
    if isinstance(value, dict):
        return [_value(child) for child in value["results"]] if _is_list(value) else _plain(value)
    if isinstance(value, list):
        return [_value(child) for child in value]
    return value


def _is_list(value: JsonObject) -> bool:
    return isinstance(value.get("results"), list) and value.keys() <= _WRAPPER


def _is_link(value: Json) -> bool:
    """A member that is somewhere else, and no value."""
    return isinstance(value, dict) and "__deferred" in value


def _cut_short(value: Json, name: str = "") -> str | None:
    """The name of a list of which there is more; None when everything is here."""
    if isinstance(value, list):
        children = [(name, child) for child in value]
    elif isinstance(value, dict):
        if value.get("__next"):
            return name
        children = [(name if key == "results" else key, child) for key, child in value.items()]
    else:
        return None
    return next((cut for key, child in children if (cut := _cut_short(child, key)) is not None), None)

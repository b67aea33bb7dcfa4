"""What Graph adds to an answer and is no state of the tenant."""

from __future__ import annotations

from collections.abc import Iterable

from tenantlint.model import Json, JsonObject

# Annotations of OData 4.01 part 11 that say how the answer was made, and Graph's hints to developers.
# `@odata.type` is none of them: of a derived type it tells what the thing is.
_NOISE = (
    "@odata.context",
    "@odata.etag",
    "@odata.nextLink",
    "@odata.count",
    "@odata.navigationLink",
    "@odata.associationLink",
    "@microsoft.graph.tips",
)
_CUT = "@odata.nextLink"


def clean(found: JsonObject) -> JsonObject:
    """The object without transport noise, at any depth, also on a property (`rules@odata.context`)."""
    return {key: _cleaned(value) for key, value in found.items() if not key.endswith(_NOISE)}


def cut_short(found: Json) -> str | None:
    """The property of an object, at any depth, of which the service gave only the first page; None when none is so.

    An expanded list that is too long comes with a link of its own, `rules@odata.nextLink`.
    """
    if isinstance(found, dict):
        for key in found:
            if key.endswith(_CUT):
                return str(key.removesuffix(_CUT))
        return _first_cut(found.values())
    return _first_cut(found) if isinstance(found, list) else None


def _first_cut(values: Iterable[Json]) -> str | None:
    return next((cut for cut in map(cut_short, values) if cut is not None), None)


def _cleaned(value: Json) -> Json:
    if isinstance(value, dict):
        return {key: _cleaned(child) for key, child in value.items() if not key.endswith(_NOISE)}
    if isinstance(value, list):
        return [_cleaned(child) for child in value]
    return value

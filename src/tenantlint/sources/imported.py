"""Exceptions that an import took along, kept in the native snapshot as the collection `imported_exceptions`.

They are tenantlint's own notes on the source's configuration, one object an exception, so that a native snapshot
gives the same findings as the export that it was made from. A lint run shows them as imported and unowned.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from tenantlint.errors import InputError
from tenantlint.model import Exemption, JsonObject
from tenantlint.snapshot import Collection, Snapshot

COLLECTION = "imported_exceptions"
_LISTS = ("checks", "principals")
_TEXTS = ("id", "kind", "reason", "owner", "source")


def collection_of(exemptions: Iterable[Exemption]) -> Collection:
    """The exemptions as a collection that the store writes."""
    return Collection(COLLECTION, items=tuple(_object(one) for one in exemptions), source="tenantlint import")


def exemptions_in(snapshot: Snapshot) -> tuple[Exemption, ...]:
    """The exemptions of a native snapshot. Raises InputError for one that is not as its schema says."""
    collection = snapshot.collection(COLLECTION)
    found = []
    for index, item in enumerate(collection.items if collection.ok else ()):
        try:
            found.append(_exemption(item))
        except (KeyError, TypeError, ValueError):
            place = snapshot.place(collection.origins[index]) if index < len(collection.origins) else None
            raise InputError(
                "this imported exception is not as its schema says",
                file=place.file if place else None,
                line=place.line if place else None,
                column=place.column if place else None,
                mend=f"`tenantlint schema {COLLECTION}` shows the form, or delete it",
            ) from None
    return tuple(found)


def _object(one: Exemption) -> JsonObject:
    return {
        **{name: getattr(one, name) for name in _TEXTS},
        **{name: list(getattr(one, name)) for name in _LISTS},
        "resources": [{"kind": kind, "id": identity} for kind, identity in one.resources],
        "expires": one.expires.isoformat() if one.expires else None,
        "whole_check": one.whole_check,
    }


def _exemption(item: JsonObject) -> Exemption:
    expires = item.get("expires")
    texts: dict[str, Any] = {name: _text(item.get(name, "")) for name in _TEXTS}
    lists: dict[str, Any] = {name: tuple(_text(one) for one in item.get(name) or ()) for name in _LISTS}
    return Exemption(
        **texts,
        **lists,
        resources=tuple(_resource(one) for one in item.get("resources") or ()),
        expires=date.fromisoformat(expires) if expires else None,
        whole_check=item.get("whole_check") is True,
        imported=True,
    )


def _resource(value: Mapping[str, Any]) -> tuple[str, str]:
    return _text(value["kind"]), _text(value["id"])


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value

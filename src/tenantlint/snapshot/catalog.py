"""The catalogue of collections: what each is, how it is stored, what identifies its objects.

It is data: `policies/schemas/snapshot/<collection>.json`, each a JSON Schema for one object with a block
`x-tenantlint` {kind, service, storage, identity, name, delivery}.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from tenantlint import shipped
from tenantlint.model import JsonObject


class Storage(StrEnum):
    """`folder`: one file an object; `lines`: one JSON Lines file; `singleton`: one file, one object."""

    FOLDER = "folder"
    LINES = "lines"
    SINGLETON = "singleton"


@dataclass(frozen=True, slots=True)
class CollectionSpec:
    """`identity`: property names, the first that has a value identifies the object.

    `delivery`: `raw` collections are sent to checks that require or refine by them; `facts` collections are
    large, and reach a check through facts unless its metadata lists them under `raw`.
    """

    name: str
    kind: str
    service: str
    storage: Storage
    identity: tuple[str, ...]
    name_property: str
    delivery: str = "raw"
    known: bool = True


@cache
def _folder() -> Path:
    return shipped.policies() / "schemas" / "snapshot"


@cache
def collection_names() -> tuple[str, ...]:
    """Every collection that tenantlint knows, sorted."""
    return tuple(sorted(path.stem for path in _folder().glob("*.json")))


@cache
def collection_schema(name: str) -> dict[str, Any]:
    """The JSON Schema of one object of a known collection. Raises KeyError for an unknown name."""
    path = _folder() / f"{name}.json"
    if not path.is_file():
        raise KeyError(name)
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


@cache
def spec_of(name: str) -> CollectionSpec:
    """The specification of a collection; an unknown one is taken as a folder of objects with an id."""
    try:
        block = collection_schema(name)["x-tenantlint"]
    except KeyError:
        return CollectionSpec(
            name, name, "unknown", Storage.FOLDER, ("id", "Guid", "Identity", "displayName"), "displayName", known=False
        )
    return CollectionSpec(
        name=name,
        kind=block["kind"],
        service=block["service"],
        storage=Storage(block["storage"]),
        identity=tuple(block["identity"]),
        name_property=block["name"],
        delivery=block.get("delivery", "raw"),
    )


@cache
def collection_of_kind(kind: str) -> str | None:
    """The collection whose objects have this kind, for example `conditionalAccessPolicy`."""
    for name in collection_names():
        if spec_of(name).kind == kind:
            return name
    return None


def identity_of(spec: CollectionSpec, item: JsonObject) -> str:
    """What identifies the object inside its collection: the first rung of the ladder that has a value.

    A singleton without any rung is identified by its collection's name.
    """
    for rung in (*spec.identity, spec.name_property):
        value = item.get(rung)
        if isinstance(value, str | int) and not isinstance(value, bool) and str(value):
            return str(value)
    return spec.name if spec.storage is Storage.SINGLETON else ""


def name_of(spec: CollectionSpec, item: JsonObject) -> str:
    """The name that people know the object by; its identity when it has no name."""
    value = item.get(spec.name_property)
    return str(value) if value else identity_of(spec, item)

"""A tenant under construction: objects by collection, ids that never change, and the snapshot made of them."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tests.tenants.matter import by_type, matching

from tenantlint.collect.catalog import source_of
from tenantlint.model import CollectionStatus, Tenant
from tenantlint.snapshot.catalog import collection_names, collection_schema, spec_of
from tenantlint.snapshot.content import Collection, Snapshot
from tenantlint.snapshot.manifest import LICENCES

JsonObject = dict[str, Any]

_NAMESPACE = uuid.UUID("6a0c9f0e-2b53-5c1e-9a44-7d3c1f0b8e21")
_COLLECTED = {"entra", "intune", "secure_score", "exchange", "defender_office", "purview", "sharepoint", "teams", "dns"}


@dataclass
class Draft:
    """`company`: the word that every id is derived from. `domain`: the default mail domain.

    A collection that is never given is `ok` and empty, as a collector would find it; `refuse` says otherwise.
    """

    company: str
    display_name: str
    domain: str
    initial_domain: str
    collected_at: datetime = datetime(2026, 11, 16, 3, 0, tzinfo=UTC)
    licences: frozenset[str] = LICENCES
    objects: dict[str, list[JsonObject]] = field(default_factory=dict)
    refused: dict[str, tuple[CollectionStatus, str]] = field(default_factory=dict)

    def id(self, *words: object) -> str:
        """The same words give the same id, in this tenant and in no other."""
        return str(uuid.uuid5(_NAMESPACE, "/".join(str(word) for word in (self.company, *words))))

    @property
    def tenant_id(self) -> str:
        return self.id("tenant")

    def add(self, collection: str, *objects: Mapping[str, Any]) -> None:
        """Append objects to a collection."""
        assert spec_of(collection).known, collection
        self.objects.setdefault(collection, []).extend(dict(one) for one in objects)

    def extend(self, given: Mapping[str, Iterable[Mapping[str, Any]]]) -> None:
        """Append the objects of several collections."""
        for collection, objects in given.items():
            self.add(collection, *objects)

    def refuse(self, collection: str, status: CollectionStatus, detail: str, *, keep: int = 0) -> None:
        """Give the collection a status that is not `ok`, keeping only its first objects."""
        assert spec_of(collection).known, collection
        self.refused[collection] = (status, detail)
        self.objects[collection] = self.objects.get(collection, [])[:keep]

    def snapshot(self) -> Snapshot:
        """The finished snapshot, with every collection and every group that a collector would give."""
        groups, lines = matching(self.objects)
        listed = {name: () if name in self.refused else found for name, found in by_type(self.objects).items()}
        given = {**self.objects, **listed, "groups": groups, "group_members": lines}
        return Snapshot(
            tenant=Tenant(
                id=self.tenant_id,
                display_name=self.display_name,
                initial_domain=self.initial_domain,
                cloud="global",
            ),
            collected_at=self.collected_at,
            licences=self.licences,
            collections={
                name: self._collection(name, given)
                for name in collection_names()
                if spec_of(name).service in _COLLECTED
            },
        )

    def _collection(self, name: str, given: Mapping[str, list[JsonObject]]) -> Collection:
        status, detail = self.refused.get(name, (CollectionStatus.OK, ""))
        source, version = _source(name)
        found = given.get(name, [])
        return Collection(name, status, items=found, source=source, api_version=version, detail=detail)


def _source(name: str) -> tuple[str, str]:
    """What the manifest says of where a collection is from, and Graph's version."""
    try:
        source = source_of(name)
    except KeyError:  # only an import fills it
        told = collection_schema(name)["description"].rstrip(".").rpartition(": ")[2]
        return (told if told.startswith("Get-") else spec_of(name).service), ""
    return source.shown, source.api_version

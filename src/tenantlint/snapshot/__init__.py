"""Snapshots: in memory (content), on disk (store), and what each collection is (catalog)."""

from tenantlint.snapshot.catalog import (
    CollectionSpec,
    Storage,
    collection_names,
    collection_of_kind,
    collection_schema,
    identity_of,
    name_of,
    spec_of,
)
from tenantlint.snapshot.content import Collection, Origin, Snapshot

__all__ = [
    "Collection",
    "CollectionSpec",
    "Origin",
    "Snapshot",
    "Storage",
    "collection_names",
    "collection_of_kind",
    "collection_schema",
    "identity_of",
    "name_of",
    "spec_of",
]

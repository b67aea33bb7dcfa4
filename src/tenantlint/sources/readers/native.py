"""Reader of native snapshots: the snapshot package opens them; the exceptions that an import took along are here."""

from __future__ import annotations

from dataclasses import replace

from tenantlint.snapshot import store
from tenantlint.sources import imported
from tenantlint.sources.reading import Reading
from tenantlint.sources.registry import Reader
from tenantlint.sources.target import Target


def _recognises(target: Target) -> bool:
    return store.is_native(target.path)


def _read(target: Target) -> Reading:
    snapshot = store.open_snapshot(target.path)
    exemptions = imported.exemptions_in(snapshot)
    collections = {name: one for name, one in snapshot.collections.items() if name != imported.COLLECTION}
    return Reading(replace(snapshot, collections=collections, exemptions=exemptions))


READER = Reader(
    name="native snapshot",
    looks_for="a folder with a `snapshot.json` that names the format tenantlint.snapshot",
    recognises=_recognises,
    read=_read,
)

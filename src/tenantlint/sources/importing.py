"""A foreign export becomes a native snapshot that gives the same findings."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tenantlint import __version__
from tenantlint.errors import InputError
from tenantlint.snapshot import schema, store
from tenantlint.sources import imported
from tenantlint.sources.reading import Reading


def import_source(reading: Reading, out: Path) -> None:
    """Write what was read as a native snapshot, in one step; an older snapshot in the folder is replaced.

    The source's own exceptions go into the collection `imported_exceptions`. Raises InputError, with nothing
    written, when an object is not as its collection's schema says or the folder cannot take a snapshot.
    """
    snapshot = reading.snapshot
    if snapshot.exemptions:
        notes = imported.collection_of(snapshot.exemptions)
        snapshot = replace(snapshot, collections={**snapshot.collections, notes.name: notes})
    faults = schema.validate(snapshot)
    if faults:
        first = faults[0]
        others = f" ({len(faults) - 1} more objects have faults)" if len(faults) > 1 else ""
        raise InputError(
            f"{first.problem}{others}; nothing was written",
            file=first.file,
            line=first.line,
            column=first.column,
            mend=first.mend,
        )
    store.write_snapshot(snapshot, out, tool_version=__version__)

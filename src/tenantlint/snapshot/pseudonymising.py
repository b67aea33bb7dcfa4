"""A snapshot that is there already, written again with pseudonyms."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from tenantlint.errors import InputError, UsageError
from tenantlint.model import JsonObject
from tenantlint.snapshot import canonical, json_text, manifest, outgoing, structure, swap
from tenantlint.snapshot.catalog import Storage, identity_of
from tenantlint.snapshot.content import Collection, Snapshot
from tenantlint.snapshot.redaction import Choice, Key, Redactor
from tenantlint.snapshot.store import open_snapshot
from tenantlint.snapshot.writing import Line, Part, entry_of, write_parts

_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")


def pseudonymise(source: Path, out: Path, key: Key, choice: Choice, *, tool_version: str) -> Redactor:
    """Write the native snapshot at `source` with pseudonyms to `out`, and give what made them, for other texts.

    Large collections are streamed. Raises InputError for what cannot be read or written, UsageError where `out` is
    the source, or the source has pseudonyms already.
    """
    snapshot = open_snapshot(source)
    if swap.current(out.resolve()) == swap.current(source.resolve()):
        raise UsageError(f"{out.as_posix()}: this is the snapshot itself; give another folder.")
    if snapshot.redaction is not None:
        raise UsageError(f"{source.as_posix()}: people in this snapshot have been replaced already.")
    redactor = Redactor(key, choice, snapshot.tenant)
    head = manifest.Manifest(
        tenant=snapshot.tenant,
        collected_at=snapshot.collected_at,
        tool_version=tool_version,
        licences=snapshot.licences,
    )
    folder = swap.current(source.resolve())
    parts = [_part(snapshot, collection, folder) for collection in snapshot.collections.values()]
    prepared = outgoing.prepare(head, parts, redactor)
    write_parts(prepared.head, prepared.parts, out, private=True)
    return redactor


def _part(snapshot: Snapshot, collection: Collection, folder: Path) -> Part:
    file = folder / f"{collection.name}.jsonl"
    streamed = collection.spec.storage is Storage.LINES and file.is_file() and not _is_marked(file)
    lines = partial(_streamed, collection, file) if streamed else partial(_held, snapshot, collection)
    return Part(collection.name, entry_of(collection), lines=lines, objects=lambda: _checked(snapshot, collection))


def _is_marked(file: Path) -> bool:
    """Whether the file starts with a byte order mark: it is not our own, and read as a whole."""
    with file.open("rb") as stream:
        return stream.read(3).startswith(_MARKS)


def _streamed(collection: Collection, file: Path) -> Iterator[Line]:
    """The lines of a file, each checked as when a snapshot is loaded, in the file's order."""
    limits = json_text.DEFAULT_LIMITS
    with file.open("rb") as stream:
        for number, line in enumerate(stream, start=1):
            if not line.strip():
                continue
            item = json_text.parse(json_text.decode(line, str(file), limits), str(file), limits, first_line=number)
            if not isinstance(item, dict):
                problem = f"an entry of {collection.name} is not a JSON object"
                raise InputError(problem, file=str(file), line=number, mend="write it as {...}")
            yield identity_of(collection.spec, item), canonical.line(item)


def _held(snapshot: Snapshot, collection: Collection) -> Iterator[Line]:
    for item in _checked(snapshot, collection):
        yield identity_of(collection.spec, item), canonical.line(item)


def _checked(snapshot: Snapshot, collection: Collection) -> list[JsonObject]:
    structure.check(collection.spec, collection.items, collection.origins, snapshot.place)
    return list(collection.items)

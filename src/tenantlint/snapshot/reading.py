"""A native snapshot from its files: manifest first, collections on first use."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, overload

from tenantlint.errors import InputError
from tenantlint.model import CollectionStatus, Notice, Position
from tenantlint.snapshot import canonical, json_text, manifest, names, positions, structure
from tenantlint.snapshot.catalog import CollectionSpec, Storage, spec_of
from tenantlint.snapshot.content import Collection, Loaded, Origin, Snapshot
from tenantlint.snapshot.tree import Tree, folder_and_name


def open_tree(tree: Tree) -> Snapshot:
    """The snapshot that the files make up. Collections are read and parsed on first use.

    Raises InputError for a manifest or files that are not as the format says.
    """
    sizes = tree.files()
    if names.MANIFEST not in sizes:
        raise InputError(
            "the manifest is missing, so this is no snapshot",
            file=tree.shown(names.MANIFEST),
            mend="collect or import it again",
        )
    head, notices = manifest.read(tree.read(names.MANIFEST), tree.shown(names.MANIFEST))
    placed, ignored = _place(tree, [name for name in sizes if name != names.MANIFEST], head)
    hashes = {
        name: tree.sha256(name)
        for name in sorted((names.MANIFEST, *(one for files in placed.values() for one in files)))
    }
    opened = [
        _collection(tree, name, placed.get(name, ()), head.collections.get(name), hashes)
        for name in sorted({*placed, *head.collections})
    ]
    return Snapshot(
        tenant=head.tenant,
        collections={collection.name: collection for collection, _ in opened},
        collected_at=head.collected_at,
        licences=head.licences,
        redaction=head.redaction,
        digest=hashlib.sha256("".join(f"{hashes[name]}  {name}\n" for name in hashes).encode()).hexdigest(),
        files={tree.shown(name): partial(tree.read, name) for name in hashes},
        notices=(*notices, *ignored, *(notice for _, told in opened for notice in told)),
    )


def _place(tree: Tree, files: Iterable[str], head: manifest.Manifest) -> tuple[dict[str, list[str]], list[Notice]]:
    """Which files belong to which collection, and notices about files that belong to none."""
    placed: dict[str, list[str]] = {}
    notices: list[Notice] = []
    for name in sorted(files):
        folder, base = folder_and_name(name)
        stem, _, suffix = base.rpartition(".")
        collection = folder or stem
        if (folder and suffix != "json") or not names.is_collection_name(collection):
            where = (
                f"only .json files of {folder} are read" if folder else "its name is none that a collection can have"
            )
            notices.append(_notice(tree, "ignored_file", name, f"{tree.shown(name)} is not read: {where}"))
            continue
        others = placed.setdefault(collection, [])
        if others and (not folder or folder_and_name(others[0])[0] != folder):
            raise InputError(
                f"{collection} stands twice, here and in {tree.shown(others[0])}",
                file=tree.shown(name),
                mend="keep one of them",
            )
        others.append(name)
    for collection, own in placed.items():
        if not spec_of(collection).known and collection not in head.collections:
            message = f"{collection} is no collection that tenantlint knows; only custom checks can use it"
            notices.append(_notice(tree, "unknown_collection", own[0], message))
    for collection in head.collections:
        if not spec_of(collection).known:
            message = (
                f"The manifest lists {collection}, no collection that tenantlint knows; only custom checks can use it"
            )
            notices.append(_notice(tree, "unknown_collection", names.MANIFEST, message))
    return placed, notices


def _collection(
    tree: Tree, name: str, files: Sequence[str], entry: manifest.Entry | None, hashes: Mapping[str, str]
) -> tuple[Collection, list[Notice]]:
    entry = entry or manifest.Entry()
    spec = spec_of(name)
    tampering = _tampering(tree, spec, files, entry, hashes)
    status, detail = entry.status, entry.detail
    if tampering and tampering.emptied and spec.storage is not Storage.FOLDER and status is CollectionStatus.OK:
        # A list of users that is gone is not a tenant without users. A folder, though, people may well empty by hand.
        status, detail = CollectionStatus.FAILED, tampering.message
    collection = Collection(
        name,
        status,
        load=partial(_load, tree, spec, {name: hashes[name] for name in files}) if files else None,
        source=entry.source,
        api_version=entry.api_version,
        detail=detail,
        edited=tampering is not None,
        left_out=entry.left_out,
    )
    place = files[0] if files and not folder_and_name(files[0])[0] else names.MANIFEST
    return collection, [_notice(tree, "edited", place, tampering.message)] if tampering else []


@dataclass(frozen=True, slots=True)
class _Tampering:
    """`message`: a sentence. `emptied`: there were objects, and now there is none."""

    message: str
    emptied: bool


def _tampering(
    tree: Tree, spec: CollectionSpec, files: Sequence[str], entry: manifest.Entry, hashes: Mapping[str, str]
) -> _Tampering | None:
    """How the files differ from the collector's seal; None when they do not, or when there is none."""
    if not files:
        held = f" with {_objects(entry.count)}" if entry.count else ""
        message = f"{spec.name} has no file, though the manifest lists it{held}"
        return _Tampering(message, emptied=True) if entry.count or entry.sha256 else None
    if entry.sha256 and _seal(files, hashes) == entry.sha256:
        return None
    counted = None if entry.sha256 == "" and entry.count is None else _count(tree, files)
    differs = None not in (counted, entry.count) and counted != entry.count
    if not entry.sha256 and not differs:
        return None
    what = tree.shown(folder_and_name(files[0])[0] or files[0])
    counts = f": it held {_objects(entry.count or 0)}, now {counted:,}" if differs else ""
    return _Tampering(f"{what} was edited after it was collected{counts}", emptied=differs and counted == 0)


def _objects(count: int) -> str:
    return f"{count:,} object" if count == 1 else f"{count:,} objects"


def _seal(files: Sequence[str], hashes: Mapping[str, str]) -> str:
    if len(files) == 1 and not folder_and_name(files[0])[0]:
        return hashes[files[0]]
    return canonical.folder_seal((folder_and_name(name)[1], hashes[name]) for name in files)


def _count(tree: Tree, files: Sequence[str]) -> int | None:
    """How many objects the files hold, as far as that shows without parsing them."""
    if folder_and_name(files[0])[0]:
        return len(files)
    if files[0].endswith(".jsonl"):
        text = json_text.decode(tree.read(files[0]), tree.shown(files[0]))
        return sum(1 for line in text.split("\n") if line and not line.isspace())
    return None


def _load(tree: Tree, spec: CollectionSpec, files: Mapping[str, str]) -> Loaded:
    """The objects of the files, given with their sha256: what is judged must be what the digest was made of."""
    items: list[Any] = []
    places: list[Origin] = []
    origins: Sequence[Origin] = places
    sources: dict[str, str] = {}
    for name, digest in files.items():
        shown = tree.shown(name)
        sources[shown] = name
        data = tree.read(name)
        if hashlib.sha256(data).hexdigest() != digest:
            raise InputError("the file changed while the snapshot was being read", file=shown, mend="run again")
        text = json_text.decode(data, shown)
        if name.endswith(".jsonl"):  # then it is the collection's only file
            items, lines = json_text.parse_lines(text, shown)
            origins = _LineOrigins(shown, lines)
            continue
        value = json_text.parse(text, shown)
        if isinstance(value, list):
            items += value
            places += [Origin(shown, f"/{index}") for index in range(len(value))]
        else:
            items.append(value)
            places.append(Origin(shown))

    def place(origin: Origin) -> Position:
        source = positions.SourceText(tree.read(sources[origin.file]))
        line, column = positions.locate(source, origin.pointer, line=origin.line)
        return Position(file=origin.file, line=line, column=column)

    structure.check(spec, items, origins, place)
    return items, origins


@dataclass(frozen=True, slots=True)
class _LineOrigins(Sequence[Origin]):
    """The origins of the lines of one file, made when asked for: 100,000 objects need none until one is located."""

    file: str
    lines: Sequence[int]

    def __len__(self) -> int:
        return len(self.lines)

    @overload
    def __getitem__(self, index: int) -> Origin: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Origin]: ...

    def __getitem__(self, index: int | slice) -> Origin | Sequence[Origin]:
        if isinstance(index, slice):
            return _LineOrigins(self.file, self.lines[index])
        return Origin(self.file, line=self.lines[index])


def _notice(tree: Tree, kind: str, name: str, message: str) -> Notice:
    return Notice(kind=kind, message=message, position=Position(file=tree.shown(name), line=1, column=1))

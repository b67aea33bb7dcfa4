"""A snapshot to files: canonical bytes, sealed in the manifest, put in place in one step."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from tenantlint.errors import InputError
from tenantlint.model import CollectionStatus, JsonObject
from tenantlint.snapshot import canonical, manifest, names, structure, swap
from tenantlint.snapshot.catalog import CollectionSpec, Storage, collection_names, identity_of, spec_of
from tenantlint.snapshot.content import Collection, Snapshot
from tenantlint.snapshot.tree import DATA_SUFFIXES

Line = tuple[str, bytes]


@dataclass(frozen=True, slots=True)
class Part:
    """One collection to be written. Its objects are asked for once, in the form that its storage wants.

    `entry`: what the manifest says of it; count and seal are filled in here. `lines`: identity and canonical line of
    each object in the order of identities, for collections stored as lines: they pass through one by one.
    `objects`: the objects, for those of the other storages; these are held.
    """

    name: str
    entry: manifest.Entry
    lines: Callable[[], Iterable[Line]]
    objects: Callable[[], Sequence[JsonObject]]


def write_snapshot(snapshot: Snapshot, path: Path, *, tool_version: str, private: bool = False) -> None:
    """Write the snapshot as a folder, in the place of the snapshot that may be there.

    Files in the folder that are not the snapshot's own (a README, a register) are kept. `private`: only the owner may
    read the folder and its new files. Raises InputError for a folder that holds other things and no snapshot, for
    objects that the format cannot hold (without identity, with the identity of another, a second one in a
    singleton), and when the system refuses to write.
    """
    head = manifest.Manifest(
        tenant=snapshot.tenant,
        collected_at=snapshot.collected_at,
        tool_version=tool_version,
        licences=snapshot.licences,
        redaction=snapshot.redaction,
    )
    write_parts(head, [_part(snapshot, name) for name in snapshot.collections], path, private=private)


def write_parts(head: manifest.Manifest, parts: Iterable[Part], path: Path, *, private: bool = False) -> None:
    """Write a snapshot whose large collections are streamed: bytes, checks and errors are those of `write_snapshot`.

    `head`: the manifest, whose collections are those of the parts.
    """
    check_target(path)
    target = path.resolve()
    with swap.replacing(target, private=private) as staging:
        ordered = sorted(parts, key=lambda part: part.name)
        entries = {part.name: _write_part(part, staging, private=private) for part in ordered}
        if target.is_dir():
            _keep_foreign(target, staging, {*entries})
        whole = manifest.write(replace(head, collections=entries))
        swap.write_file(staging / names.MANIFEST, whole, private=private)


def _part(snapshot: Snapshot, called: str) -> Part:
    collection = snapshot.collections[called]
    objects = partial(_checked, snapshot, collection)
    return Part(collection.name, entry_of(collection), lines=partial(_lines, collection.spec, objects), objects=objects)


def entry_of(collection: Collection) -> manifest.Entry:
    """What the manifest says of a collection as it was read; count and seal follow when it is written."""
    return manifest.Entry(
        status=collection.status,
        source=collection.source,
        api_version=collection.api_version,
        detail=collection.detail,
        left_out=collection.left_out,
    )


def _checked(snapshot: Snapshot, collection: Collection) -> Sequence[JsonObject]:
    structure.check(collection.spec, collection.items, collection.origins, snapshot.place)
    return collection.items


def _lines(spec: CollectionSpec, objects: Callable[[], Sequence[JsonObject]]) -> Iterator[Line]:
    named = sorted(((identity_of(spec, item), item) for item in objects()), key=lambda pair: pair[0])
    return ((identity, canonical.line(item)) for identity, item in named)


def check_target(path: Path) -> None:
    """Raises InputError for a place where no snapshot can be written without harm to other things."""
    found = swap.current(path.resolve())
    if not found.exists():
        return
    shown = path.as_posix()
    if not found.is_dir():
        raise InputError("this is a file, and a snapshot is a folder", file=shown, mend="give another path")
    if (found / ".git").exists():
        raise InputError("this folder is a git repository", file=shown, mend="give a folder inside it")
    if any(found.iterdir()) and not (found / names.MANIFEST).is_file():
        raise InputError(
            "this folder is not empty and holds no snapshot", file=shown, mend="give an empty or a new one"
        )


def _write_part(part: Part, staging: Path, *, private: bool) -> manifest.Entry:
    spec = spec_of(part.name)
    if not names.is_collection_name(spec.name):
        raise InputError(f"`{spec.name[:60]}` cannot be the name of a collection", mend="use a-z, 0-9 and _")
    if spec.storage is Storage.LINES:
        count, seal = _write_lines(spec, part.lines(), staging / f"{spec.name}.jsonl", private=private)
    else:
        count, seal = _write_objects(spec, part.objects(), staging, private=private)
    counted = count if count or part.entry.status is CollectionStatus.OK else None
    return replace(part.entry, count=counted, sha256=seal)


def _write_lines(spec: CollectionSpec, lines: Iterable[Line], file: Path, *, private: bool) -> tuple[int, str]:
    """How many lines, and the sha256 of the file; no file when there is none."""
    count, digest, last = 0, hashlib.sha256(), ""

    def checked() -> Iterator[bytes]:
        nonlocal count, last
        for identity, data in lines:
            if identity <= last:
                raise InputError(_out_of_order(spec, identity, last))
            last = identity
            count += 1
            digest.update(data)
            yield data

    swap.write_stream(file, checked(), private=private)
    return count, digest.hexdigest() if count else ""


def _out_of_order(spec: CollectionSpec, identity: str, last: str) -> str:
    if not identity:
        return f"an object of {spec.name} has nothing that identifies it"
    if identity == last:
        return f"two objects of {spec.name} have the identity `{identity[:100]}`"
    return f"the objects of {spec.name} are not in the order of their identities"


def _write_objects(
    spec: CollectionSpec, items: Sequence[JsonObject], staging: Path, *, private: bool
) -> tuple[int, str]:
    """How many objects, and the seal of their file or folder."""
    if not items:
        return 0, ""
    structure.check(spec, items, (), lambda _origin: None)
    if spec.storage is Storage.SINGLETON:
        data = canonical.pretty(items[0])
        swap.write_file(staging / f"{spec.name}.json", data, private=private)
        return 1, hashlib.sha256(data).hexdigest()
    swap.make_folder(staging / spec.name, private=private)
    hashes = []
    for name, item in zip(names.file_names(spec, items), items, strict=True):
        data = canonical.pretty(item)
        swap.write_file(staging / spec.name / name, data, private=private)
        hashes.append((name, hashlib.sha256(data).hexdigest()))
    return len(items), canonical.folder_seal(hashes)


def _keep_foreign(old: Path, staging: Path, written: set[str]) -> None:
    """Copy over what lies in the old folder and is not the snapshot's: a README, notes, a register."""
    listed = manifest.listed(old / names.MANIFEST)
    own = {*written, *listed, *collection_names()}
    for path in sorted(old.iterdir()):
        if path.name == names.MANIFEST or (path.suffix in DATA_SUFFIXES and path.stem in own):
            continue
        if path.name in own and path.is_dir() and not path.is_symlink():
            for inner in sorted(path.iterdir()):
                if inner.suffix != ".json":
                    (staging / path.name).mkdir(exist_ok=True)
                    _copy(inner, staging / path.name / inner.name)
        else:
            _copy(path, staging / path.name)


def _copy(source: Path, target: Path) -> None:
    if source.is_dir() and not source.is_symlink():
        shutil.copytree(source, target, symlinks=True)
    else:
        shutil.copy2(source, target, follow_symlinks=False)

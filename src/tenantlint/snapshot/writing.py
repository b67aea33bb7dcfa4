"""A snapshot to files: canonical bytes, sealed in the manifest, put in place in one step."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from pathlib import Path

from tenantlint.errors import InputError
from tenantlint.model import CollectionStatus, JsonObject
from tenantlint.snapshot import canonical, manifest, names, structure, swap
from tenantlint.snapshot.catalog import CollectionSpec, Storage, collection_names, identity_of
from tenantlint.snapshot.content import Snapshot
from tenantlint.snapshot.tree import DATA_SUFFIXES


def write_snapshot(snapshot: Snapshot, path: Path, *, tool_version: str) -> None:
    """Write the snapshot as a folder, in the place of the snapshot that may be there.

    Files in the folder that are not the snapshot's own (a README, a register) are kept. Raises InputError for a
    folder that holds other things and no snapshot, for objects that the format cannot hold (without identity,
    with the identity of another, a second one in a singleton), and when the system refuses to write.
    """
    target = path.resolve()
    _check_target(target, path)
    with swap.replacing(target) as staging:
        entries = {name: _write_collection(snapshot, name, staging) for name in sorted(snapshot.collections)}
        head = manifest.Manifest(
            tenant=snapshot.tenant,
            collected_at=snapshot.collected_at,
            tool_version=tool_version,
            licences=snapshot.licences,
            collections=entries,
            redaction=snapshot.redaction,
        )
        if target.is_dir():
            _keep_foreign(target, staging, {*entries})
        swap.write_file(staging / names.MANIFEST, manifest.write(head))


def _check_target(target: Path, path: Path) -> None:
    found = swap.current(target)
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


def _write_collection(snapshot: Snapshot, called: str, staging: Path) -> manifest.Entry:
    collection = snapshot.collections[called]
    spec = collection.spec
    if not names.is_collection_name(spec.name):
        raise InputError(f"`{spec.name[:60]}` cannot be the name of a collection", mend="use a-z, 0-9 and _")
    items = collection.items
    structure.check(spec, items, collection.origins, snapshot.place)
    files = _files(spec, items)
    if spec.storage is Storage.FOLDER and files:
        (staging / spec.name).mkdir()
    for name, data in files.items():
        swap.write_file(staging / name, data)
    hashes = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    seal = ""
    if files and spec.storage is Storage.FOLDER:
        seal = canonical.folder_seal((Path(name).name, digest) for name, digest in hashes.items())
    elif files:
        (seal,) = hashes.values()
    return manifest.Entry(
        status=collection.status,
        count=len(items) if items or collection.status is CollectionStatus.OK else None,
        sha256=seal,
        source=collection.source,
        api_version=collection.api_version,
        detail=collection.detail,
        left_out=collection.left_out,
    )


def _files(spec: CollectionSpec, items: Sequence[JsonObject]) -> dict[str, bytes]:
    """Relative path to bytes."""
    match spec.storage:
        case _ if not items:
            return {}
        case Storage.FOLDER:
            named = zip(names.file_names(spec, items), items, strict=True)
            return {f"{spec.name}/{name}": canonical.pretty(item) for name, item in named}
        case Storage.LINES:
            ordered = sorted(items, key=lambda item: identity_of(spec, item))
            return {f"{spec.name}.jsonl": b"".join(canonical.line(item) for item in ordered)}
        case Storage.SINGLETON:
            return {f"{spec.name}.json": canonical.pretty(items[0])}


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

"""Native snapshots on disk: recognise, open, write.

A folder with a manifest, `snapshot.json`, and the collections: `NAME/*.json` (one object a file), `NAME.jsonl` (one
object a line) or `NAME.json` (one object, or a list of them); any form is read, the catalogue's is written. The
manifest may seal a collection with a sha256: of its file, or, for a folder, `canonical.folder_seal`. A collection
that differs from its seal is reported as edited, and read.
"""

from __future__ import annotations

from pathlib import Path

from tenantlint.errors import InputError
from tenantlint.snapshot import json_text, names, swap
from tenantlint.snapshot.content import Snapshot
from tenantlint.snapshot.reading import open_tree
from tenantlint.snapshot.tree import FolderTree, Tree
from tenantlint.snapshot.writing import write_snapshot

__all__ = ["FolderTree", "Tree", "is_native", "open_snapshot", "open_tree", "write_snapshot"]


def is_native(path: Path) -> bool:
    """Whether the path is a native snapshot, sound or damaged: a folder with its manifest, or the manifest itself.

    A `snapshot.json` that is sound JSON and says nothing of tenantlint's is somebody else's.
    """
    manifest = swap.current(_folder(path)) / names.MANIFEST
    try:
        if not manifest.is_file():
            return False
        with manifest.open("rb") as stream:
            data = stream.read(json_text.DEFAULT_LIMITS.file_bytes)
        found = json_text.parse(json_text.decode(data, ""), "")
    except InputError:
        return True
    except OSError:
        return False
    if not isinstance(found, dict):
        return False
    return str(found.get("format", "")).startswith("tenantlint.") or {"tenant", "collections"} <= found.keys()


def open_snapshot(path: Path) -> Snapshot:
    """Open the native snapshot in a folder (or beside the manifest that is given). Collections load on first use.

    Raises InputError: one sentence with the file, the place and the mend.
    """
    folder = _folder(path)
    root = swap.current(folder)
    if not root.exists():
        raise InputError("there is no such folder", file=folder.as_posix(), mend="check the path")
    if not root.is_dir():
        raise InputError("this is a file, and a snapshot is a folder", file=folder.as_posix(), mend="give the folder")
    return open_tree(FolderTree(root, folder))


def _folder(path: Path) -> Path:
    return path.parent if path.name == names.MANIFEST else path

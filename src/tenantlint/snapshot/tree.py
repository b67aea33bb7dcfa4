"""The files of a snapshot as a source gives them: a folder here; a git tree can stand in its place."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Protocol

from tenantlint.errors import InputError
from tenantlint.snapshot import json_text, names

DATA_SUFFIXES = (".json", ".jsonl")
_MOST_FILES = 200_000
_MOST_BYTES = 4 * 1024**3


class Tree(Protocol):
    """Files by relative POSIX path, at most one folder down."""

    def shown(self, name: str) -> str:
        """The file as the user would name it, for messages and positions."""

    def files(self) -> dict[str, int]:
        """Every file that may belong to a snapshot, with its size in bytes. Raises InputError for what it refuses."""

    def read(self, name: str) -> bytes:
        """The bytes of a file. Raises InputError when it cannot be read or is over the size limit."""

    def sha256(self, name: str) -> str:
        """The file's sha256, 64 hexadecimal digits. Raises InputError when it cannot be read."""


@dataclass(frozen=True, slots=True)
class FolderTree:
    """A folder on disk. `root`: where the files are; `given`: how the user named the folder."""

    root: Path
    given: Path

    def shown(self, name: str) -> str:
        return (self.given / name).as_posix()

    def files(self) -> dict[str, int]:
        """Regular files only. A symbolic link is followed when its target stays inside the folder, else refused."""
        found: dict[str, int] = {}
        total = 0
        home = os.path.realpath(self.root)
        for name, entry in self._candidates():
            if entry.is_symlink():
                self._check_link(name, entry.path, home)
            try:
                status = entry.stat()
            except OSError as error:
                raise unreadable(self.shown(name), error) from None
            if not stat.S_ISREG(status.st_mode):
                raise InputError("this is not a regular file", file=self.shown(name), mend="remove it")
            found[name] = status.st_size
            total += status.st_size
        if len(found) > _MOST_FILES or total > _MOST_BYTES:
            raise InputError(
                f"the snapshot has more than {_MOST_FILES:,} files or {_MOST_BYTES // 1024**3} GiB",
                file=self.given.as_posix(),
                mend="leave collections out that no check needs",
            )
        return found

    def read(self, name: str) -> bytes:
        limits = json_text.DEFAULT_LIMITS
        try:
            with (self.root / name).open("rb") as stream:
                data = stream.read(limits.file_bytes + 1)
        except OSError as error:
            raise unreadable(self.shown(name), error) from None
        if len(data) > limits.file_bytes:
            raise json_text.too_large(self.shown(name))
        return data

    def sha256(self, name: str) -> str:
        try:
            with (self.root / name).open("rb") as stream:
                return hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError as error:
            raise unreadable(self.shown(name), error) from None

    def _candidates(self) -> Iterator[tuple[str, os.DirEntry[str]]]:
        for entry in self._entries(""):
            if entry.name.endswith(DATA_SUFFIXES):
                yield entry.name, entry
            elif names.is_collection_name(entry.name) and entry.is_dir():
                if entry.is_symlink():
                    self._check_link(entry.name, entry.path, os.path.realpath(self.root))
                for inner in self._entries(entry.name):
                    if inner.name.endswith(DATA_SUFFIXES):
                        yield f"{entry.name}/{inner.name}", inner

    def _entries(self, folder: str) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(self.root / folder) as entries:
                return sorted(
                    (entry for entry in entries if not entry.name.startswith(".")), key=lambda entry: entry.name
                )
        except OSError as error:
            raise unreadable(self.shown(folder) if folder else self.given.as_posix(), error) from None

    def _check_link(self, name: str, path: str, home: str) -> None:
        target = os.path.realpath(path)
        if target != home and not target.startswith(home.rstrip(os.sep) + os.sep):
            raise InputError(
                "this symbolic link leaves the snapshot's folder",
                file=self.shown(name),
                mend="put the file itself there",
            )


def unreadable(file: str, error: OSError) -> InputError:
    """The refusal of a file or folder that the system does not let us read."""
    reason = (error.strerror or type(error).__name__).lower()
    return InputError(f"cannot be read: {reason}", file=file, mend="check the path and its permissions")


def folder_and_name(name: str) -> tuple[str, str]:
    """(folder, file name) of a relative path; the folder is empty at the top."""
    path = PurePosixPath(name)
    return ("" if path.parent == PurePosixPath() else str(path.parent)), path.name

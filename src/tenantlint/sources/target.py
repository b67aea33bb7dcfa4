"""What the user pointed at, looked at once for every reader: a file's JSON, or the JSON files of a folder."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tenantlint.errors import InputError
from tenantlint.model import Json
from tenantlint.snapshot import json_text

_MOST_FILES = 500_000


@dataclass(frozen=True, slots=True)
class Document:
    """One parsed file. `file`: the name to show; `sha256`: of its bytes."""

    file: str
    path: Path
    value: Json
    sha256: str


class Target:
    """A file or a folder. Files are read and parsed on first use, and only once."""

    def __init__(self, path: Path) -> None:
        """Raises InputError when there is nothing at the path, or it may not be looked at."""
        self.path = path
        self.shown = _shown(path)
        try:
            self.is_folder = path.is_dir()
            exists = self.is_folder or path.exists()
        except (OSError, ValueError) as error:
            raise InputError(f"it cannot be opened: {_why(error)}", file=self.shown) from None
        if not exists:
            raise InputError("there is no such file or folder", file=self.shown, mend="check the path")
        if not self.is_folder and not path.is_file():
            raise InputError("this is neither a file nor a folder", file=self.shown, mend="name an export")
        self._read: dict[Path, Document | InputError] = {}

    def read(self, path: Path) -> Document:
        """The parsed file. Raises InputError, the same one each time, when it is not readable JSON."""
        found = self._read.get(path)
        if found is None:
            try:
                self._check_link(path)
                found = _parse(path)
            except InputError as error:
                found = error
            self._read[path] = found
        if isinstance(found, InputError):
            raise found
        return found

    @property
    def document(self) -> Document:
        """The parsed file, of a target that is a file. Raises InputError."""
        return self.read(self.path)

    @cached_property
    def top(self) -> tuple[Path, ...]:
        """The JSON files directly in the folder, sorted by name. Raises InputError when it cannot be listed."""
        return tuple(entry for entry in self.entries(self.path) if _is_json(entry) and entry.is_file())

    def entries(self, folder: Path) -> tuple[Path, ...]:
        """What is directly in a folder, sorted by name, hidden entries left out. Raises InputError."""
        try:
            return tuple(sorted((entry for entry in folder.iterdir() if not entry.name.startswith(".")), key=_order))
        except OSError as error:
            raise InputError(f"the folder cannot be listed: {_why(error)}", file=_shown(folder)) from None

    @cached_property
    def tree(self) -> tuple[tuple[Path, ...], tuple[InputError, ...]]:
        """Every JSON file below the folder, sorted, and a problem for each folder that cannot be listed.

        Links to folders are not followed, so that no link can lead out of the target or in a circle.
        """
        found: list[Path] = []
        problems: list[InputError] = []

        def refuse(error: OSError) -> None:
            shown = _shown(Path(error.filename)) if error.filename else self.shown
            problems.append(InputError(f"the folder cannot be listed: {_why(error)}", file=shown))

        for folder, folders, files in os.walk(self.path, onerror=refuse):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            found += [Path(folder, name) for name in sorted(files) if not name.startswith(".") and _is_json(Path(name))]
            if len(found) > _MOST_FILES:
                raise InputError(
                    f"there are more than {_MOST_FILES:,} JSON files in this folder",
                    file=self.shown,
                    mend="name the folder of one export",
                )
        return tuple(sorted(found, key=_order)), tuple(problems)

    def _check_link(self, path: Path) -> None:
        if self.is_folder and path.is_symlink() and not path.resolve().is_relative_to(self.path.resolve()):
            raise InputError(
                "this symbolic link leaves the folder", file=_shown(path), mend="put the file itself there"
            )

    def digest(self, documents: Iterable[Document]) -> str:
        """sha256 over the bytes of a file, or over the relative names and hashes of a folder's files."""
        if not self.is_folder:
            return next(iter(documents)).sha256
        whole = hashlib.sha256()
        for one in sorted(documents, key=lambda one: one.path.as_posix()):
            whole.update(f"{one.sha256} {one.path.relative_to(self.path).as_posix()}\n".encode())
        return whole.hexdigest()


def files_of(documents: Iterable[Document]) -> Mapping[str, Callable[[], bytes]]:
    """`Snapshot.files`: how to read each source file again, for positions."""
    return {one.file: one.path.read_bytes for one in documents}


def _parse(path: Path) -> Document:
    shown = _shown(path)
    try:
        if path.stat().st_size > json_text.DEFAULT_LIMITS.file_bytes:
            raise json_text.too_large(shown)
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"the file cannot be read: {_why(error)}", file=shown) from None
    if not data.strip():
        raise InputError("the file is empty", file=shown, mend="export it again")
    if b"\0" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")) and not _looks_wide(data):
        raise InputError("the file is binary, not JSON", file=shown, mend="name an export as JSON")
    text = json_text.decode(data, shown)
    if text.lstrip()[:1] == "<":
        raise InputError("the file is HTML or XML, not JSON", file=shown, mend="name the JSON of the export")
    return Document(shown, path, json_text.parse(text, shown), hashlib.sha256(data).hexdigest())


def _looks_wide(data: bytes) -> bool:
    """UTF-16 or UTF-32 without a byte order mark: JSON then has a NUL in each of its first characters."""
    return data[:1] == b"\0" or data[1:2] == b"\0"


def _is_json(path: Path) -> bool:
    return path.suffix.lower() == ".json"


def _order(path: Path) -> tuple[str, str]:
    """The same order on every system, whatever the letter case of its file system means."""
    return path.as_posix().lower(), path.as_posix()


def _shown(path: Path) -> str:
    return path.as_posix()


def _why(error: OSError | ValueError) -> str:
    """The system's own words for the fault, in lower case and without the path, which is named already."""
    text = getattr(error, "strerror", None) or str(error) or "unknown fault"
    return text[:1].lower() + text[1:]

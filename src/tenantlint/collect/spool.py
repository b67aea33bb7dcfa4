"""What a run has read so far, on disk: nothing large is held in memory, and an interrupted run can go on.

A SQLite file in a private folder beside the snapshot to be, `.NAME.tenantlint-collect/`. Every batch is one
transaction, so that a kill at any moment leaves whole batches. SQLite's own lock, held as long as the file is open,
keeps a second run out. The folder goes away when the snapshot is written.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Self

from tenantlint.collect.spool_base import HEAPS, Heap, Transaction, connect
from tenantlint.errors import InputError, UsageError
from tenantlint.model import CollectionStatus, JsonObject
from tenantlint.snapshot import canonical
from tenantlint.snapshot.catalog import identity_of, spec_of

OLDEST = timedelta(hours=24)  # a snapshot is one moment: what is older is not continued
_FILE = "spool.sqlite3"
_FORMAT = 1
_FETCHED = 500  # rows held at a time while reading
_LARGE = 1024 * 1024  # bytes of a line
_INSERT = "INSERT OR IGNORE INTO rows (collection, identity, line) VALUES (?, ?, ?)"
_INSERT_LARGE = "INSERT OR IGNORE INTO rows (collection, identity, line) VALUES (?, ?, zeroblob(?))"
_TABLES = """
CREATE TABLE said (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE rows (number INTEGER PRIMARY KEY, collection TEXT NOT NULL, identity BLOB NOT NULL, line BLOB NOT NULL);
CREATE UNIQUE INDEX rows_identity ON rows (collection, identity);
CREATE TABLE finished (
    collection TEXT PRIMARY KEY, status TEXT NOT NULL, detail TEXT NOT NULL, left_out INTEGER NOT NULL
);
CREATE TABLE scratch (owner TEXT NOT NULL, word TEXT NOT NULL, PRIMARY KEY (owner, word)) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Encoded:
    """An object as its canonical line already, for one that is too large to be held as an object."""

    identity: str
    line: bytes | bytearray


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a batch. `repeated`: the identity of an object that was there already; `changed`: its content
    was another. `nameless`: how many had nothing that identifies them, and were left out.
    """

    repeated: str = ""
    changed: bool = False
    nameless: int = 0


@dataclass(frozen=True, slots=True)
class Finished:
    """How a collection ended."""

    status: CollectionStatus
    detail: str = ""
    left_out: int = 0


class Spool:
    """Use as a context manager; `discard` when the snapshot is written.

    `started`: when its first run began. `resumed`: whether it holds the work of an earlier run. `discarded`: when the
    interrupted run began whose work was thrown away, if there was one.
    """

    def __init__(self, out: Path, options: Mapping[str, str], *, now: datetime, resume: bool = False) -> None:
        """Open the spool of the snapshot that is to be at `out`.

        `options`: whatever must be the same for a run that goes on where another stopped. Raises UsageError when
        another run has it, and, with `resume`, when what is there cannot be continued. A disk that is full ends
        every method that writes with SpoolError.
        """
        target = out.resolve()
        self.folder = target.with_name(f".{target.name}.tenantlint-collect")
        self._shown = out.as_posix()
        self.resumed = False
        self.discarded: datetime | None = None
        self._heaps = 0
        self._base = self._open(resume=resume)
        try:
            self.started = self._settle(options, now, resume=resume)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """What is there stays, for `--resume`."""
        self._base.close()

    def discard(self) -> None:
        """Close it and remove its files."""
        self.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def said(self, name: str) -> str | None:
        """What `say` kept under the name."""
        row = self._base.execute("SELECT value FROM said WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    def say(self, name: str, value: str) -> None:
        """Keep a word about the run as a whole."""
        with Transaction(self._base):
            self._base.execute("INSERT OR REPLACE INTO said VALUES (?, ?)", (name, value))

    def begin(self, collection: str) -> None:
        """Forget all that was read of the collection."""
        with Transaction(self._base):
            self._base.execute("DELETE FROM rows WHERE collection = ?", (collection,))
            self._base.execute("DELETE FROM finished WHERE collection = ?", (collection,))

    def add(self, collection: str, items: Iterable[JsonObject | Encoded]) -> Added:
        """Keep a batch. Of two objects with one identity the first is kept. Raises InputError as `canonical` does."""
        spec = spec_of(collection)
        repeated, changed, nameless = "", False, 0
        with Transaction(self._base):
            for item in items:
                if isinstance(item, Encoded):
                    identity, line = item.identity, item.line
                else:
                    identity, line = identity_of(spec, item), canonical.line(item)
                if not identity:
                    nameless += 1
                    continue
                key = _key(identity)
                if not self._insert(collection, key, line):
                    repeated = repeated or identity
                    changed = changed or self._line(collection, key) != line
        return Added(repeated, changed, nameless)

    def finish(self, collection: str, how: Finished) -> None:
        """The collection has ended; a run that goes on may take it over."""
        with Transaction(self._base):
            self._base.execute(
                "INSERT OR REPLACE INTO finished VALUES (?, ?, ?, ?)",
                (collection, how.status.value, how.detail, how.left_out),
            )

    def finished(self, collection: str) -> Finished | None:
        """How the collection ended, None when it has not."""
        row = self._base.execute(
            "SELECT status, detail, left_out FROM finished WHERE collection = ?", (collection,)
        ).fetchone()
        return None if row is None else Finished(CollectionStatus(row[0]), row[1], row[2])

    def count(self, collection: str) -> int:
        """How many objects are kept of the collection."""
        row = self._base.execute("SELECT count(*) FROM rows WHERE collection = ?", (collection,)).fetchone()
        return int(row[0])

    def lines(self, collection: str) -> Iterator[tuple[str, bytes]]:
        """Identity and canonical line of each object, in the order of identities."""
        found = self._base.execute(
            "SELECT identity, number FROM rows WHERE collection = ? ORDER BY identity", (collection,)
        )
        # Lines are looked up one by one: SQLite would sort whole lines, and some are tens of megabytes.
        while rows := found.fetchmany(_FETCHED):
            for identity, number in rows:
                with self._base.blobopen("rows", "line", number, readonly=True) as blob:
                    line = blob.read()
                # Outside: one who stops early must leave nothing open.
                yield identity.decode("utf-8", "surrogatepass"), line

    def objects(self, collection: str) -> Iterator[JsonObject]:
        """The objects in the order of their identity."""
        for _, line in self.lines(collection):
            yield json.loads(line)

    def digest(self, collection: str) -> str:
        """The same for the same objects, in whatever order they came."""
        found = hashlib.sha256()
        for _, line in self.lines(collection):
            found.update(line)
        return found.hexdigest()

    def note(self, owner: str, words: Iterable[str]) -> list[str]:
        """Put words into a named set on disk, and give those that were not in it."""
        with Transaction(self._base):
            return [
                word
                for word in words
                if self._base.execute("INSERT OR IGNORE INTO scratch VALUES (?, ?)", (owner, word)).rowcount
            ]

    def forget(self, owner: str) -> None:
        """Empty a set."""
        with Transaction(self._base):
            self._base.execute("DELETE FROM scratch WHERE owner = ?", (owner,))

    def heap(self) -> Heap:
        """A new, empty heap of words. Heaps are many times quicker to fill than sets."""
        self._heaps += 1
        return Heap(self._base, self._heaps)

    def _insert(self, collection: str, key: bytes, line: bytes | bytearray) -> bool:
        """Whether it was new. A large line goes in piece by piece: SQLite would copy it twice."""
        large = len(line) > _LARGE
        done = self._base.execute(
            _INSERT_LARGE if large else _INSERT,
            (collection, key, len(line) if large else line),
        )
        if done.rowcount and large and done.lastrowid is not None:
            with self._base.blobopen("rows", "line", done.lastrowid) as blob, memoryview(line) as whole:
                for start in range(0, len(line), _LARGE):
                    blob.write(whole[start : start + _LARGE])
        return bool(done.rowcount)

    def _line(self, collection: str, key: bytes) -> bytes:
        row = self._base.execute(
            "SELECT line FROM rows WHERE collection = ? AND identity = ?", (collection, key)
        ).fetchone()
        return bytes(row[0])

    def _open(self, *, resume: bool) -> sqlite3.Connection:
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            file = self.folder / _FILE
            with suppress(FileExistsError):
                os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        except OSError as error:
            reason = (error.strerror or type(error).__name__).lower()
            raise InputError(f"nothing can be written beside the snapshot: {reason}", file=self._shown) from None
        try:
            return connect(file)
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise
            raise UsageError(
                f"Another run is collecting into {self._shown}; wait for it or give another folder."
            ) from None
        except sqlite3.DatabaseError:
            if resume:
                raise self._unusable("is damaged") from None
            file.unlink()
            os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            return connect(file)

    def _settle(self, options: Mapping[str, str], now: datetime, *, resume: bool) -> datetime:
        """When the run that this spool belongs to began: an earlier moment, when this one goes on with it."""
        started = self._earlier()
        if started is not None and resume:
            self._check(options, started, now)
            self.resumed = True
            self._base.execute("DELETE FROM scratch")
            self._base.execute("DELETE FROM heaps")
            return started
        if started is not None:
            self.discarded = started
        with Transaction(self._base):
            for name in ("said", "rows", "finished", "scratch", "heaps"):
                self._base.execute(f"DROP TABLE IF EXISTS {name}")  # the names stand above
            for statement in (_TABLES + HEAPS).split(";"):
                self._base.execute(statement)
            self._base.execute(f"PRAGMA user_version = {_FORMAT}")
            started = now.replace(microsecond=0)
            self.say("started", started.isoformat())
            self.say("options", json.dumps(dict(options), sort_keys=True))
        return started

    def _earlier(self) -> datetime | None:
        if self._base.execute("PRAGMA user_version").fetchone()[0] != _FORMAT:
            return None
        started = self.said("started")
        return None if started is None else datetime.fromisoformat(started)

    def _check(self, options: Mapping[str, str], started: datetime, now: datetime) -> None:
        before: dict[str, str] = json.loads(self.said("options") or "{}")
        differing = sorted(name for name in {*before, *options} if before.get(name) != options.get(name))
        if differing:
            raise self._unusable(f"was started with other options ({', '.join(differing)})")
        if now - started > OLDEST:
            raise self._unusable(f"began at {started.isoformat(timespec='minutes')}, more than a day ago")

    def _unusable(self, why: str) -> UsageError:
        return UsageError(f"The interrupted run into {self._shown} {why}; run without --resume to start anew.")


def _key(identity: str) -> bytes:
    """UTF-8 sorts by bytes as Python sorts text."""
    return identity.encode("utf-8", "surrogatepass")

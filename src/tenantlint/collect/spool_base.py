"""The SQLite file under the spool: its lock, transactions, and heaps of ids that are too many to be held."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from tenantlint.errors import InputError

_CHUNK = 5000  # words
_CACHE = 32 * 1024  # KiB of the file that SQLite may hold
HEAPS = """
CREATE TABLE heaps (number INTEGER PRIMARY KEY, heap INTEGER NOT NULL, kind INTEGER NOT NULL, word TEXT NOT NULL);
CREATE INDEX heaps_heap ON heaps (heap);
"""


def connect(file: Path) -> sqlite3.Connection:
    """Open the file and lock others out until it is closed. Raises sqlite3.OperationalError when it is locked."""
    base = sqlite3.connect(file, timeout=0, isolation_level=None)
    try:
        base.execute("PRAGMA locking_mode = EXCLUSIVE")
        base.execute("PRAGMA journal_mode = WAL")
        base.execute("PRAGMA synchronous = NORMAL")
        base.execute(f"PRAGMA cache_size = -{_CACHE}")
        base.execute("BEGIN EXCLUSIVE")  # takes the lock, which is kept until the file is closed
        base.execute("PRAGMA schema_version")
        base.execute("COMMIT")
    except BaseException:
        base.close()
        raise
    return base


class SpoolError(InputError):
    """The disk is full, or the file is damaged: the whole run ends."""


class Heap:
    """Words of several kinds on disk, put in as they come, and read sorted and without repetition.

    A million random words would take minutes to be kept in order; one sort at the end takes a second.
    """

    def __init__(self, base: sqlite3.Connection, number: int) -> None:
        self._base = base
        self._number = number

    def put(self, words: Iterable[tuple[int, str]]) -> None:
        """Add words, each with its kind: a small number."""
        with Transaction(self._base):
            self._base.executemany(
                "INSERT INTO heaps (heap, kind, word) VALUES (?, ?, ?)",
                ((self._number, kind, word) for kind, word in words),
            )

    def distinct(self) -> int:
        """How many different words there are."""
        row = self._base.execute("SELECT count(DISTINCT word) FROM heaps WHERE heap = ?", (self._number,)).fetchone()
        return int(row[0])

    def chunks(self, *kinds: int) -> Iterator[list[str]]:
        """The words of these kinds, sorted, each once, in lists of thousands. The heap may not change meanwhile."""
        marks = ", ".join("?" * len(kinds))
        found = self._base.execute(
            f"SELECT DISTINCT word FROM heaps WHERE heap = ? AND kind IN ({marks}) ORDER BY word",  # noqa: S608
            (self._number, *kinds),
        )
        while rows := found.fetchmany(_CHUNK):
            yield [row[0] for row in rows]

    def clear(self) -> None:
        """Take everything out."""
        with Transaction(self._base):
            self._base.execute("DELETE FROM heaps WHERE heap = ?", (self._number,))


class Transaction:
    """All or nothing; inside another one it is part of that."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self._base = base
        self._outer = False

    def __enter__(self) -> None:
        self._outer = not self._base.in_transaction
        if self._outer:
            self._base.execute("BEGIN")

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, sqlite3.Error):
            self._give_up()
            raise _full(error) from None
        if not self._outer:
            return
        try:
            self._base.execute("COMMIT" if kind is None else "ROLLBACK")
        except sqlite3.Error as failure:
            self._give_up()
            raise _full(failure) from None

    def _give_up(self) -> None:
        if self._outer and self._base.in_transaction:  # a full disk has rolled back already
            self._base.execute("ROLLBACK")


def _full(error: sqlite3.Error) -> SpoolError:
    return SpoolError(
        f"the work of the run cannot be written: {error}", mend="make room on the disk and run again with --resume"
    )

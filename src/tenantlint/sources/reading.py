"""What a reader gives back: a snapshot, and what it could not read."""

from __future__ import annotations

from dataclasses import dataclass

from tenantlint.errors import InputError
from tenantlint.snapshot import Snapshot


@dataclass(frozen=True)
class Reading:
    """A snapshot in memory, and one problem for each file or object of the source that was left out.

    A problem hides nothing else: what could be read is in the snapshot. `--strict` makes problems fatal.
    """

    snapshot: Snapshot
    problems: tuple[InputError, ...] = ()

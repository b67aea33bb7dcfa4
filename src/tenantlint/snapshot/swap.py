"""Put a folder in the place of another so that a kill at any moment leaves the old or the new, never a mix.

The new folder is written beside the target, `.NAME.tenantlint-new-XXXXXXXX`, and flushed to disk. Then:

- Linux: renameat2(2) with RENAME_EXCHANGE swaps the two names in one step.
- Elsewhere, and on file systems that cannot: the target is renamed to `.NAME.tenantlint-old`, and the new folder
  to the target. A kill between these two leaves no target, and the old one whole under its other name: `current`
  reads it from there, and the next write puts it back first.

What a killed write left behind is removed by the next one. A lock tells it from the work of one still running.
"""

from __future__ import annotations

import os
import secrets
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tenantlint.errors import InputError

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_NEW = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
_BUFFER = 1024 * 1024


def current(target: Path) -> Path:
    """Where the target's content is: at the target, or, after a kill between two renames, under its other name."""
    if target.exists() or not target.name:
        return target
    old = _old(target)
    return old if old.is_dir() else target


@contextmanager
def replacing(target: Path, *, private: bool = False) -> Iterator[Path]:
    """A new folder to write into; it takes the target's place when the block ends without an error.

    `private`: only its owner may look into it; else the target's permissions stay. Raises InputError when the system
    refuses; the target is then as it was.
    """
    staging = target.with_name(f".{target.name}.tenantlint-new-{secrets.token_hex(4)}")
    lock = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if current(target) != target:
            _old(target).rename(target)
        _remove_leftovers(target)
        make_folder(staging, private=private)
        lock = _lock(staging)
        yield staging
        if target.is_dir() and not private:
            shutil.copymode(target, staging)
        _flush_folders(staging)
        _swap(staging, target)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise InputError(
            f"the snapshot cannot be written: {reason}", file=str(target), mend="what was there before still is"
        ) from None
    finally:
        shutil.rmtree(staging, ignore_errors=True)
        _unlock(lock)


def make_folder(path: Path, *, private: bool = False) -> None:
    """Make a new folder; a private one is its owner's alone from the first moment."""
    path.mkdir(mode=0o700 if private else 0o777)


def write_file(path: Path, data: bytes, *, private: bool = False) -> None:
    """Write a new file and have the system put it on the disk."""
    write_stream(path, [data], private=private)


def write_stream(path: Path, pieces: Iterable[bytes], *, private: bool = False) -> None:
    """Write a new file from pieces and have the system put it on the disk; without any piece there is no file."""
    stream = None
    try:
        for piece in pieces:
            if stream is None:
                descriptor = os.open(path, _NEW, 0o600 if private else 0o666)
                stream = os.fdopen(descriptor, "wb", buffering=_BUFFER)
            stream.write(piece)
        if stream is not None:
            stream.flush()
            os.fsync(stream.fileno())
    finally:
        if stream is not None:
            stream.close()


def _swap(staging: Path, target: Path) -> None:
    if not target.exists():
        staging.rename(target)
    elif not _exchange(staging, target):
        old = _old(target)
        target.rename(old)
        try:
            staging.rename(target)
        except OSError:
            old.rename(target)
            raise
        _flush(target.parent)
        shutil.rmtree(old, ignore_errors=True)
    _flush(target.parent)


def _exchange(one: Path, other: Path) -> bool:
    """Swap two names in one step; False where the system or the file system has no such thing."""
    if sys.platform != "linux":
        return False
    import ctypes

    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    done = rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), ctypes.c_uint(_RENAME_EXCHANGE))
    return bool(done == 0)


def _old(target: Path) -> Path:
    return target.with_name(f".{target.name}.tenantlint-old")


def _remove_leftovers(target: Path) -> None:
    shutil.rmtree(_old(target), ignore_errors=True)
    prefix = f".{target.name}.tenantlint-new-"
    for path in sorted(target.parent.iterdir()):
        if path.name.startswith(prefix):
            lock = _lock(path)
            if lock is not None:
                shutil.rmtree(path, ignore_errors=True)
            _unlock(lock)


def _lock(folder: Path) -> int | None:
    """A lock on a folder, held as long as this process lives; None when another one has it, or there are none."""
    if sys.platform == "win32":
        return None
    import fcntl

    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        return None
    return descriptor


def _unlock(descriptor: int | None) -> None:
    if descriptor is not None:
        os.close(descriptor)


def _flush_folders(folder: Path) -> None:
    for path, _, _ in os.walk(folder, topdown=False):
        _flush(Path(path))


def _flush(folder: Path) -> None:
    """Put a folder's list of names on the disk. Windows cannot, and needs it not: NTFS keeps a journal of them."""
    if sys.platform == "win32":
        return
    with suppress(OSError):  # some network file systems refuse it
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

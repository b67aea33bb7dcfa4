"""The key of the pseudonyms: a file that stays with its owner."""

from __future__ import annotations

import hmac
import os
import secrets
import stat
import sys
from dataclasses import dataclass
from pathlib import Path

from tenantlint.errors import InputError, UsageError

_LEAST_BYTES = 32
_LEAST_DIFFERENT = 8
_MOST_BYTES = 65_536


@dataclass(frozen=True, slots=True, repr=False)
class Key:
    """A key. `created`: the file was not there and has just been made. `readable_by_others`: by its permissions."""

    secret: bytes
    created: bool = False
    readable_by_others: bool = False

    @property
    def fingerprint(self) -> str:
        """16 hexadecimal digits that tell two keys apart and give away neither."""
        return hmac.digest(self.secret, b"tenantlint key fingerprint", "sha256").hex()[:16]


def open_key(path: Path) -> Key:
    """The key in a file; where there is no file, a random one is made, which only its owner may read.

    Raises UsageError for a path that cannot hold a key, InputError for a key that is too short to be one.
    """
    try:
        return _read(path)
    except FileNotFoundError:
        return _create(path)
    except OSError as error:
        raise UsageError(f"{path.as_posix()}: the key cannot be read: {error.strerror or error}.") from None


def check_place(key: Path, snapshot: Path) -> None:
    """Refuse a key inside the snapshot, where it would be passed on with what it protects. Raises UsageError."""
    if key.absolute().resolve().is_relative_to(snapshot.absolute().resolve()):
        raise UsageError(f"{key.as_posix()}: the key would lie in the snapshot; keep it somewhere else.")


def _read(path: Path) -> Key:
    with path.open("rb") as stream:
        mode = os.fstat(stream.fileno()).st_mode
        secret = stream.read(_MOST_BYTES + 1).strip()
    if len(secret) < _LEAST_BYTES or len(set(secret)) < _LEAST_DIFFERENT or len(secret) > _MOST_BYTES:
        raise InputError(
            f"this is no key: it takes {_LEAST_BYTES} to {_MOST_BYTES:,} bytes that nobody can guess",
            file=path.as_posix(),
            mend="name a file that is not there, and one is made",
        )
    # Windows has no such bits: there the folder's access list decides.
    readable = sys.platform != "win32" and bool(mode & (stat.S_IRGRP | stat.S_IROTH))
    return Key(secret, readable_by_others=readable)


def _create(path: Path) -> Key:
    text = secrets.token_hex(_LEAST_BYTES).encode()
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as stream:
            stream.write(text + b"\n")
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        raise UsageError(f"{path.as_posix()}: the key cannot be made: {error.strerror or error}.") from None
    return Key(text, created=True)

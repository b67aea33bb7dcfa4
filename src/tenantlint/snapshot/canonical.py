"""The bytes that a snapshot is made of: one state of a tenant, one sequence of bytes."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping

from tenantlint.errors import InputError
from tenantlint.model import Json

_PRETTY = json.JSONEncoder(indent=2, sort_keys=True, ensure_ascii=False, allow_nan=False)
_COMPACT = json.JSONEncoder(separators=(",", ":"), sort_keys=True, ensure_ascii=False, allow_nan=False)
# What a server adds to an answer, which is no state of the tenant: annotations of OData 4.01, part 11.
_NOISE = ("@odata.context", "@odata.etag")
_SURROGATE = re.compile("[\ud800-\udfff]")


def pretty(value: Json) -> bytes:
    """A file of one object: keys sorted, two spaces, UTF-8, a line feed at the end; transport noise dropped."""
    return _encoded(_PRETTY, value)


def line(value: Json) -> bytes:
    """One line of a JSON Lines file: keys sorted, no spaces, UTF-8, a line feed; transport noise dropped."""
    return _encoded(_COMPACT, value)


def without_noise(value: Json) -> Json:
    """The value without `@odata.context` and `@odata.etag`, at any depth, also on a property (`x@odata.context`)."""
    if isinstance(value, Mapping):
        return {key: without_noise(child) for key, child in value.items() if not key.endswith(_NOISE)}
    if isinstance(value, list | tuple):
        return [without_noise(child) for child in value]
    return value


def folder_seal(files: Iterable[tuple[str, str]]) -> str:
    """The sha256 of a folder, from (file name, sha256 of the file): over the lines that `sha256sum *.json` prints.

    So that anybody can verify it: `cd FOLDER && LC_ALL=C sha256sum *.json | sha256sum`.
    """
    lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(files))
    return hashlib.sha256(lines.encode("utf-8")).hexdigest()


def _encoded(encoder: json.JSONEncoder, value: Json) -> bytes:
    try:
        text = encoder.encode(value)
        if any(noise in text for noise in _NOISE):
            text = encoder.encode(without_noise(value))
    except ValueError:
        raise InputError(
            "an object holds NaN or an infinity, which JSON cannot say", mend="give a number or null"
        ) from None
    try:
        return text.encode("utf-8") + b"\n"
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text).encode("utf-8") + b"\n"

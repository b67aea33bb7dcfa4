"""From the spellings of exporters to the service's own JSON: key case, dates, annotations.

Values are never touched except dates: an enum member that an exporter wrote in another letter case stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from tenantlint.model import Json

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DATE = re.compile(r"/Date\((-?\d+)(?:[+-]\d{4})?\)/")


def graph_name(key: str) -> str:
    """PowerShell's `DisplayName` as Graph's `displayName`; annotations such as `@odata.type` stay."""
    return key[:1].lower() + key[1:]


def restate(value: Json, rename: Callable[[str], str] | None = None) -> Json:
    """The value with dates as RFC 3339 and without transport noise; every key renamed by `rename`, if given.

    Noise is what OData and Exchange write beside the object: `@odata.context`, `x@odata.type`, `x@data.type`,
    actions such as `#microsoft.graph.restore`. An object's own `@odata.type` stays: it tells kinds apart. Where
    two keys fall together after renaming, the first one counts.
    """
    if isinstance(value, Mapping):
        moment = _wrapped_date(value)
        if moment is not None:
            return moment
        found: dict[str, Any] = {}
        for key, child in value.items():
            if not _is_noise(key):
                found.setdefault(rename(key) if rename else key, restate(child, rename))
        return found
    if isinstance(value, list):
        return [restate(child, rename) for child in value]
    if isinstance(value, str) and value.startswith("/Date("):
        return rfc3339(value)
    return value


def rfc3339(text: str) -> str:
    """`/Date(1777406310050)/`, milliseconds since 1970 as Windows PowerShell writes them, as RFC 3339 in UTC.

    Any other text, and a number beyond the year 9999, comes back unchanged.
    """
    match = _DATE.fullmatch(text)
    if match is None:
        return text
    try:
        found = _EPOCH + timedelta(milliseconds=int(match[1]))
    except OverflowError:
        return text
    precision = "milliseconds" if found.microsecond else "seconds"
    return found.replace(tzinfo=None).isoformat(timespec=precision) + "Z"


def moment(text: object) -> datetime | None:
    """A moment as exporters write it, in UTC; None for anything else. Without an offset it is taken as UTC."""
    if not isinstance(text, str):
        return None
    try:
        found = datetime.fromisoformat(rfc3339(text.strip()))
    except ValueError:
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def items_of(value: Json) -> list[tuple[str, Mapping[str, Any]]]:
    """The objects of a value that should be a list, each with its JSON pointer inside the value.

    PowerShell writes a list of one as the bare object, and an empty one as `[null]` or null.
    """
    if isinstance(value, Mapping):
        return [("", value)]
    if isinstance(value, list):
        return [(f"/{index}", child) for index, child in enumerate(value) if isinstance(child, Mapping)]
    return []


def pointer_token(key: str) -> str:
    """A key as a token of a JSON pointer (RFC 6901)."""
    return key.replace("~", "~0").replace("/", "~1")


def lookup(mapping: Mapping[str, Any], key: str) -> tuple[str, Any] | None:
    """The entry whose key is the given one in any letter case, with the spelling found; the exact one first."""
    if key in mapping:
        return key, mapping[key]
    folded = key.lower()
    return next(((found, value) for found, value in mapping.items() if found.lower() == folded), None)


def _is_noise(key: str) -> bool:
    return ("@" in key and key != "@odata.type") or key.startswith("#")


def _wrapped_date(value: Mapping[str, Any]) -> str | None:
    """Windows PowerShell also writes a date as {"value": "/Date(…)/", "DisplayHint": 2, "DateTime": "…"}."""
    inner = value.get("value")
    if len(value) <= 3 and "DateTime" in value and isinstance(inner, str) and inner.startswith("/Date("):
        return rfc3339(inner)
    return None

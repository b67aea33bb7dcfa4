"""Timestamps as the Graph writes them."""

from __future__ import annotations

from datetime import UTC, datetime


def moment(value: object) -> datetime | None:
    """The moment that a Graph timestamp names, in UTC; None when there is none or it cannot be read.

    The Graph gives ISO 8601 with up to seven fractional digits. A timestamp without an offset is UTC.
    """
    if not isinstance(value, str) or not value:
        return None
    try:
        parsed = datetime.fromisoformat(value)
        return parsed.replace(tzinfo=UTC) if parsed.tzinfo is None else parsed.astimezone(UTC)
    except (ValueError, OverflowError):
        return None

"""A clock that stands until somebody sleeps."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

_START = datetime(2026, 11, 16, 4, 0, tzinfo=UTC)


class VirtualClock:
    """Sleeping costs no time and moves the clock."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def monotonic(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        self.seconds += seconds
        await asyncio.sleep(0)

    def now(self) -> datetime:
        return _START + timedelta(seconds=self.seconds)

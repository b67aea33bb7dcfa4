"""Time as the emulator sees it, so that tests can give it theirs."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """The same three methods as the collector's clock: one object serves both in a test."""

    def monotonic(self) -> float:
        """Seconds since some moment."""

    async def sleep(self, seconds: float) -> None:
        """Come back after so many seconds."""

    def now(self) -> datetime:
        """The time of day, with a zone."""


class RealClock:
    """The machine's clock."""

    def monotonic(self) -> float:
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    def now(self) -> datetime:
        return datetime.now(UTC)


class ClockOfTheDay(RealClock):
    """The machine's clock, set to the day of a snapshot: logs go back only so far."""

    def __init__(self, day: datetime) -> None:
        self._day = day

    def now(self) -> datetime:
        return self._day

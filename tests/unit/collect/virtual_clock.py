"""Time that stands still until nobody has anything left to do, and then jumps to whoever sleeps the shortest."""

from __future__ import annotations

import asyncio
import heapq
import itertools
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

_T = TypeVar("_T")
_START = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


class VirtualClock:
    """A `clock.Clock` for tests without a network: hours pass in no time, and many sleepers wake in the right order."""

    def __init__(self) -> None:
        self.time = 0.0
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._count = itertools.count()

    def monotonic(self) -> float:
        return self.time

    def now(self) -> datetime:
        return _START + timedelta(seconds=self.time)

    async def sleep(self, seconds: float) -> None:
        woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self.time + max(0.0, seconds), next(self._count), woken))
        await woken

    def run(self, work: Coroutine[Any, Any, _T]) -> _T:
        """The result of the work, run to its end on this clock. Work that waits for nothing that comes is an error."""
        return asyncio.run(self._drive(work))

    async def _drive(self, work: Coroutine[Any, Any, _T]) -> _T:
        task = asyncio.ensure_future(work)
        try:
            while not task.done():
                await self._settle()
                if not task.done():
                    self._wake_next()
        finally:
            task.cancel()
        return await task

    @staticmethod
    async def _settle() -> None:
        loop: Any = asyncio.get_running_loop()
        await asyncio.sleep(0)
        while loop._ready:
            await asyncio.sleep(0)

    def _wake_next(self) -> None:
        while self._sleepers:
            moment, _, woken = heapq.heappop(self._sleepers)
            if not woken.done():
                self.time = max(self.time, moment)
                woken.set_result(None)
                return
        raise AssertionError("everybody waits, and nobody sleeps")

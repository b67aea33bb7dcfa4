"""Ctrl-C and kill, for a command that works in an event loop."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

_T = TypeVar("_T")
_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@dataclass(frozen=True, slots=True)
class Interruption:
    """The signal that ended the work."""

    number: int

    @property
    def exit_code(self) -> int:
        """As shells count it: 130 for ctrl-C, 143 for a kill."""
        return 128 + self.number

    @classmethod
    def by_keyboard(cls) -> Interruption:
        """By ctrl-C."""
        return cls(int(signal.SIGINT))


def run(work: Coroutine[Any, Any, _T]) -> _T | Interruption:
    """Run the work to its end, or until a signal comes: then it is cancelled, and may tidy up.

    A second signal does not wait for that.
    """
    stopped: list[int] = []

    async def watched() -> _T:
        task = asyncio.current_task()
        loop = asyncio.get_running_loop()

        def stop(number: int) -> None:
            if stopped or task is None:
                raise KeyboardInterrupt
            stopped.append(number)
            task.cancel()

        for number in _SIGNALS:
            # Windows has no such handlers: there ctrl-C comes as a KeyboardInterrupt, and the runner cancels the work.
            with suppress(NotImplementedError, RuntimeError, ValueError):
                loop.add_signal_handler(number, stop, number)
        return await work

    try:
        return asyncio.run(watched())
    except (asyncio.CancelledError, KeyboardInterrupt):
        return Interruption(stopped[0]) if stopped else Interruption.by_keyboard()

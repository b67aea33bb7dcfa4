"""What walks may cost, in operations and not in seconds, so that the same policies always get the same answer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

DEFAULT_LIMIT = 120_000
# What a state may cost on average, in operations of about a microsecond.
_OPERATIONS = 16


class TooHardError(Exception):
    """The walk would need more states than its limit."""


class Budget:
    """What walks may still cost together: so many states of common size."""

    def __init__(self, limit: int) -> None:
        self._left = limit * _OPERATIONS

    def spend(self, operations: int) -> None:
        """Raises TooHardError when nothing is left."""
        self._left -= operations
        if self._left < 0:
            raise TooHardError

    @contextmanager
    def share(self, among: int) -> Iterator[Budget]:
        """One of so many equal parts of what is left; what is not spent of it comes back at the end."""
        part = Budget(0)
        part._left = given = max(self._left, 0) // among
        try:
            yield part
        finally:
            self._left -= given - max(part._left, 0)

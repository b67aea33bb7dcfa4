"""How long an area, and the whole run, may take."""

from __future__ import annotations

from dataclasses import dataclass

from tenantlint.collect.clock import Clock


@dataclass(frozen=True, slots=True)
class Allowance:
    """Seconds. An area's time begins with its first call."""

    area: float = 1800.0
    total: float = 3600.0


class Budgets:
    """When time is over, on the clock's own scale. The run's time begins when this is made."""

    def __init__(self, clock: Clock, allowance: Allowance | None = None) -> None:
        self._clock = clock
        self._allowance = allowance or Allowance()
        self._end = clock.monotonic() + self._allowance.total
        self._areas: dict[str, float] = {}

    def deadline(self, area: str) -> float:
        """The moment at which calls of the area end. The first question starts the area's time."""
        if area not in self._areas:
            self._areas[area] = self._clock.monotonic() + self._allowance.area
        return min(self._areas[area], self._end)

    def left(self, area: str) -> float:
        """Seconds left to the area; 0 when its time is over."""
        return max(0.0, self.deadline(area) - self._clock.monotonic())

"""Run a command several times and measure it as the operating system sees it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

_LAUNCHER = Path(__file__).with_name("launch.py")


class CommandFailedError(Exception):
    """The command ended in a way that makes its time worthless."""


@dataclass(frozen=True)
class Measured:
    """One value a run: wall time and processor time in seconds, peak resident set in bytes.

    Where the system does not tell the last two, the processor time is the wall time and the peak is 0.
    """

    seconds: tuple[float, ...]
    cpu_seconds: tuple[float, ...]
    peak_bytes: tuple[int, ...]

    @property
    def median(self) -> float:
        return median(self.seconds)

    @property
    def cpu(self) -> float:
        """The median of processor time."""
        return median(self.cpu_seconds)

    @property
    def spread(self) -> str:
        """The fastest and the slowest run, and the processor time, which a busy machine changes little."""
        least, most = _shown(min(self.seconds)), _shown(max(self.seconds))
        return f"{least} to {most}, processor {_shown(self.cpu)}"

    @property
    def peak(self) -> int:
        return max(self.peak_bytes)


def tenantlint(*arguments: str) -> list[str]:
    """The command line that runs tenantlint in this interpreter's environment."""
    return [sys.executable, "-m", "tenantlint", *arguments]


def measure(command: Sequence[str], *, runs: int, good: Sequence[int] = (0, 1)) -> Measured:
    """Run once to warm the file cache, then `runs` times. Raises CommandFailedError for an exit code not in `good`."""
    return _measured([_once(command, good) for _ in range(runs + 1)])


def measure_alternately(commands: Sequence[Sequence[str]], *, runs: int) -> list[Measured]:
    """Measure several commands in turns, so that a machine that slows down does so for all of them."""
    rounds = [[_once(command, (0, 1)) for command in commands] for _ in range(runs + 1)]
    return [_measured([one[index] for one in rounds]) for index in range(len(commands))]


def _measured(runs: Sequence[tuple[float, float, int]]) -> Measured:
    """All runs but the first, which warmed up."""
    return Measured(*(tuple(column) for column in zip(*runs[1:], strict=True)))


def _once(command: Sequence[str], good: Sequence[int]) -> tuple[float, float, int]:
    done = subprocess.run(
        [sys.executable, "-S", str(_LAUNCHER), *command], check=False, capture_output=True, text=True, errors="replace"
    )
    taken = json.loads(done.stdout)
    if taken["code"] not in good:
        said = done.stderr.strip()[-300:]
        raise CommandFailedError(f"exit code {taken['code']}: {said or 'nothing on stderr'}")
    seconds = taken["seconds"]
    return seconds, seconds if taken["processor"] is None else taken["processor"], taken["peak"]


def _shown(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.2f} s"

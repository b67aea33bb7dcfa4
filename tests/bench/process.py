"""Run a command several times and measure it as the operating system sees it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


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
    with tempfile.TemporaryFile() as errors:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=errors)
        peak, processor = 0, None
        if hasattr(os, "wait4"):
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            peak = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
            processor = usage.ru_utime + usage.ru_stime
        else:
            process.wait()
        seconds = time.perf_counter() - started
        if process.returncode not in good:
            errors.seek(0)
            said = errors.read().decode("utf-8", "replace").strip()[-300:]
            raise CommandFailedError(f"exit code {process.returncode}: {said or 'nothing on stderr'}")
    return seconds, seconds if processor is None else processor, peak


def _shown(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.2f} s"

"""`python -m tests.bench [--runs N] [--install] [--tangled] [--seeds N] [--only check|access|collect]`."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.bench import access, collecting, figures
from tests.bench.figures import Row
from tests.bench.process import CommandFailedError


def main() -> int:
    """Measure, print the table, and tell by the exit code whether every figure was met."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--runs", type=int, default=7, help="runs of each command (default 7; 3 for the big tenant)")
    parser.add_argument("--install", action="store_true", help="measure an installation as well (needs the network)")
    parser.add_argument("--tangled", action="store_true", help="add a big tenant with the worst exclusions")
    parser.add_argument("--only", choices=["check", "access", "collect"], help="one part alone")
    parser.add_argument("--seeds", type=int, default=200, help="runs of the collector under faults (default 200)")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="tenantlint-bench-") as scratch:
        folder = Path(scratch)
        steps: list[tuple[str, Callable[[], list[Row]]]] = []
        if given.only in (None, "check"):
            steps += [
                ("tenantlint --version", lambda: figures.startup(given.runs)),
                ("check of the ScubaGear export", lambda: figures.real_export(given.runs)),
                ("each further check", lambda: figures.extra_check(given.runs, folder / "custom")),
                ("big tenant", lambda: figures.big_tenant(min(3, given.runs), folder / "big")),
            ]
            if given.tangled:
                steps.append(
                    ("tangled tenant", lambda: figures.big_tenant(min(3, given.runs), folder / "tangled", tangled=True))
                )
        if given.only in (None, "access"):
            steps += access.steps(given.runs)
        if given.only in (None, "collect"):
            steps += [
                ("collect of contoso", lambda: collecting.contoso(given.runs, folder / "contoso")),
                ("collect of the big tenant", lambda: collecting.large(folder / "large")),
                ("collect under faults", lambda: collecting.fault_runs(given.seeds, folder / "faults")),
            ]
        if given.install:
            steps.append(("core installation", lambda: figures.installation(folder / "venv")))
        rows, broken = _measure(steps)
    print(table(rows))
    for problem in broken:
        print(problem, file=sys.stderr)
    return 1 if broken or any(row.missed for row in rows) else 0


def _measure(steps: Sequence[tuple[str, Callable[[], list[Row]]]]) -> tuple[list[Row], list[str]]:
    rows: list[Row] = []
    broken: list[str] = []
    for name, step in steps:
        try:
            rows += step()
        except CommandFailedError as error:
            broken.append(f"{name}: {error}")
    return rows, broken


def table(rows: Sequence[Row]) -> str:
    """The rows as a Markdown table."""
    cells = [("figure", "median", "bound", "verdict", "note"), ("---",) * 5]
    for row in rows:
        bound = "" if row.bound is None else f"< {row.bound:g} {row.unit}".strip()
        cells.append((row.what, _shown(row), bound, row.verdict, row.note))
    widths = [max(len(line[column]) for line in cells) for column in range(5)]
    return "\n".join(
        "| "
        + " | ".join(cell.replace("---", "-" * width).ljust(width) for cell, width in zip(line, widths, strict=True))
        + " |"
        for line in cells
    )


def _shown(row: Row) -> str:
    """The value with as many digits as mean something."""
    if row.value is None:
        return ""
    if not row.unit or row.value >= 100:
        return f"{row.value:,.0f} {row.unit}".strip()
    return f"{row.value:.{1 if row.value >= 1 else 3}f} {row.unit}"


if __name__ == "__main__":
    sys.exit(main())

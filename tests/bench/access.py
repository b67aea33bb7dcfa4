"""What Conditional Access analysis costs: questions, What-If, sets that are too hard, and the naive walk beside it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tests.bench import corpus
from tests.bench.figures import REPOSITORY, Row
from tests.bench.hard import HARD
from tests.bench.process import CommandFailedError

_MB = 1_000_000
_ABSENT = "the corpus is not there"
Found = Mapping[str, Any]


def case(name: str, *options: str) -> Found:
    """One measurement in a process of its own. Raises CommandFailedError when it ends badly."""
    command = [sys.executable, "-m", "tests.bench.access_case", name, *options]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=REPOSITORY)
    if done.returncode:
        raise CommandFailedError(done.stderr.strip()[-300:])
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def steps(runs: int) -> list[tuple[str, Callable[[], list[Row]]]]:
    """Every section with its name."""
    return [
        ("questions to 36 policies", lambda: questions(runs)),
        ("questions to 240 policies", lambda: many_policies(runs)),
        ("scaling", lambda: scaling(runs)),
        ("What-If", lambda: what_if(runs)),
        ("sets that are too hard", hard_sets),
        ("Cartesian walk", lambda: cartesian(runs)),
    ]


def questions(runs: int) -> list[Row]:
    """j0eyv's policies over 10,000 people: after load, the first question and the slowest one."""
    what = "36 real policies, 10,000 users"
    if not corpus.present():
        return [Row(f"{what}: slowest question", None, 100, "ms", _ABSENT)]
    found = case("baseline", "--users", "10000", f"--runs={runs}")
    return [
        Row(f"{what}: first question", found["first"] * 1000, 100, "ms", "with the first look at groups and roles"),
        Row(f"{what}: slowest question", _slowest(found) * 1000, 100, "ms", _each(found)),
    ]


def many_policies(runs: int) -> list[Row]:
    """240 policies over 100,000 people: real ones, mixed; synthetic ones; and the worst exclusions."""
    rows: list[Row] = []
    for what, name in (
        ("240 real policies mixed, 100,000 users", "mixed"),
        ("240 synthetic policies, 100,000 users", "big"),
        ("the same with tangled exclusions", "tangled"),
    ):
        if name == "mixed" and not corpus.present():
            rows.append(Row(f"{what}: slowest question", None, 2, "s", _ABSENT))
            continue
        found = case(name, f"--runs={runs}")
        note = f"{'exact' if found['exact'] else 'NOT EXACT'}, {found['classes']:,} classes of people, {_each(found)}"
        rows += [
            Row(f"{what}: first question", found["first"], None, "s", "with the first look at groups and roles"),
            Row(f"{what}: slowest question", _slowest(found), 2, "s", note),
            *_memory(what, found, 1000),
        ]
    return rows


def scaling(runs: int) -> list[Row]:
    """The slowest question as users grow and as policies grow."""
    if not corpus.present():
        return [Row("scaling", None, None, "s", _ABSENT)]
    rows = []
    for users in (10_000, 20_000, 50_000, 100_000):
        found = case("mixed", "--users", str(users), f"--runs={runs}")
        each = _slowest(found) / users * 1e6
        rows.append(Row(f"240 policies, {users:,} users", _slowest(found), None, "s", f"{each:.1f} us a user"))
    for count in (30, 60, 120, 240):
        found = case("mixed", "--users", "20000", "--policies", str(count), f"--runs={runs}")
        note = f"{found['policies']} for users, {found['classes']:,} classes of people"
        rows.append(Row(f"20,000 users, {count} policies", _slowest(found), None, "s", note))
    return rows


def what_if(runs: int) -> list[Row]:
    """From the bytes of a request to those of the answer, with j0eyv's policies."""
    what = "What-If, a request in 36 policies"
    if not corpus.present():
        return [Row(what, None, 100, "us", _ABSENT)]
    found = case("what-if", "--users", "10000", f"--runs={runs}")
    note = f"{1e6 / found['warm']:,.0f} a second; {1e6 / found['cold']:,.0f} when nothing was seen before"
    return [Row(what, found["warm"], 100, "us", note)]


def hard_sets() -> list[Row]:
    """What is too hard is answered as far as it goes, in bounded time and memory."""
    rows: list[Row] = []
    for name in HARD:
        found = case("hard", "--name", name)
        note = "exact" if found["exact"] else "bounded, and says so"
        if found["bounded"]:
            note += f"; {found['bounded']} of {found['applications']} application slices from above"
        rows += [Row(f"hard: {name}", found["seconds"], 10, "s", note), *_memory(f"hard: {name}", found, 1000)]
    return rows


def cartesian(runs: int) -> list[Row]:
    """The same universe walked whole, combination by combination, and by decision diagram."""
    rows = []
    for dimensions in (5, 10):
        found, naive = (case(name, f"--dimensions={dimensions}", f"--runs={runs}") for name in ("cartesian", "naive"))
        agree = f"both: {naive['open']:,} open" if naive["whole"] else f"extrapolated from {naive['combinations']:,}"
        rows += [
            Row(
                f"{dimensions} dimensions, {naive['total']:,} combinations: every one",
                naive["seconds"],
                None,
                "s",
                agree,
            ),
            Row(
                f"{dimensions} dimensions, {naive['total']:,} combinations: tenantlint",
                found["seconds"],
                None,
                "s",
                f"{found['open']:,} open, peak {found['peak'] / _MB:.0f} MB",
            ),
        ]
        if naive["whole"] and naive["open"] != found["open"]:
            raise CommandFailedError(f"the two walks disagree: {naive['open']} and {found['open']} open combinations")
    return rows


def _slowest(found: Found) -> float:
    return max(found["questions"].values())


def _each(found: Found) -> str:
    values = sorted(found["questions"].values())
    return f"{values[0] * 1000:.0f} to {values[-1] * 1000:.0f} ms for {len(values)} questions"


def _memory(what: str, found: Found, bound: float) -> Iterator[Row]:
    if found["peak"]:
        yield Row(f"{what}: peak memory", found["peak"] / _MB, bound, "MB")

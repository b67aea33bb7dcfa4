"""`python -m tests.bench.access_case CASE`: one measurement of Conditional Access analysis in a process of its own.

Prints one JSON object: seconds by name, what was found, and the peak resident set of the process in bytes.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench import cartesian, corpus, hard, requests
from tests.tenants.big import big

from tenantlint.conditional_access.coverage import cover
from tenantlint.conditional_access.evaluate import Evaluator
from tenantlint.conditional_access.questions import Question
from tenantlint.conditional_access.tenant import read_tenant
from tenantlint.jobs.whatif import answers, sign_ins
from tenantlint.snapshot.content import Snapshot
from tenantlint.sources import open_target

# The questions of the contract; the others are only asked by checks.
QUESTIONS = tuple(Question)[:6]
_NAIVE_SECONDS = 60.0
_SAMPLE_SECONDS = 10.0


def questions(snapshot: Snapshot, runs: int) -> dict[str, Any]:
    """Every question `runs` times, and before that one with a tenant that has never been asked anything."""
    loading, tenant = _timed(lambda: read_tenant(snapshot))
    first, found = _timed(lambda: cover(tenant, Question.MFA))
    seconds = {}
    exact = found.exact
    for question in QUESTIONS:
        taken = []
        for _ in range(runs):
            once, found = _timed(lambda question=question: cover(tenant, question))
            taken.append(once)
            exact = exact and not found.unexamined and not found.space.caveats
        seconds[question.value] = median(taken)
    return {
        "load": loading,
        "first": first,
        "questions": seconds,
        "exact": exact,
        "policies": len(tenant.enforced),
        "users": found.users_total,
        "classes": len(found.people.classes),
    }


def baseline(users: int, runs: int) -> dict[str, Any]:
    """j0eyv's policies."""
    return questions(corpus.baseline(users), runs)


def mixed(users: int, count: int, runs: int) -> dict[str, Any]:
    """All real policies of the corpus, mixed."""
    return questions(corpus.mixed(count, users), runs)


def synthetic(users: int, count: int, runs: int, *, tangled: bool) -> dict[str, Any]:
    """A big tenant, read from a folder as a user's would be."""
    with tempfile.TemporaryDirectory(prefix="tenantlint-bench-") as scratch:
        big(Path(scratch) / "tenant", users=users, policies=count, tangled=tangled)
        snapshot = open_target(Path(scratch) / "tenant").snapshot
        for name in ("users", "groups", "group_members"):
            snapshot.items(name)
        return questions(snapshot, runs)


def hard_set(name: str) -> dict[str, Any]:
    """One question to a set that was made to be too hard."""
    tenant = read_tenant(hard.HARD[name]())
    seconds, found = _timed(lambda: cover(tenant, Question.MFA))
    bounded = found.unexamined.bit_count()
    return {
        "seconds": seconds,
        "exact": not found.unexamined and not found.space.caveats,
        "bounded": bounded,
        "applications": len(found.space.applications),
        "caveats": list(found.caveats),
    }


def what_if(users: int, runs: int) -> dict[str, Any]:
    """Microseconds a sign-in, from the bytes of a request to those of the answer; the first run has seen nothing."""
    tenant = read_tenant(corpus.baseline(users))
    lines = [json.dumps(body).encode() for body in requests.bodies(users)]
    evaluator = Evaluator(tenant)

    def answer() -> None:
        for line in answers(evaluator, sign_ins(lines, "requests")):
            line.encode()

    cold, _ = _timed(answer)
    warm = [_timed(answer)[0] for _ in range(runs)]
    return {"cold": cold / len(lines) * 1e6, "warm": median(warm) / len(lines) * 1e6, "sign_ins": len(lines)}


def exact_cartesian(dimensions: int, runs: int) -> dict[str, Any]:
    """`cover` over the universe that the naive walk visits."""
    space = cartesian.TEN if dimensions == 10 else cartesian.FIVE
    tenant = read_tenant(cartesian.snapshot(cartesian.policies(space)))
    taken = []
    for _ in range(runs):
        once, found = _timed(lambda: cover(tenant, Question.MFA, within=cartesian.within(space)))
        taken.append(once)
    return {"seconds": median(taken), "open": cartesian.cells(found, space), "exact": not found.unexamined}


def naive_cartesian(dimensions: int) -> dict[str, Any]:
    """The naive walk, whole over five dimensions as far as the time goes, from a sample over ten."""
    space = cartesian.TEN if dimensions == 10 else cartesian.FIVE
    most = _SAMPLE_SECONDS if dimensions == 10 else _NAIVE_SECONDS
    found = cartesian.naive(cartesian.policies(space), space, most)
    return {
        "seconds": found.extrapolated,
        "whole": found.whole,
        "combinations": found.combinations,
        "total": found.total,
        "open": found.open_,
    }


def _timed(run: Callable[[], Any]) -> tuple[float, Any]:
    started = time.perf_counter()
    found = run()
    return time.perf_counter() - started, found


def _cases(given: argparse.Namespace) -> Mapping[str, Callable[[], dict[str, Any]]]:
    users, count, runs = given.users, given.policies, given.runs
    return {
        "baseline": lambda: baseline(users, runs),
        "mixed": lambda: mixed(users, count, runs),
        "big": lambda: synthetic(users, count, runs, tangled=False),
        "tangled": lambda: synthetic(users, count, runs, tangled=True),
        "hard": lambda: hard_set(given.name),
        "what-if": lambda: what_if(users, runs),
        "cartesian": lambda: exact_cartesian(given.dimensions, runs),
        "naive": lambda: naive_cartesian(given.dimensions),
    }


def _peak() -> int:
    """The peak resident set in bytes; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def main() -> int:
    """Measure one case."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("case")
    parser.add_argument("--users", type=int, default=100_000)
    parser.add_argument("--policies", type=int, default=240)
    parser.add_argument("--dimensions", type=int, default=5)
    parser.add_argument("--name", default="")
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args()
    print(json.dumps(_cases(given)[given.case]() | {"peak": _peak()}))
    return 0


if __name__ == "__main__":
    sys.exit(main())

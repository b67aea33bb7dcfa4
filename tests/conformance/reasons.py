"""Why ours and the peer's differ: reasons.toml, matched by policy and by the name of the case."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from tests.conformance.judgement import Judgement

FILE = Path(__file__).with_name("reasons.toml")
VERDICTS = ("peer_wrong", "ours_wrong", "not_comparable")


@dataclass(frozen=True, slots=True)
class Reason:
    """A policy and a pattern over names of cases (`*` and `?`), whose verdict differs, and because of what."""

    policy: str
    name: str
    verdict: str
    because: str

    def explains(self, judged: Judgement) -> bool:
        """Whether the difference is this one."""
        return judged.record.policy == self.policy and fnmatchcase(judged.record.name, self.name)


def read() -> tuple[Reason, ...]:
    """Every reason. Raises KeyError or ValueError for an entry that is not whole."""
    found = []
    for told in tomllib.loads(FILE.read_text(encoding="utf-8")).get("reason", []):
        reason = Reason(told["policy"], told["name"], told["verdict"], told["because"])
        if reason.verdict not in VERDICTS or not reason.because.endswith("."):
            raise ValueError(f"{FILE.name}: {reason.policy} {reason.name}: not a verdict, or not a sentence")
        found.append(reason)
    return tuple(found)


def explain(reasons: Sequence[Reason], judged: Judgement) -> Reason | None:
    """The first reason for the difference; None when nobody has given one."""
    return next((reason for reason in reasons if reason.explains(judged)), None)

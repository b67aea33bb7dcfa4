"""`python -m tests.conformance`: our checks against ScubaGear's own test records.

Exit codes: 0 every difference has its reason; 1 one has none, or a reason explains nothing; 2 no corpus.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tests.conformance import reasons as explanations
from tests.conformance import tables
from tests.conformance.judgement import Answer, Judgement, judge
from tests.conformance.records import CORPUS, PRODUCTS, read


def run(products: list[str]) -> list[Judgement]:
    """Every record of the products, judged."""
    with judge() as judging:
        return [judging.judge(record) for product in products for record in read(product)]


def unexplained(judged: list[Judgement], reasons: tuple[explanations.Reason, ...]) -> list[Judgement]:
    """Differences that no reason explains, and every error, which nothing excuses."""
    return [
        one
        for one in judged
        if one.answer is Answer.ERROR or (one.answer is Answer.DIFFER and explanations.explain(reasons, one) is None)
    ]


def stale(judged: list[Judgement], reasons: tuple[explanations.Reason, ...]) -> list[explanations.Reason]:
    """Reasons that explain no difference any more, of policies that were judged."""
    policies = {one.record.policy for one in judged if one.answer is not Answer.NO_CHECK}
    used = {explanations.explain(reasons, one) for one in judged if one.answer is Answer.DIFFER}
    return [reason for reason in reasons if reason.policy in policies and reason not in used]


def main(arguments: list[str] | None = None) -> int:
    """Print the figures and what is unexplained; with --write, the whole page."""
    parser = argparse.ArgumentParser(prog="python -m tests.conformance", description=__doc__)
    parser.add_argument("--product", action="append", choices=list(PRODUCTS), help="only this one (repeatable)")
    parser.add_argument("--policy", help="show every record of this policy")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the tables as Markdown")
    told = parser.parse_args(arguments)
    if not CORPUS.is_dir():
        print(f"There is no corpus at {CORPUS}.", file=sys.stderr)
        return 2
    judged = run(told.product or list(PRODUCTS))
    reasons = explanations.read()
    for line in tables.summary(judged):
        print(line)
    for one in judged:
        if one.record.policy == told.policy:
            print(f"{one.answer.value}: {one.record.name}, peer {'met' if one.record.met else 'not met'}; {one.told}")
    open_, unused = unexplained(judged, reasons), stale(judged, reasons)
    for one in open_:
        peer = "met" if one.record.met else "not met"
        print(f"{one.answer.value} {one.record.policy} {one.record.name}: peer {peer}; {one.told}")
    for reason in unused:
        print(f"reasons.toml: {reason.policy} {reason.name} explains nothing any more.")
    if told.write:
        told.write.write_text(tables.text(judged, reasons), encoding="utf-8", newline="\n")
    return 1 if open_ or unused else 0


if __name__ == "__main__":
    raise SystemExit(main())

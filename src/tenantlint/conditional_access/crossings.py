"""People who are in two unknown groups at once, and so left out by policies that each exclude only one of them.

Where the directory is not known, a person stands for each name that a policy uses. Two groups that different
policies exclude may share a member, for whom neither person stands. Three groups at once are not examined; the
answer says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, product

from tenantlint.conditional_access.boxes import PolicyBox
from tenantlint.conditional_access.people import Name, names_of

MOST = 200
CUT = f"More than {MOST} pairs of unknown groups are excluded by different policies: only that many are examined."


def crossings(boxes: Sequence[PolicyBox]) -> tuple[frozenset[Name], ...]:
    """Pairs of excluded groups or roles of policies that can hold one sign-in, in a fixed order; at most MOST."""
    broad = [(box, _excluded(box)) for box in boxes if box.policy.include.all]
    found: set[frozenset[Name]] = set()
    for (one, mine), (other, theirs) in combinations(broad, 2):
        if mine and theirs and not mine & theirs and _meet(one, other):
            found |= {frozenset(pair) for pair in product(mine, theirs)}
    return tuple(sorted(found, key=sorted))[:MOST]


def _excluded(box: PolicyBox) -> frozenset[Name]:
    return frozenset(name for name in names_of(box.policy.exclude) if name[0] in {"group", "role"})


def _meet(one: PolicyBox, other: PolicyBox) -> bool:
    return all(mine & theirs for mine, theirs in zip(one.masks, other.masks, strict=True))

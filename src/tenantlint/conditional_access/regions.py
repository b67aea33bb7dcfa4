"""Regions of the universe with the people for whom they are open: merged, disjoint, in a fixed order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from tenantlint.conditional_access.walk import Region

# The residuals of one side of a walk.
NOT_CERTAIN, OPEN = 0, 1
# How many sets of people times regions are merged set by set.
_EFFORT = 1_000_000


@dataclass(frozen=True, slots=True)
class Open:
    """A product of atoms that is open to the classes of people in `users`; `certain`: whatever the unknowns are."""

    masks: tuple[int, ...]
    users: int
    certain: bool


def opened(regions: Iterable[Region], unsure: int) -> list[Open]:
    """Each region as what is certainly open in it and what hangs on something. `unsure`: classes whose existence
    is itself not known.
    """
    found = []
    for region in regions:
        certain = region.residuals[OPEN] & ~unsure
        depends = region.residuals[NOT_CERTAIN] & ~certain
        found += [Open(region.masks, certain, certain=True)] if certain else []
        found += [Open(region.masks, depends, certain=False)] if depends else []
    return found


def placed(regions: Iterable[Open], within: tuple[int, ...]) -> list[Open]:
    """The regions in order, those uncertain that have no point within these masks (Universe.placed)."""
    found = [
        one if all(mine & sure for mine, sure in zip(one.masks, within, strict=True)) else replace(one, certain=False)
        for one in regions
    ]
    return _ordered(found)


def merged(regions: list[Open]) -> list[Open]:
    """The same points in fewer and plainer regions: for people with the same openings these are merged among
    themselves, and what is then open alike to several of them is one region.

    Deterministic and disjoint, not minimal. Where people have too many different openings, all are merged at once.
    """
    alike = _alike(regions)
    if len(alike) * len(regions) > _EFFORT:
        return _ordered(_greedy(regions))
    found: list[Open] = []
    for users in alike:
        found += _greedy([replace(one, users=users) for one in regions if one.users & users])
    return _ordered(_merged_users(found))


def _alike(regions: Iterable[Open]) -> list[int]:
    """The people of all regions, divided into sets of those who are in the same regions."""
    found: list[int] = []
    for one in regions:
        fresh = one.users
        for index, users in enumerate(found):
            fresh &= ~users
            inside = users & one.users
            if inside and inside != users:
                found[index] = inside
                found.append(users & ~inside)
        if fresh:
            found.append(fresh)
        if len(found) > _EFFORT:
            break
    return found


def _greedy(regions: list[Open]) -> list[Open]:
    """Two regions that differ in one dimension alone, or in users alone, become one, in a fixed order of dimensions
    with people last, until nothing changes.
    """
    if not regions:
        return []
    width = len(regions[0].masks)
    while True:
        before = len(regions)
        for dimension in range(width - 1, -1, -1):
            regions = _merged_in(regions, dimension)
        regions = _merged_users(regions)
        if len(regions) == before:
            return regions


def _ordered(regions: Iterable[Open]) -> list[Open]:
    return sorted(regions, key=lambda one: (not one.certain, one.masks, one.users))


def _merged_in(regions: list[Open], dimension: int) -> list[Open]:
    found: dict[tuple[tuple[int, ...], int, bool], int] = {}
    for one in regions:
        rest = (*one.masks[:dimension], *one.masks[dimension + 1 :])
        key = (rest, one.users, one.certain)
        found[key] = found.get(key, 0) | one.masks[dimension]
    return [
        Open((*rest[:dimension], mask, *rest[dimension:]), users, certain)
        for (rest, users, certain), mask in found.items()
    ]


def _merged_users(regions: list[Open]) -> list[Open]:
    found: dict[tuple[tuple[int, ...], bool], int] = {}
    for one in regions:
        key = (one.masks, one.certain)
        found[key] = found.get(key, 0) | one.users
    return [Open(masks, users, certain) for (masks, certain), users in found.items()]

"""Regions of the universe with the people for whom they are open: merged, disjoint, in a fixed order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tenantlint.conditional_access.walk import Region

# The residuals of one side of a walk.
NOT_CERTAIN, OPEN = 0, 1
# How many sets of people times regions are merged set by set: fewer when the sets hold more than so many people.
_EFFORT = 200_000
_PEOPLE = 16_384

_Numbered = tuple[tuple[int, ...], int, bool]


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
    if alike is None:
        return _ordered(_greedy(regions))
    found: list[Open] = []
    for users in alike:
        found += _greedy([replace(one, users=users) for one in regions if one.users & users])
    return _ordered(_merged_users(found))


def _alike(regions: Sequence[Open]) -> list[int] | None:
    """The people of all regions, divided into sets of those who are in the same regions; None when too many."""
    found: list[int] = []
    weight = 1 + max((one.users.bit_length() for one in regions), default=0) // _PEOPLE
    for one in regions:
        if len(found) * len(regions) * weight > _EFFORT:
            return None
        fresh = one.users
        for index, users in enumerate(found):
            fresh &= ~users
            inside = users & one.users
            if inside and inside != users:
                found[index] = inside
                found.append(users & ~inside)
        if fresh:
            found.append(fresh)
    return found


def _greedy(regions: Iterable[Open]) -> list[Open]:
    """Two regions that differ in one dimension alone, or in users alone, become one, in a fixed order of dimensions
    with people last, until nothing changes.
    """
    # People by number: sets of a hundred thousand are long to compare.
    people: dict[int, int] = {}
    held = [(one.masks, people.setdefault(one.users, len(people)), one.certain) for one in regions]
    while held:
        before = len(held)
        for dimension in range(len(held[0][0]) - 1, -1, -1):
            held = _merged_in(held, dimension)
        sets = list(people)
        joined: dict[tuple[tuple[int, ...], bool], list[int]] = {}
        for masks, number, certain in held:
            joined.setdefault((masks, certain), []).append(number)
        held = []
        for (masks, certain), numbers in joined.items():
            users = sets[numbers[0]]
            for number in numbers[1:]:
                users |= sets[number]
            held.append((masks, numbers[0] if len(numbers) == 1 else people.setdefault(users, len(people)), certain))
        if len(held) == before:
            break
    sets = list(people)
    return [Open(masks, sets[number], certain) for masks, number, certain in held]


def _ordered(regions: Iterable[Open]) -> list[Open]:
    return sorted(regions, key=lambda one: (not one.certain, one.masks, one.users))


def _merged_in(regions: list[_Numbered], dimension: int) -> list[_Numbered]:
    found: dict[_Numbered, int] = {}
    for masks, people, certain in regions:
        key = ((*masks[:dimension], *masks[dimension + 1 :]), people, certain)
        found[key] = found.get(key, 0) | masks[dimension]
    return [
        ((*rest[:dimension], mask, *rest[dimension:]), people, certain)
        for (rest, people, certain), mask in found.items()
    ]


def _merged_users(regions: list[Open]) -> list[Open]:
    found: dict[tuple[tuple[int, ...], bool], int] = {}
    for one in regions:
        key = (one.masks, one.certain)
        found[key] = found.get(key, 0) | one.users
    return [Open(masks, users, certain) for (masks, certain), users in found.items()]

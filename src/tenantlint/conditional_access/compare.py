"""What a change opens and closes: two tenants (other policies, other locations, another directory) in one walk.

A point is opened when it is certainly open after and was certainly covered before; it may be opened when either
side hangs on an unknown. An unknown that both sides share opens and closes nothing: what it turns out to be, it is on
both sides.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from tenantlint.conditional_access.boxes import PolicyBox, asked_space, policy_boxes
from tenantlint.conditional_access.changes import Change, changes, unmodelled
from tenantlint.conditional_access.coverage import Coverage, listing, outside
from tenantlint.conditional_access.crossings import CUT, MOST, crossings
from tenantlint.conditional_access.people import People, Side
from tenantlint.conditional_access.policy import Policy
from tenantlint.conditional_access.questions import Question
from tenantlint.conditional_access.regions import Open, merged, placed
from tenantlint.conditional_access.slices import Slices, sliced
from tenantlint.conditional_access.tenant import Tenant
from tenantlint.conditional_access.universe import Universe, universe
from tenantlint.conditional_access.walk import DEFAULT_LIMIT, Box, Diagram, Residuals, TooHardError, walk

# Residuals: whom no policy takes for certain and whom none can take, before and after; then whom no policy that
# only one side has may take.
_BEFORE, _BEFORE_OPEN, _AFTER, _AFTER_OPEN, _SHARED = range(5)
_EVERY = 0b1111


@dataclass(frozen=True)
class Comparison:
    """`opened` is read with the tenant after, `closed` with the tenant before; both over one universe.

    `changes`: the policies that were added, removed or changed; a cosmetic change is one that means the same.
    """

    opened: Coverage
    closed: Coverage
    changes: tuple[Change, ...]

    @property
    def same(self) -> bool:
        """Whether nothing is opened or closed, not even perhaps."""
        return not self.opened.regions and not self.closed.regions


def compare(
    before: Tenant,
    after: Tenant,
    question: Question,
    *,
    users: Collection[str] | None = None,
    applications: Sequence[str] | None = None,
    activated: bool = False,
    limit: int = DEFAULT_LIMIT,
) -> Comparison:
    """What the step from `before` to `after` opens and closes for one question, exactly.

    The options are those of `cover`.
    """
    changed = changes(before.policies, after.policies)
    before, after = _told_apart(before, after)
    sides = [Side(one.enforced, one.directory, activated) for one in (before, after)]
    space = universe([(one.enforced, one.locations) for one in (before, after)], applications)
    only = None if users is None else frozenset(one.casefold() for one in users)

    def boxes_of(people: People) -> list[list[PolicyBox]]:
        return [policy_boxes(tenant, side, people, space, question) for side, tenant in enumerate((before, after))]

    people = People(sides, only)
    boxes = boxes_of(people)
    cut = False
    if not people.known and only is None:
        pairs = [crossings(found) for found in boxes]
        cut = any(len(one) == MOST for one in pairs)
        people = People(sides, only, sorted({name for one in pairs for name in one}, key=sorted))
        boxes = boxes_of(people)
    walked = _walked(space, people, question, boxes, limit)
    caveats = [*space.caveats, *walked.caveats, *([CUT] if cut else [])]
    opened, closed = _Differences(people, 1), _Differences(people, 0)
    for side in (opened, closed):
        caveats += side.add(walked.diagrams, space.placed)
    answers = [
        Coverage(
            question=question,
            tenant=tenant,
            people=people,
            space=space,
            boxes=tuple(boxes[side]),
            regions=tuple(placed(merged(found.regions), space.placed)),
            open_users=found.certain,
            depends_users=found.depends & ~found.certain,
            exact=not caveats,
            caveats=tuple(dict.fromkeys(caveats)),
            side=side,
            asked=asked_space(space, question, {}),
            unexamined=walked.unexamined,
        )
        for side, tenant, found in ((1, after, opened), (0, before, closed))
    ]
    return Comparison(answers[0], answers[1], changed)


def _told_apart(before: Tenant, after: Tenant) -> tuple[Tenant, Tenant]:
    """Named locations that changed under one id get a name of their own on each side."""
    ids = before.locations.by_id.keys() & after.locations.by_id.keys()
    changed = [one for one in ids if _extent(before, one) != _extent(after, one)]
    if not changed:
        return before, after
    return (
        replace(before, locations=before.locations.aliased(changed, " (before)")),
        replace(after, locations=after.locations.aliased(changed, " (after)")),
    )


def _extent(tenant: Tenant, identity: str) -> object:
    return replace(tenant.locations.by_id[identity], name="")


def _walked(
    space: Universe, people: People, question: Question, sides: Sequence[Sequence[PolicyBox]], limit: int
) -> Slices:
    boxes = list(_boxes(people, *sides))
    bounds = outside(space, asked_space(space, question, {}), people, _EVERY)
    everybody = people.everybody
    start = (everybody,) * 5
    try:
        whole = walk(space.sizes, [*boxes, *bounds], start, limit, notes=1, idle=_alike)
    except TooHardError:
        unsure = (everybody, 0, everybody, 0, 0)
        return sliced(space, boxes, bounds, (start, unsure), limit, notes=1, idle=_alike)
    return Slices((whole,) if whole else ())


def _alike(residuals: Residuals) -> bool:
    """Whether both sides have come to the same, and only through what both have."""
    before, before_open, after, after_open, shared = residuals
    return before == after and before_open == after_open and shared == before | before_open


def _boxes(people: People, before: Sequence[PolicyBox], after: Sequence[PolicyBox]) -> Iterable[Box]:
    """Boxes that both sides have take from both at once, from whomever is the same on both sides."""
    old, new = _by_meaning(before), _by_meaning(after)
    for meaning, found in (old | new).items():
        alike = people.everybody if found.certain else people.alike(found.policy)
        users, becomes = (side[meaning].users if meaning in side else 0 for side in (old, new))
        shared = users & becomes & alike
        yield Box(found.masks, shared, _EVERY if found.certain else 1 << _BEFORE_OPEN | 1 << _AFTER_OPEN)
        for left, not_certain, perhaps in ((users, _BEFORE, _BEFORE_OPEN), (becomes, _AFTER, _AFTER_OPEN)):
            clears = 1 << perhaps | (1 << not_certain if found.certain else 1 << _SHARED)
            yield Box(found.masks, left & ~shared, clears, differs=True)


def _by_meaning(boxes: Sequence[PolicyBox]) -> dict[object, PolicyBox]:
    """Boxes by all but their users. What an uncertain one hangs on is whatever its policy says."""
    found: dict[object, PolicyBox] = {}
    for one in boxes:
        meaning = (one.masks, one.certain, one.unknowns, None if one.certain else _said(one.policy))
        other = found.get(meaning)
        found[meaning] = one if other is None else replace(one, users=one.users | other.users)
    return found


def _said(policy: Policy) -> tuple[object, ...]:
    grant = policy.grant
    return (
        (policy.include, policy.exclude, policy.applications, policy.locations, policy.device_filter),
        (frozenset(grant.controls), len(grant.controls) == 1 or grant.operator, grant.strength) if grant else None,
        unmodelled(policy),
    )


class _Differences:
    """What the step does in one direction: opening is being open after, closing is having been open before."""

    def __init__(self, people: People, side: int) -> None:
        self._people = people
        self._side = side
        self.regions: list[Open] = []
        self.certain = 0
        self.depends = 0

    def add(self, diagrams: Sequence[Diagram], sure: tuple[int, ...]) -> list[str]:
        """`sure`: the sign-ins from places that certainly exist. Gives the caveats."""
        for diagram in diagrams:
            for terminal in diagram.reached(sure):
                self.certain |= self._of(terminal)[0]
            for terminal in diagram.terminals:
                certain, depends = self._of(terminal)
                self.depends |= certain | depends
        listed, caveats = listing(diagrams, self._differs)
        for region in listed:
            certain, depends = self._of(region.residuals)
            self.regions += [Open(region.masks, certain, certain=True)] if certain else []
            self.regions += [Open(region.masks, depends, certain=False)] if depends else []
        return caveats

    def _differs(self, residuals: Residuals) -> bool:
        return any(self._of(residuals))

    def _of(self, residuals: Residuals) -> tuple[int, int]:
        """Whom the step opens for certain, and whom perhaps."""
        before, before_open, after, after_open, shared = residuals
        if self._side == 0:
            before, before_open, after, after_open = after, after_open, before, before_open
        # Whoever exists on the other side only is no news here; someone new is held against what held before.
        present = self._people.present(self._side)
        opened = after_open & ~before & present
        both_hang = before & ~before_open & after & ~after_open & shared
        perhaps = after & ~before_open & ~opened & ~both_hang & present
        certain = opened & ~self._people.unsure
        return certain, (perhaps | opened) & ~certain

"""Who can sign in how without what a question asks for: exact regions over all policies together."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from types import MappingProxyType

from tenantlint.conditional_access.boxes import PolicyBox, asked_space, policy_boxes
from tenantlint.conditional_access.crossings import CUT, MOST, crossings
from tenantlint.conditional_access.people import People, Side
from tenantlint.conditional_access.policy import Policy
from tenantlint.conditional_access.questions import Question
from tenantlint.conditional_access.regions import NOT_CERTAIN, OPEN, Open, merged, opened, placed
from tenantlint.conditional_access.slices import sliced
from tenantlint.conditional_access.tenant import Tenant
from tenantlint.conditional_access.universe import Universe, universe
from tenantlint.conditional_access.walk import DEFAULT_LIMIT, Box, Diagram, Region, TooHardError, Wanted, walk

MAX_REGIONS = 5_000
_CROSSED = "Group membership is not known: members of three or more of the groups at once are not examined."
_BOTH = 1 << NOT_CERTAIN | 1 << OPEN


@dataclass(frozen=True)
class Coverage:
    """The answer to one question over one tenant.

    `regions`: disjoint, merged, certain ones first; none is missing unless a caveat says so. `open_users` and
    `depends_users`: bit sets over `people.classes` of those with a certainly open region, and of those with only
    regions that hang on something. `exact`: nothing was cut or taken together for lack of time. `side`: which side
    of `people` it is about. `asked`: the part of the universe that the question is about.
    `unexamined`: a bit set over the applications for which the answer is only bounded from above.
    """

    question: Question
    tenant: Tenant
    people: People
    space: Universe
    boxes: tuple[PolicyBox, ...]
    regions: tuple[Open, ...]
    open_users: int
    depends_users: int
    exact: bool = True
    caveats: tuple[str, ...] = ()
    side: int = 0
    asked: tuple[int, ...] = ()
    unexamined: int = 0
    diagrams: tuple[Diagram, ...] = field(default=(), repr=False)

    def open_within(self, masks: Sequence[int]) -> tuple[int, int]:
        """Classes with a certainly open point in a product of atoms, and those with points that hang on something.

        Unlike `regions`, nothing is cut here.
        """
        certain = perhaps = 0
        sure = [mine & existing for mine, existing in zip(masks, self.space.placed, strict=True)]
        for diagram in self.diagrams:
            certain |= diagram.left_within(sure)[OPEN] & ~self.people.unsure
            perhaps |= diagram.left_within(masks)[NOT_CERTAIN]
        return certain, perhaps & ~certain

    @property
    def users_open(self) -> int:
        """How many users have a certainly open region."""
        return self.people.counted(self.open_users)

    @property
    def users_depends(self) -> int:
        """How many users have only regions that depend on something."""
        return self.people.counted(self.depends_users)

    @property
    def users_total(self) -> int:
        return self.people.counted(self.people.everybody)


def cover(
    tenant: Tenant,
    question: Question,
    *,
    users: Collection[str] | None = None,
    applications: Sequence[str] | None = None,
    activated: bool = False,
    within: Mapping[str, Collection[str]] = MappingProxyType({}),
    marks: Sequence[Policy] = (),
    people: People | None = None,
    limit: int = DEFAULT_LIMIT,
) -> Coverage:
    """Answer one question exactly.

    `users`: user ids to narrow it to. `applications`: application ids, suites, user actions or authentication
    contexts to narrow it to. `activated`: as if every eligible role were activated. `within`: tokens of other
    dimensions to narrow it to. `marks`: policies that only tell people apart. `people`: the people of these users,
    roles and marks where they were made before. `limit`: how many states a walk may have before the answer is given
    by slices of applications, and says so.
    """
    policies = tenant.enforced
    only = None if users is None else frozenset(one.casefold() for one in users)
    space = universe([(policies, tenant.locations)], applications)
    side = Side((*policies, *marks), tenant.directory, activated)
    if people is None:
        people = People([side], only)
    found = _answer(tenant, question, people, space, within=within, limit=limit)
    names = crossings(found.boxes) if not people.known and only is None else ()
    if names:
        found = _answer(tenant, question, People([side], only, names), space, within=within, limit=limit)
        found = replace(found, caveats=(*found.caveats, _CROSSED))
        if len(names) == MOST:
            found = replace(found, exact=False, caveats=(*found.caveats, CUT))
    return found


def _answer(
    tenant: Tenant,
    question: Question,
    people: People,
    space: Universe,
    *,
    within: Mapping[str, Collection[str]],
    limit: int,
) -> Coverage:
    found = policy_boxes(tenant, 0, people, space, question)
    asked = asked_space(space, question, within)
    boxes = [Box(one.masks, one.users, _BOTH if one.certain else 1 << OPEN) for one in found]
    bounds = outside(space, asked, people, _BOTH)
    start = (people.everybody, people.everybody)
    caveats = list(space.caveats)
    unexamined = 0
    try:
        whole = walk(space.sizes, [*boxes, *bounds], start, limit)
        diagrams: tuple[Diagram, ...] = () if whole is None else (whole,)
    except TooHardError:
        slices = sliced(space, boxes, bounds, (start, (people.everybody, 0)), limit)
        diagrams, unexamined = slices.diagrams, slices.unexamined
        caveats += slices.caveats
    certain = perhaps = 0
    for diagram in diagrams:
        certain |= diagram.left_within(space.placed)[OPEN] & ~people.unsure
        perhaps |= diagram.left()[NOT_CERTAIN]
    listed, missing = listing(diagrams)
    caveats += missing
    return Coverage(
        question=question,
        tenant=tenant,
        people=people,
        space=space,
        boxes=tuple(found),
        regions=tuple(placed(merged(opened(listed, people.unsure)), space.placed)),
        open_users=certain,
        depends_users=perhaps & ~certain,
        exact=not caveats,
        caveats=tuple(caveats),
        asked=asked,
        unexamined=unexamined,
        diagrams=diagrams,
    )


def listing(diagrams: Sequence[Diagram], wanted: Wanted | None = None) -> tuple[list[Region], list[str]]:
    """The first MAX_REGIONS regions of all diagrams, each with an equal share of them; and what is missing."""
    listed: list[Region] = []
    missing = 0
    for at, diagram in enumerate(diagrams):
        share = (MAX_REGIONS - len(listed)) // (len(diagrams) - at)
        listed += islice(diagram.regions(wanted), share)
        missing += max(diagram.count(wanted) - share, 0)
    told = f"{missing:,} regions are not listed; the numbers of users count them."
    return listed, [told] if missing else []


def outside(space: Universe, asked: tuple[int, ...], people: People, clears: int) -> list[Box]:
    """Boxes that take away all that the question is not about."""
    full = tuple((1 << size) - 1 for size in space.sizes)
    return [
        Box((*full[:at], full[at] & ~mask, *full[at + 1 :]), people.everybody, clears)
        for at, mask in enumerate(asked)
        if mask != full[at]
    ]

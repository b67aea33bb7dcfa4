"""Who can sign in how without what a question asks for: exact regions over all policies together."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from tenantlint.conditional_access.boxes import PolicyBox, asked_space, policy_boxes
from tenantlint.conditional_access.crossings import crossings
from tenantlint.conditional_access.people import People, Side
from tenantlint.conditional_access.policy import Policy
from tenantlint.conditional_access.questions import Question
from tenantlint.conditional_access.regions import NOT_CERTAIN, OPEN, Open, merged, opened, placed
from tenantlint.conditional_access.tenant import Tenant
from tenantlint.conditional_access.universe import Universe, universe
from tenantlint.conditional_access.walk import DEFAULT_LIMIT, Box, Diagram, TooHardError, walk

MAX_REGIONS = 5_000
_CROSSED = "Group membership is not known: members of three or more of the groups at once are not examined."
_BOTH = 1 << NOT_CERTAIN | 1 << OPEN


@dataclass(frozen=True)
class Coverage:
    """The answer to one question over one tenant.

    `regions`: disjoint, merged, certain ones first; none is missing unless a caveat says so. `open_users` and
    `depends_users`: bit sets over `people.classes` of those with a certainly open region, and of those with only
    regions that hang on something. `exact`: nothing was cut or taken together for lack of time. `side`: which side
    of `people` it is about.
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
    boxes += outside(space, asked, people, _BOTH)
    start = (people.everybody, people.everybody)
    caveats = list(space.caveats)
    exact = not caveats
    try:
        diagrams = [walk(space.sizes, boxes, start, limit)]
    except TooHardError:
        exact = False
        diagrams, problem = sliced(space, boxes, start, limit)
        caveats += problem
    raw: list[Open] = []
    certain = perhaps = 0
    for diagram in diagrams:
        if diagram is None:
            continue
        certain |= diagram.left_within(space.placed)[OPEN] & ~people.unsure
        perhaps |= diagram.left()[NOT_CERTAIN]
        count = diagram.count()
        if count > MAX_REGIONS:
            exact = False
            caveats.append(f"{count - MAX_REGIONS:,} regions are not listed; the numbers of users count them.")
        raw += opened((one for one, _ in zip(diagram.regions(), range(MAX_REGIONS), strict=False)), people.unsure)
    return Coverage(
        question=question,
        tenant=tenant,
        people=people,
        space=space,
        boxes=tuple(found),
        regions=tuple(placed(merged(raw), space.placed)),
        open_users=certain,
        depends_users=perhaps & ~certain,
        exact=exact,
        caveats=tuple(caveats),
        diagrams=tuple(one for one in diagrams if one is not None),
    )


def outside(space: Universe, asked: tuple[int, ...], people: People, clears: int) -> list[Box]:
    """Boxes that take away all that the question is not about."""
    full = tuple((1 << size) - 1 for size in space.sizes)
    return [
        Box((*full[:at], full[at] & ~mask, *full[at + 1 :]), people.everybody, clears)
        for at, mask in enumerate(asked)
        if mask != full[at]
    ]


def sliced(
    space: Universe, boxes: Sequence[Box], start: tuple[int, ...], limit: int, *, notes: int = 0
) -> tuple[list[Diagram | None], list[str]]:
    """One walk for each application. What is too hard even so is left out, and a caveat names it."""
    diagrams: list[Diagram | None] = []
    skipped = []
    for at, name in enumerate(space.applications):
        full = tuple((1 << size) - 1 for size in space.sizes)
        others = Box((full[0] & ~(1 << at), *full[1:]), start[0], (1 << len(start)) - 1)
        relevant = [box for box in boxes if box.masks[0] >> at & 1]
        try:
            diagrams.append(walk(space.sizes, [*relevant, others], start, limit // 4, notes=notes))
        except TooHardError:
            skipped.append(name)
    caveats = ["The policies are too many to walk together: the answer was made application by application."]
    if skipped:
        caveats.append(f"Not answered within the limit, so anything may be open there: {', '.join(skipped)}.")
    return diagrams, caveats

"""What enabling a report-only policy would do: who would be blocked at some sign-in, asked for more, locked out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tenantlint.conditional_access.coverage import Coverage
from tenantlint.conditional_access.demands import Demand, as_strong, demands
from tenantlint.conditional_access.ground import BOTH, LEFT, Ground, Masks, Taken, both, inside, meet
from tenantlint.conditional_access.policy import Policy
from tenantlint.conditional_access.questions import Question
from tenantlint.conditional_access.regions import Open
from tenantlint.conditional_access.satisfiable import Obstacle, obstacles
from tenantlint.conditional_access.sign_in import request_body
from tenantlint.conditional_access.walk import Box, TooHardError, walk
from tenantlint.conditional_access.witness import Witnesses
from tenantlint.model import JsonObject


@dataclass(frozen=True, slots=True)
class Example:
    """Sign-ins of which each is an example, and the classes of people whose they are."""

    masks: Masks
    users: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A demand that some sign-ins do not have yet. `users`: certainly; `perhaps`: depending on the unknowns."""

    demand: Demand
    users: int
    perhaps: int
    example: Example | None


@dataclass(frozen=True, slots=True)
class Enabled:
    """What one report-only policy would do. `blocked`: classes for whom a sign-in that goes on today would not.

    `exact`: False when the walk was too hard; then everybody whom the policy reaches is named as perhaps.
    """

    policy: Policy
    blocked: int
    perhaps_blocked: int
    example: Example | None
    asked: tuple[Asked, ...]
    unknowns: tuple[str, ...]
    exact: bool = True

    @property
    def nothing(self) -> bool:
        """Whether enabling it would change no sign-in."""
        return not (self.blocked or self.perhaps_blocked or any(one.users or one.perhaps for one in self.asked))


def enabling(ground: Ground, limit: int = 20_000) -> list[Enabled]:
    """Each report-only policy as if it alone were enabled, in the order of the policies."""
    standing = obstacles(ground, ground.enforced)
    return [_enabling(ground, policy, standing, limit) for policy in ground.trial]


def _enabling(ground: Ground, policy: Policy, standing: Sequence[Obstacle], limit: int) -> Enabled:
    reach, shape = ground.reach(policy), ground.shape(policy)
    mine = obstacles(ground, [policy])
    unknowns = tuple(dict.fromkeys((*shape.unknowns, *reach.unknowns)))
    try:
        blocked, perhaps, example = _blocked(ground, mine, standing, limit)
        asked = _asked(ground, policy, [*standing, *mine], limit)
    except TooHardError:
        everybody = tuple(Asked(one, 0, reach.may, None) for one in demands(policy) if one.kind != "block")
        return Enabled(policy, 0, reach.may if mine else 0, None, everybody, unknowns, exact=False)
    if ground.people.known and not unknowns and not perhaps and not any(one.perhaps for one in asked):
        return Enabled(policy, blocked, 0, example, asked, ())
    return Enabled(policy, blocked, perhaps, example, asked, unknowns or _others(standing, policy))


def _others(standing: Sequence[Obstacle], policy: Policy) -> tuple[str, ...]:
    """What the policies in force hang on, where the report-only policy itself hangs on nothing."""
    return tuple(dict.fromkeys(why for one in standing if not one.certain for why in one.unknowns)) or (
        f"whom the policies beside {policy.name} are about",
    )


def _blocked(
    ground: Ground, mine: Sequence[Obstacle], standing: Sequence[Obstacle], limit: int
) -> tuple[int, int, Example | None]:
    """Who would be stopped at a sign-in that goes on today."""
    certain = perhaps = 0
    example = None
    for one in mine:
        relevant = [other for other in standing if other.users & one.users and meet(other.masks, one.masks)]
        if any(o.certain and inside(one.masks, o.masks) and one.users & ~o.users == 0 for o in relevant):
            continue
        diagram = ground.walked(relevant, one.masks, one.users, limit)
        if diagram is None:
            continue
        may, sure = diagram.left()
        perhaps |= may
        if not one.certain:
            continue
        certain |= sure & ~ground.people.unsure
        if example is None and sure:
            first = next(diagram.regions(lambda residuals: bool(residuals[LEFT])))
            example = Example(first.masks, first.residuals[LEFT])
    return certain, perhaps & ~certain, example


def _asked(ground: Ground, policy: Policy, stopping: Sequence[Taken], limit: int) -> tuple[Asked, ...]:
    """Who would be asked for what is not asked of them today, at a sign-in that goes on."""
    shape, reach = ground.shape(policy), ground.reach(policy)
    users = reach.may
    wanted = [one for one in demands(policy) if one.kind != "block"]
    if not wanted or not users or not all(shape.may):
        return ()
    everything = sum(BOTH << 2 * at for at in range(len(wanted)))
    certainly = sum(1 << LEFT << 2 * at for at in range(len(wanted)))
    boxes = [
        Box(one.masks, one.users, everything if one.certain else certainly)
        for one in stopping
        if one.users & users and meet(one.masks, shape.may)
    ]
    for other in ground.enforced:
        theirs, people = ground.shape(other), ground.reach(other)
        clears = sum(BOTH << 2 * at for at, one in enumerate(wanted) if as_strong(other, one))
        if clears and people.may & users and meet(theirs.may, shape.may):
            boxes.append(Box(theirs.may, people.may, clears & certainly))
            boxes.append(Box(theirs.must, people.must, clears))
    boxes += ground.outside(shape.may, ground.people.everybody, everything)
    # What the policy only may be about is asked of nobody for certain.
    boxes += ground.outside(both(shape.must, ground.full), ground.people.everybody, certainly)
    boxes.append(Box(ground.full, users & ~reach.must, certainly))
    boxes += ground.unsure_places(ground.people.everybody, certainly)
    diagram = walk(ground.space.sizes, boxes, (users,) * (2 * len(wanted)), limit)
    if diagram is None:
        return ()
    left = diagram.left()
    found = []
    for at, demand in enumerate(wanted):
        sure = left[2 * at + LEFT] & ~ground.people.unsure
        may = left[2 * at] & ~sure
        example = None
        if sure:
            index = 2 * at + LEFT
            first = next(diagram.regions(lambda residuals, index=index: bool(residuals[index])))  # type: ignore[misc]
            example = Example(first.masks, first.residuals[index])
        if sure or may:
            found.append(Asked(demand, sure, may, example))
    return tuple(found)


def sign_in(ground: Ground, example: Example) -> JsonObject:
    """One of the sign-ins as the body of a What-If request."""
    answer = Coverage(
        question=Question.BLOCKED,
        tenant=ground.tenant,
        people=ground.people,
        space=ground.space,
        boxes=(),
        regions=(),
        open_users=0,
        depends_users=0,
    )
    return request_body(Witnesses(answer).sign_in(Open(example.masks, example.users, certain=True)))

"""Enforced policies that never apply, and those that others make redundant.

A policy is redundant when every sign-in that it is about, of everybody whom it is about, is under other policies that
demand as much or more (module demands). That is judged for the directory as it stands, as things are and with every
eligible role activated. The redundant policies that are reported can all be removed together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tenantlint.conditional_access.demands import Demand, as_strong, demands
from tenantlint.conditional_access.ground import ACTIVATED, ACTIVE, Ground, Shape, both, inside, meet
from tenantlint.conditional_access.people import Reach, names_of
from tenantlint.conditional_access.policy import Policy
from tenantlint.conditional_access.universe import DIMENSIONS
from tenantlint.conditional_access.walk import Box, TooHardError, nobody_left

_MINIMISED = 16  # from a larger set of covering policies none is taken away again


@dataclass(frozen=True, slots=True)
class Idle:
    """An enabled policy that does nothing. `reason`: a word; `detail`: the dimension, where one is empty."""

    policy: Policy
    reason: str
    detail: str = ""
    certain: bool = True
    unknowns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Redundant:
    """A policy that adds nothing to the policies in `by`. Hangs on `unknowns` when not `certain`.

    `today`: that hangs on who is in which group and role at present; else on the policies alone.
    """

    policy: Policy
    by: tuple[Policy, ...]
    certain: bool
    today: bool
    unknowns: tuple[str, ...] = ()


def idle(ground: Ground) -> list[Idle]:
    """Every enforced policy that never applies or asks nothing, in the order of the policies."""
    found = []
    for policy in ground.tenant.policies:
        if policy.enforced and policy.subject == "users":
            one = _idle(ground, policy)
            if one is not None:
                found.append(one)
    return found


def _idle(ground: Ground, policy: Policy) -> Idle | None:
    unknowns = policy.unknowns
    if not demands(policy):
        return Idle(policy, "no_controls")
    if not policy.include:
        return Idle(policy, "no_users_named", certain=not unknowns, unknowns=unknowns)
    reaches = [ground.reach(policy, side) for side in (ACTIVE, ACTIVATED)]
    if not any(one.may for one in reaches):
        left_out = any(_included(ground, policy, side) for side in (ACTIVE, ACTIVATED))
        return Idle(policy, "everybody_excluded" if left_out else "nobody_included")
    targets = policy.applications
    if not (targets.all or targets.ids or targets.user_actions or targets.contexts or targets.filter):
        return Idle(policy, "no_resources_named", certain=not unknowns, unknowns=unknowns)
    shape = ground.shape(policy)
    for dimension, mask in zip(DIMENSIONS, shape.may, strict=True):
        if not mask:
            return Idle(policy, "empty_condition", dimension, certain=not unknowns, unknowns=unknowns)
    return None


def _included(ground: Ground, policy: Policy, side: int) -> bool:
    """Whether the include part alone reaches anybody."""
    if policy.include.all:
        return True
    return any(ground.people.perhaps(side, name) for name in names_of(policy.include))


def redundant(ground: Ground, limit: int = 20_000) -> tuple[list[Redundant], list[Policy]]:
    """Policies that can be removed together without any sign-in becoming easier, and those that are undecided.

    Narrow policies are looked at first, so that of two that cover each other the narrower, or later, one is named.
    Undecided is what took more than `limit` states.
    """
    asleep = {id(one.policy) for one in idle(ground)}
    own = [one for one in ground.tenant.policies if one.enforced and one.subject == "users" and id(one) not in asleep]
    others = [*ground.enforced]
    order = sorted(range(len(own)), key=lambda index: (_extent(ground, own[index]), -index))
    found: dict[int, Redundant] = {}
    undecided = []
    for index in order:
        policy = own[index]
        try:
            by = _covered(ground, policy, [one for one in others if one is not policy], limit)
        except TooHardError:
            undecided.append(policy)
            continue
        if by is None:
            continue
        certain, chosen = by
        today = not all(_whoever_comes(policy, one) for one in chosen)
        if today and not ground.people.known:
            certain = False  # somebody whom nobody knows may be left out by the others alone
        unknowns = () if certain else _unknowns(ground, policy, chosen)
        found[index] = Redundant(policy, tuple(chosen), certain, today, unknowns)
        others = [one for one in others if one is not policy]
    return [found[index] for index in sorted(found)], undecided


def _whoever_comes(policy: Policy, other: Policy) -> bool:
    """Whether the other policy is about everybody whom the policy is about, whoever is in which group."""
    mine, theirs = set(names_of(policy.include)), set(names_of(other.include))
    included = other.include.all or (not policy.include.all and mine <= theirs)
    return included and set(names_of(other.exclude)) <= set(names_of(policy.exclude))


def _extent(ground: Ground, policy: Policy) -> int:
    """A measure of how many sign-ins a policy is about: classes of people times atoms."""
    size = ground.reach(policy, ACTIVATED).may.bit_count() + 1
    for mask in ground.shape(policy).may:
        size *= mask.bit_count()
    return size


def _unknowns(ground: Ground, policy: Policy, chosen: Sequence[Policy]) -> tuple[str, ...]:
    every = [policy, *chosen]
    why = [name for one in every for name in (*ground.shape(one).unknowns, *ground.reach(one).unknowns)]
    if not ground.people.known:
        why.append("who is in the groups and roles that these policies leave out")
    return tuple(dict.fromkeys(why))


def _covered(ground: Ground, policy: Policy, others: Sequence[Policy], limit: int) -> tuple[bool, list[Policy]] | None:
    """Whether others cover the policy, certainly or perhaps, and which of them are needed for that."""
    wanted = demands(policy)
    strong = [(one, _strength(one, wanted)) for one in others]
    strong = [(one, clears) for one, clears in strong if clears]
    others = [one for one, _ in strong]
    hangs = not ground.people.known or any(_hangs(ground, one) for one in (policy, *others))
    for certain in (True, False) if hangs else (True,):
        judged = [_Side(ground, policy, len(wanted), strong, (side, certain)) for side in (ACTIVE, ACTIVATED)]
        if judged[0].same(judged[1]):
            judged = judged[:1]
        if not all(one.covered(one.boxes, limit) for one in judged):
            continue
        alone = next((one for one in others if all(side.alone(one) for side in judged)), None)
        if alone is not None:
            return certain, [alone]
        if not ground.people.known and certain:
            continue  # somebody whom nobody knows may be left out by each of several policies
        return certain, _fewest(judged, others, limit)
    return None


def _hangs(ground: Ground, policy: Policy) -> bool:
    """Whether what the policy is about hangs on anything that is not known."""
    shape = ground.shape(policy)
    reaches = (ground.reach(policy, side) for side in (ACTIVE, ACTIVATED))
    return shape.must != shape.may or any(one.must != one.may for one in reaches)


def _strength(other: Policy, wanted: Sequence[Demand]) -> int:
    """Which of the demands the other policy makes as well, as a bit set."""
    return sum(1 << at for at, one in enumerate(wanted) if as_strong(other, one))


def _fewest(judged: Sequence[_Side], others: Sequence[Policy], limit: int) -> list[Policy]:
    """Covering policies of which none can be spared, where there are few enough to try."""
    chosen = [one for one in others if any(side.uses(one) for side in judged)]
    if len(chosen) > _MINIMISED:
        return chosen
    for one in list(chosen):
        rest = [other for other in chosen if other is not one]
        if all(side.covered([box for p, box in side.pairs if any(p is r for r in rest)], limit) for side in judged):
            chosen = rest
    return chosen


class _Side:
    """The question whether others cover a policy. `view`: of the roles, and whether certainly or perhaps."""

    def __init__(
        self,
        ground: Ground,
        policy: Policy,
        wanted: int,
        others: Sequence[tuple[Policy, int]],
        view: tuple[int, bool],
    ) -> None:
        side, certain = view
        self._ground = ground
        shape, reach = ground.shape(policy), ground.reach(policy, side)
        # Certainly covered: all that the policy may be about lies in what the others certainly are about.
        self._masks = shape.may if certain else shape.must
        self._users = reach.may if certain else reach.must
        self._all = (1 << wanted) - 1
        self.pairs: list[tuple[Policy, Box]] = []
        for other, clears in others:
            theirs, people = _of(ground.shape(other), ground.reach(other, side), certain)
            if people & self._users and meet(self._masks, theirs):
                self.pairs.append((other, Box(both(self._masks, theirs), people & self._users, clears)))
        self.boxes = [box for _, box in self.pairs]

    def same(self, other: _Side) -> bool:
        return (self._masks, self._users, self.boxes) == (other._masks, other._users, other.boxes)

    def uses(self, policy: Policy) -> bool:
        return any(one is policy for one, _ in self.pairs)

    def alone(self, policy: Policy) -> bool:
        """Whether this policy covers by itself."""
        return any(
            one is policy and box.clears == self._all and box.users == self._users and inside(self._masks, box.masks)
            for one, box in self.pairs
        )

    def covered(self, boxes: Sequence[Box], limit: int) -> bool:
        if not self._users or not all(self._masks):
            return False
        demands_left = [at for at in range(self._all.bit_length()) if not self._may_cover(boxes, at)]
        if demands_left:
            return False
        start = (self._users,) * self._all.bit_length()
        fence = self._ground.outside(self._masks, self._users, self._all)
        return nobody_left(self._ground.space.sizes, [*boxes, *fence], start, limit)

    def _may_cover(self, boxes: Sequence[Box], at: int) -> bool:
        """A quick look: whether every atom and everybody is in some box that clears this demand."""
        users = 0
        masks = [0] * len(self._masks)
        for box in boxes:
            if box.clears >> at & 1:
                users |= box.users
                masks = [old | new for old, new in zip(masks, box.masks, strict=True)]
        return users == self._users and all(
            mine & ~theirs == 0 for mine, theirs in zip(self._masks, masks, strict=True)
        )


def _of(shape: Shape, reach: Reach, certain: bool) -> tuple[tuple[int, ...], int]:
    return (shape.must, reach.must) if certain else (shape.may, reach.may)

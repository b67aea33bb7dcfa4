"""Which controls a sign-in can meet at all, and where a policy asks for what nobody there can.

Beside legacy clients and device code flow (module questions), Microsoft documents for the grant controls: hybrid join
exists on Windows alone; a compliant device on Windows, iOS, Android, macOS and Linux; an approved app on iOS and
Android; an app protection policy there and on Windows; a password is changed only while the user is at risk; joining
a device can ask for MFA or an authentication strength and nothing else; external people have their devices and
passwords elsewhere, so that apps and password change are not supported for them. Strengths without a common method do
not conflict: the user needs several methods. An unknown platform may be any.
(learn.microsoft.com/entra/identity/conditional-access/concept-conditional-access-grant, 2026-03;
entra/identity/authentication/concept-authentication-strength-how-it-works, 2025-03.)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce

from tenantlint.conditional_access.grants import Grant
from tenantlint.conditional_access.ground import ACTIVE, Ground, Masks, Taken, bits_for, both, inside, meet
from tenantlint.conditional_access.policy import CLIENT_APP_TYPES, PLATFORMS, RISK_LEVELS, TRANSFER_METHODS, Policy
from tenantlint.conditional_access.questions import LEGACY_CLIENTS
from tenantlint.conditional_access.regions import Open, merged, opened
from tenantlint.conditional_access.universe import DIMENSIONS
from tenantlint.conditional_access.walk import TooHardError

BLOCK = "block"
LEGACY_CLIENT = "legacy_client"
DEVICE_CODE_FLOW = "device_code_flow"
PLATFORM = "platform"
USER_ACTION = "user_action"
NO_USER_RISK = "no_user_risk"
EXTERNAL_PEOPLE = "external_people"

_DEVICE = frozenset({"compliantDevice", "domainJoinedDevice"})
_APPS = frozenset({"approvedApplication", "compliantApplication"})
_MEETS = {
    "domainJoinedDevice": {"windows"},
    "compliantDevice": set(PLATFORMS) - {"windowsPhone"},
    "approvedApplication": {"android", "iOS"},
    "compliantApplication": {"android", "iOS", "windows"},
}
_JOIN = "urn:user:registerdevice"


@dataclass(frozen=True, slots=True)
class Nowhere:
    """Sign-ins at which a clause cannot be met. `external`: by external people only. `reasons`: why, a word each."""

    masks: Masks
    external: bool
    reasons: frozenset[str]

    def covers(self, other: Nowhere) -> bool:
        return (not self.external or other.external) and inside(other.masks, self.masks)


@dataclass(frozen=True, slots=True)
class Obstacle(Taken):
    """A box of sign-ins that cannot go on: blocked outright (reason `block`) or asked for what cannot be met."""

    reasons: frozenset[str] = frozenset()

    @property
    def outright(self) -> bool:
        return BLOCK in self.reasons


def unmeetable(ground: Ground, grant: Grant) -> list[Nowhere]:
    """Where a clause that is no block cannot be met, as a union; nothing of it lies within another part."""
    each = [_control(ground, one) for one in grant.controls]
    if grant.operator == "AND":
        return _pruned([one for found in each for one in found])
    return reduce(_common, each)


def _common(one: Sequence[Nowhere], other: Sequence[Nowhere]) -> list[Nowhere]:
    found = [
        Nowhere(both(mine.masks, theirs.masks), mine.external or theirs.external, mine.reasons | theirs.reasons)
        for mine in one
        for theirs in other
        if meet(mine.masks, theirs.masks)
    ]
    return _pruned(found)


def _pruned(found: Iterable[Nowhere]) -> list[Nowhere]:
    kept: list[Nowhere] = []
    for one in sorted(found, key=lambda each: (len(each.reasons), sorted(each.reasons), each.masks)):
        if not any(other.covers(one) for other in kept):
            kept = [other for other in kept if not one.covers(other)] + [one]
    return kept


def _control(ground: Ground, control: str) -> list[Nowhere]:
    def where(dimension: str, mask: int, reason: str, *, external: bool = False) -> Nowhere:
        at = DIMENSIONS.index(dimension)
        return Nowhere((*ground.full[:at], mask, *ground.full[at + 1 :]), external, frozenset({reason}))

    found = [where("client_app_types", bits_for(CLIENT_APP_TYPES, LEGACY_CLIENTS), LEGACY_CLIENT)]
    if control in _DEVICE:
        found.append(where("authentication_flows", bits_for(TRANSFER_METHODS, ["deviceCodeFlow"]), DEVICE_CODE_FLOW))
    if control in _MEETS:
        found.append(where("platforms", bits_for(PLATFORMS, set(PLATFORMS) - _MEETS[control]), PLATFORM))
    if control == "passwordChange":
        found.append(where("user_risk", bits_for(RISK_LEVELS, ["none"]), NO_USER_RISK))
    if control in _APPS or control == "passwordChange":
        found.append(Nowhere(ground.full, True, frozenset({EXTERNAL_PEOPLE})))
    if control != "mfa" and not control.startswith("authenticationStrength:"):
        found.append(where("applications", bits_for(ground.space.applications, [_JOIN]), USER_ACTION))
    return [one for one in found if all(one.masks)]


def obstacles(ground: Ground, policies: Iterable[Policy], side: int = ACTIVE) -> list[Obstacle]:
    """Every box of sign-ins that cannot go on, in the order of the policies."""
    found: list[Obstacle] = []
    for policy in policies:
        if policy.grant is None:
            continue
        if policy.grant.blocks:
            nowhere = [Nowhere(ground.full, False, frozenset({BLOCK}))]
        else:
            nowhere = unmeetable(ground, policy.grant)
        for one in nowhere:
            found += _obstacles(ground, policy, one, side)
    return found


def _obstacles(ground: Ground, policy: Policy, nowhere: Nowhere, side: int) -> Iterable[Obstacle]:
    shape, reach = ground.shape(policy), ground.reach(policy, side)
    must, may = both(shape.must, nowhere.masks), both(shape.may, nowhere.masks)
    must_users, may_users = reach.must, reach.may
    unknowns = (*shape.unknowns, *reach.unknowns)
    if nowhere.external:
        must_users &= ground.external.must
        may_users &= ground.external.may
        unknowns = (*unknowns, *ground.external.unknowns)
    if must_users and all(must):
        yield Obstacle(policy, must, must_users, certain=True, reasons=nowhere.reasons)
    if may_users and all(may) and (may != must or may_users != must_users):
        why = tuple(dict.fromkeys(unknowns))
        yield Obstacle(policy, may, may_users, certain=False, unknowns=why, reasons=nowhere.reasons)


@dataclass(frozen=True, slots=True)
class Unmeetable:
    """A policy that asks for what cannot be met, where nothing else blocks already.

    `users`: classes for whom that is so; `boxes`: for which sign-ins, before the blocks of others are taken away;
    `all_of_it`: wherever the policy applies, so that it blocks in effect.
    `exact`: False when the walk was too hard, and what other policies block was not taken away.
    """

    policy: Policy
    reasons: tuple[str, ...]
    controls: tuple[str, ...]
    boxes: tuple[Masks, ...]
    regions: tuple[Open, ...]
    users: int
    certain: bool
    unknowns: tuple[str, ...]
    all_of_it: bool
    exact: bool = True


def unmeetable_demands(ground: Ground, limit: int = 20_000) -> list[Unmeetable]:
    """Every enforced policy that asks for what nobody (or no external person) can meet, with the reasons.

    Legacy clients are left out: they meet no control, which is how most policies are meant to stop them. What an
    outright block takes is left out, too.
    """
    every = obstacles(ground, ground.enforced)
    blocks = [one for one in every if one.outright]
    found = []
    for policy in ground.enforced:
        mine = _outermost([one for one in every if one.policy is policy and not one.outright])
        for reasons in sorted({tuple(sorted(one.reasons)) for one in mine}):
            boxes = [one for one in mine if tuple(sorted(one.reasons)) == reasons]
            sure = [one for one in boxes if one.certain]
            result = _demand(ground, policy, sure or boxes, blocks, limit)
            if result is not None:
                found.append(result)
    return found


def _outermost(boxes: Sequence[Obstacle]) -> list[Obstacle]:
    """Without the boxes of one policy that lie within another one, which says it all."""
    kept: list[Obstacle] = []
    for one in sorted(boxes, key=lambda box: -sum(mask.bit_count() for mask in box.masks)):
        around = (other for other in kept if other.certain is one.certain and one.users & ~other.users == 0)
        if not any(inside(one.masks, other.masks) for other in around):
            kept.append(one)
    return [one for one in boxes if any(one is other for other in kept)]


def _demand(
    ground: Ground, policy: Policy, boxes: Sequence[Obstacle], blocks: Sequence[Obstacle], limit: int
) -> Unmeetable | None:
    modern = ground.within(client_app_types=[one for one in CLIENT_APP_TYPES if one not in LEGACY_CLIENTS])
    regions: list[Open] = []
    users = 0
    exact = True
    for box in boxes:
        within = both(box.masks, modern)
        if not all(within):
            continue
        try:
            diagram = ground.walked(blocks, within, box.users, limit)
        except TooHardError:
            exact = False
            regions.append(Open(within, box.users, certain=False))
            users |= box.users
            continue
        if diagram is None:
            continue
        users |= diagram.left()[0]
        found = opened((one for one, _ in zip(diagram.regions(), range(100), strict=False)), ground.people.unsure)
        regions += [one for one in found if one.users]
    if not users:
        return None
    grant = policy.grant
    shape, reach = ground.shape(policy), ground.reach(policy)
    whole = both(shape.may, modern)
    return Unmeetable(
        policy=policy,
        reasons=tuple(sorted(frozenset().union(*(one.reasons for one in boxes)))),
        controls=grant.controls if grant else (),
        boxes=tuple(both(one.masks, modern) for one in boxes),
        regions=tuple(merged(regions)),
        users=users,
        certain=all(one.certain for one in boxes) and any(one.certain for one in regions),
        unknowns=tuple(dict.fromkeys(why for one in boxes for why in one.unknowns)),
        all_of_it=any(inside(whole, one.masks) and reach.may & ~one.users == 0 for one in boxes),
        exact=exact,
    )


def strength_pairs(ground: Ground) -> list[tuple[Policy, Policy]]:
    """Pairs of enforced policies that can apply at once and whose strengths have no combination in common.

    That blocks nobody: the user has to use a method for each.
    """
    strong = [one for one in ground.enforced if one.grant and one.grant.strength and one.grant.strength.combinations]
    found = []
    for index, one in enumerate(strong):
        for other in strong[index + 1 :]:
            if _combinations(one) & _combinations(other):
                continue
            people = ground.reach(one).may & ground.reach(other).may
            if people and meet(ground.shape(one).may, ground.shape(other).may):
                found.append((one, other))
    return found


def _combinations(policy: Policy) -> frozenset[frozenset[str]]:
    strength = policy.grant.strength if policy.grant else None
    return (strength.combinations if strength else None) or frozenset()

"""Who is locked out: users with no sign-in left, and whether administrators still reach what they administer with.

A user is locked out when every ordinary sign-in (a modern client, no risk, no transfer of authentication, any
application, platform, location and device) is blocked or asks for what cannot be met. What an attacker could still
do with a legacy client or at high risk is no way in for the user.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tenantlint.conditional_access.ground import (
    ACTIVATED,
    ACTIVE,
    ADMIN_PORTALS,
    AZURE_MANAGEMENT,
    GRAPH,
    Ground,
    meet,
)
from tenantlint.conditional_access.people import bits_of
from tenantlint.conditional_access.policy import Policy
from tenantlint.conditional_access.satisfiable import Obstacle, obstacles

RESOURCES: Mapping[str, str] = {
    "admin_portals": ADMIN_PORTALS,
    "azure_management": AZURE_MANAGEMENT,
    "microsoft_graph": GRAPH,
}


@dataclass(frozen=True, slots=True)
class LockedOut:
    """People with no ordinary sign-in left, by the same policies.

    `outright`: blocks alone do it; else what remains asks for what cannot be met. Depends on `unknowns` when not
    `certain`.
    """

    users: int
    outright: bool
    certain: bool
    policies: tuple[Policy, ...]
    unknowns: tuple[str, ...] = ()


def locked_out(ground: Ground, policies: Iterable[Policy] | None = None, side: int = ACTIVE) -> list[LockedOut]:
    """Everybody who is locked out under these policies (the enforced ones), in groups. Raises TooHardError."""
    every = obstacles(ground, ground.enforced if policies is None else policies, side)
    within = ground.ordinary()
    everybody = ground.people.everybody
    relevant = [one for one in every if meet(one.masks, within)]
    outright = ground.left([one for one in relevant if one.outright], within, everybody)
    in_effect = ground.left(relevant, within, everybody)
    unsure = ground.people.unsure
    certain_outright = everybody & ~outright[0] & ~unsure
    certain = everybody & ~in_effect[0] & ~unsure & ~certain_outright
    perhaps = everybody & ~in_effect[1] & ~certain & ~certain_outright
    found: list[LockedOut] = []
    for users, blocked, sure in ((certain_outright, True, True), (certain, False, True), (perhaps, False, False)):
        found += _grouped(ground, relevant, users, outright=blocked, certain=sure)
    return found


def _grouped(
    ground: Ground, relevant: Sequence[Obstacle], users: int, *, outright: bool, certain: bool
) -> Iterable[LockedOut]:
    """One group for each set of policies that have a part in it."""
    groups: dict[tuple[int, ...], int] = {}
    chosen = [one for one in relevant if one.outright or not outright]
    for index in bits_of(users):
        key = tuple(at for at, one in enumerate(chosen) if one.users >> index & 1)
        groups[key] = groups.get(key, 0) | 1 << index
    for key, members in sorted(groups.items()):
        involved = [chosen[at] for at in key]
        policies = {one.policy.identity: one.policy for one in involved}
        why = [] if certain else [name for one in involved for name in one.unknowns]
        if not certain:
            why += [name for index in bits_of(members) for name in ground.people.classes[index].unknowns]
            why += ground.doubtful_places()
        yield LockedOut(members, outright, certain, tuple(policies.values()), tuple(dict.fromkeys(why)))


@dataclass(frozen=True, slots=True)
class Access:
    """Which administrators keep an ordinary sign-in to one resource, as bit sets over the classes.

    `active` and `eligible`: who holds one of the roles now, and who may activate one. `reach` and `may_reach`: who
    of them certainly, and who perhaps, gets there. `policies`: what stops the others.
    """

    resource: str
    active: int
    eligible: int
    reach: int
    may_reach: int
    policies: tuple[Policy, ...]
    unknowns: tuple[str, ...]


def administrators(
    ground: Ground, active: int, eligible: int, policies: Iterable[Policy] | None = None
) -> list[Access]:
    """For each of the administrators' resources, who reaches it; holders of eligible roles with all of them
    activated. Raises TooHardError.
    """
    chosen = tuple(ground.enforced if policies is None else policies)
    now = obstacles(ground, chosen, ACTIVE)
    later = obstacles(ground, chosen, ACTIVATED)
    found = []
    for name, atom in RESOURCES.items():
        within = ground.ordinary([atom])
        reach = may_reach = 0
        stopping: dict[str, Policy] = {}
        why: list[str] = []
        for every, people in ((now, active), (later, eligible)):
            relevant = [one for one in every if meet(one.masks, within) and one.users & people]
            perhaps, certain = ground.left(relevant, within, people)
            reach |= certain & ~ground.people.unsure
            may_reach |= perhaps
            for one in relevant:
                if one.users & people & ~certain:
                    stopping.setdefault(one.policy.identity, one.policy)
                    why += one.unknowns
        unknowns = tuple(dict.fromkeys([*why, *ground.doubtful_places()])) if may_reach & ~reach else ()
        found.append(Access(name, active, eligible, reach, may_reach & ~reach, tuple(stopping.values()), unknowns))
    return found

"""What the analyses of lockout and soundness stand on: one universe of sign-ins and people for all of them.

Unlike a coverage question, these look at every policy, report-only ones too, and at user actions and authentication
contexts beside applications. People are told apart by the marks, too (emergency accounts, administrators, guests),
so that a bit set over classes can say who of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tenantlint.conditional_access import applications as resources
from tenantlint.conditional_access.describe import tokens
from tenantlint.conditional_access.locations import ALL_TRUSTED
from tenantlint.conditional_access.people import People, Reach, Side
from tenantlint.conditional_access.policy import (
    CLIENT_APP_TYPES,
    INSIDER_RISK_LEVELS,
    MFA_TRUSTED_IPS,
    RISK_LEVELS,
    TRANSFER_METHODS,
    Policy,
    State,
    parse_policy,
)
from tenantlint.conditional_access.questions import LEGACY_CLIENTS
from tenantlint.conditional_access.tenant import Tenant
from tenantlint.conditional_access.universe import DIMENSIONS, universe
from tenantlint.conditional_access.walk import DEFAULT_LIMIT, Box, Diagram, walk

ADMIN_PORTALS = "MicrosoftAdminPortals"
AZURE_MANAGEMENT = "797f4846-ba00-4fd7-ba43-dac1f8f63013"
# Microsoft Graph cannot be targeted by itself: only policies for all resources concern it, as any other application.
GRAPH = resources.OTHER

# External accounts: their devices, apps and passwords are another organization's.
EXTERNAL = "b2bCollaborationGuest,b2bCollaborationMember,b2bDirectConnectUser,otherExternalUser,serviceProvider"

_DOUBTFUL = frozenset({MFA_TRUSTED_IPS, ALL_TRUSTED})

Masks = tuple[int, ...]
_TOLD = 20
# The residuals of a walk: who is not certainly taken away, and who is certainly left.
PERHAPS_LEFT, LEFT = 0, 1
BOTH = 1 << PERHAPS_LEFT | 1 << LEFT
# Who may take active roles: as things stand, and with every eligible role activated.
ACTIVE, ACTIVATED = 0, 1


@dataclass(frozen=True, slots=True)
class Shape:
    """A policy's product of sets without its people: what it certainly is about, and what it may be about."""

    must: Masks
    may: Masks
    unknowns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """A box of sign-ins that a policy takes away from its people; `certain`, or depending on `unknowns`."""

    policy: Policy
    masks: Masks
    users: int
    certain: bool
    unknowns: tuple[str, ...] = ()

    def box(self, residuals: int = BOTH) -> Box:
        """For a walk with the two residuals."""
        return Box(self.masks, self.users, residuals if self.certain else residuals & ~(1 << PERHAPS_LEFT))


class Ground:
    """The universe of one tenant. `marks`: names for sets of user ids by which people are told apart as well."""

    def __init__(self, tenant: Tenant, marks: Mapping[str, Collection[str]] | None = None) -> None:
        self.tenant = tenant
        self.enforced = tenant.enforced
        self.trial = tuple(one for one in tenant.policies if one.state is State.REPORT_ONLY and one.subject == "users")
        policies = (*self.enforced, *self.trial)
        self._marks = {name: _mark(includeUsers=sorted(ids)) for name, ids in (marks or {}).items() if ids}
        self._external = _mark(
            includeGuestsOrExternalUsers={
                "guestOrExternalUserTypes": EXTERNAL,
                "externalTenants": {"membershipKind": "all"},
            }
        )
        told_apart = (*policies, *self._marks.values(), self._external)
        self.people = People(
            [Side(told_apart, tenant.directory), Side(told_apart, tenant.directory, activated=True)],
        )
        self.space = universe([(policies, tenant.locations)], _atoms(policies))
        self.full: Masks = tuple((1 << size) - 1 for size in self.space.sizes)
        self._shapes: dict[int, tuple[Policy, Shape]] = {}
        self._reaches: dict[tuple[int, int], tuple[Policy, Reach]] = {}

    def shape(self, policy: Policy) -> Shape:
        """Which sign-ins the policy is about."""
        known = self._shapes.get(id(policy))
        if known is None:
            parts = self.space.parts(policy, self.tenant.locations)
            must = tuple(part.must for part in parts)
            if policy.unknowns:
                must = (0,) * len(must)
            unknowns = (*policy.unknowns, *(one for part in parts for one in part.unknowns))
            known = self._shapes[id(policy)] = (policy, Shape(must, tuple(part.may for part in parts), unknowns))
        return known[1]

    def reach(self, policy: Policy, side: int = ACTIVE) -> Reach:
        """Whom the policy is about."""
        key = (id(policy), side)
        if key not in self._reaches:
            self._reaches[key] = (policy, self.people.reach(side, policy))
        return self._reaches[key][1]

    def marked(self, name: str) -> int:
        """The classes of the people behind a mark."""
        found = self._marks.get(name)
        return self.reach(found).must if found else 0

    @property
    def external(self) -> Reach:
        """The classes of external people."""
        return self.reach(self._external)

    def within(self, **atoms: Iterable[str]) -> Masks:
        """The whole universe, narrowed to these atoms of the dimensions that are named."""
        words: dict[str, Sequence[str]] = {
            "applications": self.space.applications,
            "client_app_types": CLIENT_APP_TYPES,
            "sign_in_risk": RISK_LEVELS,
            "user_risk": RISK_LEVELS,
            "insider_risk": INSIDER_RISK_LEVELS,
            "authentication_flows": TRANSFER_METHODS,
        }
        masks = list(self.full)
        for dimension, wanted in atoms.items():
            masks[DIMENSIONS.index(dimension)] = bits_for(words[dimension], wanted)
        return tuple(masks)

    def ordinary(self, applications: Iterable[str] | None = None) -> Masks:
        """Sign-ins as they are every day: a modern client, no risk, no transfer of authentication, an application."""
        return self.within(
            applications=self._applications() if applications is None else applications,
            client_app_types=[one for one in CLIENT_APP_TYPES if one not in LEGACY_CLIENTS],
            sign_in_risk=["none"],
            user_risk=["none"],
            insider_risk=["none"],
            authentication_flows=["none"],
        )

    def _applications(self) -> list[str]:
        return [one for one in self.space.applications if not (resources.is_action(one) or resources.is_context(one))]

    def outside(self, masks: Masks, users: int, clears: int) -> list[Box]:
        """Boxes that take away everything that is not within these masks."""
        return [
            Box((*self.full[:at], self.full[at] & ~mask, *self.full[at + 1 :]), users, clears)
            for at, mask in enumerate(masks)
            if mask != self.full[at]
        ]

    def unsure_places(self, users: int, clears: int) -> list[Box]:
        """A box over trusted locations that may not exist: that anybody signs in from there is not certain.

        A location that a policy names and the snapshot lacks is taken to be somewhere.
        """
        at = DIMENSIONS.index("locations")
        mask = sum(1 << index for index, one in enumerate(self.space.locations) if one.ids & _DOUBTFUL)
        return [Box((*self.full[:at], mask, *self.full[at + 1 :]), users, clears)] if mask else []

    def doubtful_places(self) -> list[str]:
        """The names of those locations."""
        return [self.tenant.locations.get(one).unknown for one in sorted(_DOUBTFUL) if self._names_place(one)]

    def _names_place(self, identity: str) -> bool:
        return any(identity in one.ids for one in self.space.locations)

    def left(self, taken: Iterable[Taken], within: Masks, users: int, limit: int = DEFAULT_LIMIT) -> tuple[int, int]:
        """Who of the users keeps a sign-in within the masks that is not taken: perhaps, and certainly.

        Raises TooHardError.
        """
        found = self.walked(taken, within, users, limit)
        if found is None:
            return 0, 0
        perhaps, certain = found.left()
        return perhaps, certain

    def walked(self, taken: Iterable[Taken], within: Masks, users: int, limit: int = DEFAULT_LIMIT) -> Diagram | None:
        """The sign-ins within the masks that are not taken from some of the users. Raises TooHardError."""
        boxes = [one.box() for one in taken if one.users & users and meet(one.masks, within)]
        boxes += self.outside(within, self.people.everybody, BOTH)
        boxes += self.unsure_places(self.people.everybody, 1 << LEFT)
        return walk(self.space.sizes, boxes, (users, users), limit)

    def told(self, masks: Masks) -> dict[str, list[Any]]:
        """The dimensions that these masks narrow, with the atoms that are left, in the tokens of the contract.

        All applications are told by nothing, as policies for all of them leave out user actions and contexts. Of
        each dimension at most twenty atoms are told.
        """
        whole = (bits_for(self.space.applications, self._applications()), *self.full[1:])
        told = tokens(self.space, masks)
        return {
            name: told[name][:_TOLD]
            for name, mask, everything in zip(DIMENSIONS, masks, whole, strict=True)
            if mask != everything
        }


def meet(one: Masks, other: Masks) -> bool:
    """Whether two products of sets have a point in common."""
    return all(mine & theirs for mine, theirs in zip(one, other, strict=True))


def both(one: Masks, other: Masks) -> Masks:
    """What two products of sets have in common."""
    return tuple(mine & theirs for mine, theirs in zip(one, other, strict=True))


def inside(one: Masks, other: Masks) -> bool:
    """Whether the first product of sets lies within the second."""
    return all(mine & ~theirs == 0 for mine, theirs in zip(one, other, strict=True))


def bits_for(words: Sequence[str], wanted: Iterable[str]) -> int:
    """The bit set of the wanted words over a list of them."""
    chosen = set(wanted)
    return sum(1 << index for index, word in enumerate(words) if word in chosen)


def _atoms(policies: Iterable[Policy]) -> list[str]:
    """Applications, the administrators' resources, and every user action and context that a policy names."""
    chosen = tuple(policies)
    atoms = [*resources.application_atoms(chosen)]
    atoms += [one for one in (ADMIN_PORTALS, AZURE_MANAGEMENT) if one not in atoms]
    actions = {one for policy in chosen for one in policy.applications.user_actions}
    contexts = {one for policy in chosen for one in policy.applications.contexts}
    return [*atoms, *sorted(actions), *sorted(contexts)]


def _mark(**users: Any) -> Policy:
    """A policy that is not in force and only names people."""
    return parse_policy(
        {"displayName": "people who are told apart", "state": "disabled", "conditions": {"users": users}}
    )

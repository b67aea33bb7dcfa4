"""The answer to a coverage question as the contract's document, and as phrases for people.

The document is data: Graph's tokens and ids. The phrases say the same in words; names in them come from the tenant
and are not escaped.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from tenantlint.conditional_access.applications import OTHER
from tenantlint.conditional_access.coverage import Coverage
from tenantlint.conditional_access.naming import Naming
from tenantlint.conditional_access.near_misses import MOST, NearMiss, NearMisses
from tenantlint.conditional_access.people import bits_of
from tenantlint.conditional_access.policy import (
    CLIENT_APP_TYPES,
    INSIDER_RISK_LEVELS,
    PLATFORMS,
    RISK_LEVELS,
    TRANSFER_METHODS,
)
from tenantlint.conditional_access.questions import Question
from tenantlint.conditional_access.regions import NOT_CERTAIN, OPEN, Open
from tenantlint.conditional_access.sign_in import SignIn, request_body
from tenantlint.conditional_access.turning import Turning
from tenantlint.conditional_access.universe import DIMENSIONS, UNKNOWN_PLATFORM, Universe
from tenantlint.conditional_access.where import Where
from tenantlint.conditional_access.who import Who
from tenantlint.conditional_access.witness import Witnesses
from tenantlint.model import JsonObject

FORMAT = "tenantlint.coverage/1"
IDS_SHOWN = 20
_MISSES_IN_WORDS = 20  # those with the same reason are told together
ANY = "any"
_TOO_MANY = "what all policies about the application do together, which was too much to examine"


@dataclass(frozen=True, slots=True)
class RegionWords:
    """A region in words. `who` counts and names; `where` is one phrase a dimension that is not whole; `why` are near
    misses. `if_any`: nobody knows whether there is anybody; that is not in `depends_on` again.
    """

    count: int
    who: str
    if_any: bool
    certain: bool
    where: tuple[str, ...]
    why: tuple[NearMiss, ...]
    depends_on: tuple[str, ...]
    witness: SignIn


class Description:
    """Turns the regions of one answer into documents and words, a region at a time.

    `turning`: for one half of a comparison, the policies that make the difference; they stand in the place of near
    misses, and the regions are told as they are.
    """

    def __init__(self, coverage: Coverage, *, turning: Turning | None = None) -> None:
        self.coverage = coverage
        naming = Naming(coverage.tenant)
        self._naming = naming
        self._who = Who(coverage.people, coverage.side, naming)
        self._where = Where(coverage.space, naming, coverage.asked)
        self._witnesses = Witnesses(coverage)
        self._unsure = coverage.people.unsure
        self._near_misses = NearMisses(coverage, naming, self._where)
        self._turning = turning
        self.regions = coverage.regions if turning else _regions(coverage)

    def document(self, region: Open, *, full: bool) -> JsonObject:
        """One member of `open`, as the contract has it."""
        people = self.coverage.people
        ids = islice(self._ids(region.users), None if full else IDS_SHOWN)
        label = self._who.label(region.users)
        users = {"count": people.counted(region.users), "ids": list(ids), "label": label}
        return {"users": users, **self.without_users(region)}

    def without_users(self, region: Open) -> JsonObject:
        """The same without `users`, for who has words of their own for many people."""
        return {
            **tokens(self.coverage.space, region.masks),
            "certainty": "certain" if region.certain else "depends",
            "depends_on": self.depends_on(region),
            "near_misses": [
                {"policy_id": one.policy.id, "name": one.policy.name, "because": one.because}
                for one in self._misses(region, MOST)
            ],
            "witness": request_body(self._witnesses.sign_in(region)),
        }

    def words(self, region: Open) -> RegionWords:
        """The same region in words."""
        people = self.coverage.people
        classes = [people.classes[index] for index in bits_of(region.users)]
        if_any = all(one.unknowns for one in classes)
        existence = {text for one in classes for text in one.unknowns} if if_any else set()
        return RegionWords(
            count=people.counted(region.users),
            who=self._who.label(region.users),
            if_any=if_any,
            certain=region.certain,
            where=tuple(self._where.phrases(region.masks)),
            why=tuple(self._misses(region, _MISSES_IN_WORDS)),
            depends_on=tuple(one for one in self.depends_on(region) if one not in existence),
            witness=self._witnesses.sign_in(region),
        )

    def _misses(self, region: Open, most: int) -> list[NearMiss]:
        point = self._witnesses.point(region)
        if self._turning is not None:
            return self._turning.of(point, region.users)
        return self._near_misses.of(point, region.users, most)

    def depends_on(self, region: Open) -> list[str]:
        """What the region hangs on; empty when it is certain."""
        if region.certain:
            return []
        found: list[str] = []
        for box in self.coverage.boxes:
            if box.certain or not box.users & region.users:
                continue
            if all(mine & theirs for mine, theirs in zip(box.masks, region.masks, strict=True)):
                found += box.unknowns
        people = self.coverage.people
        for index in bits_of(self._who.without_crossings(region.users) & self._unsure):
            found += people.classes[index].unknowns
        found += self._places(region)
        if region.masks[0] & self.coverage.unexamined:
            found.append(_TOO_MANY)
        return sorted(dict.fromkeys(found))

    def _places(self, region: Open) -> list[str]:
        """The unknowns of the locations, when the region is only inside places that may not exist."""
        at = DIMENSIONS.index("locations")
        if region.masks[at] & self.coverage.space.placed[at]:
            return []
        return [one for index in bits_of(region.masks[at]) for one in self.coverage.space.locations[index].unknowns]

    def _ids(self, users: int) -> Iterator[str]:
        directory = self.coverage.tenant.directory
        for one in self.coverage.people.ids(users):
            yield directory.principal(one).id if directory else one


def coverage_document(coverage: Coverage, *, full: bool = False) -> JsonObject:
    """The contract's coverage document. `full`: every user id of a region, else the first IDS_SHOWN."""
    description = Description(coverage)
    users_open, users_depends = numbers(coverage)
    return {
        "format": FORMAT,
        "question": coverage.question.value,
        "exact": coverage.exact,
        "caveats": list(coverage.caveats),
        "open": [description.document(one, full=full) for one in description.regions],
        "users_open": users_open,
        "users_depends": users_depends,
        "users_total": coverage.users_total,
    }


def numbers(coverage: Coverage) -> tuple[int, int]:
    """`users_open` and `users_depends` of the contract: who is meant by the regions that are told."""
    if coverage.question is not Question.BLOCKED:
        return coverage.users_open, coverage.users_depends
    certain, perhaps = _blocked(coverage)
    return coverage.people.counted(certain), coverage.people.counted(perhaps)


def _regions(coverage: Coverage) -> tuple[Open, ...]:
    """The regions to tell. The question `blocked` tells who has none: they are blocked from everything."""
    if coverage.question is not Question.BLOCKED:
        return coverage.regions
    everything = tuple((1 << size) - 1 for size in coverage.space.sizes)
    certain, perhaps = _blocked(coverage)
    return tuple(Open(everything, users, certain=sure) for users, sure in ((certain, True), (perhaps, False)) if users)


def _blocked(coverage: Coverage) -> tuple[int, int]:
    """Who is blocked from everything, for certain and perhaps."""
    people = coverage.people
    unblocked = perhaps_unblocked = 0
    for diagram in coverage.diagrams:
        unblocked |= diagram.left_within(coverage.space.placed)[OPEN]
        perhaps_unblocked |= diagram.left()[NOT_CERTAIN]
    blocked = people.everybody & ~perhaps_unblocked & ~people.unsure if coverage.exact else 0
    return blocked, people.everybody & ~unblocked & ~blocked


def tokens(space: Universe, masks: Sequence[int]) -> dict[str, list[Any]]:
    """The contract's tokens for a product of atoms, one list a dimension."""
    atoms: dict[str, Sequence[str]] = {
        "applications": space.applications,
        "client_app_types": CLIENT_APP_TYPES,
        "platforms": (*PLATFORMS, UNKNOWN_PLATFORM),
        "sign_in_risk": RISK_LEVELS,
        "user_risk": RISK_LEVELS,
        "insider_risk": INSIDER_RISK_LEVELS,
        "authentication_flows": TRANSFER_METHODS,
    }
    found: dict[str, list[Any]] = {}
    for name, mask, size in zip(DIMENSIONS, masks, space.sizes, strict=True):
        if mask == (1 << size) - 1 and not (name == "applications" and space.narrowed):
            found[name] = [ANY]
        elif name == "locations":
            found[name] = [_location(space.locations[index].ids) for index in bits_of(mask)]
        elif name == "devices":
            found[name] = _devices(space, mask)
        else:
            found[name] = [atoms[name][index] for index in bits_of(mask)]
    return found


def _location(ids: frozenset[str]) -> str | JsonObject:
    if not ids:
        return OTHER
    return next(iter(ids)) if len(ids) == 1 else {"in": sorted(ids)}


def _devices(space: Universe, mask: int) -> list[str | JsonObject]:
    """A state where the region has all its devices, else each kind of device with what the filters say of it."""
    found: list[str | JsonObject] = []
    by_state: dict[str, list[int]] = {}
    for index, atom in enumerate(space.devices):
        by_state.setdefault(atom.state, []).append(index)
    for state, indexes in by_state.items():
        held = [index for index in indexes if mask >> index & 1]
        if len(held) == len(indexes):
            found.append(state)
        else:
            found += [
                {"state": state, "filters": dict(zip(space.rules, space.devices[index].truths, strict=True))}
                for index in held
            ]
    return found

"""Answer one coverage question about a tenant, or about the step from one tenant to another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod

from tenantlint.conditional_access.changes import Change
from tenantlint.conditional_access.compare import Comparison, compare
from tenantlint.conditional_access.coverage import Coverage, cover
from tenantlint.conditional_access.describe import Description, RegionWords, coverage_document, numbers
from tenantlint.conditional_access.naming import Naming, unknowns_in_words
from tenantlint.conditional_access.near_misses import telling
from tenantlint.conditional_access.questions import Question
from tenantlint.conditional_access.regions import Open
from tenantlint.conditional_access.tenant import read_tenant
from tenantlint.conditional_access.turning import Turning
from tenantlint.errors import InputError
from tenantlint.jobs.coverage_narrowing import application_ids, user_ids
from tenantlint.jobs.whatif_options import options_of
from tenantlint.model import JsonObject, SnapshotInfo
from tenantlint.sources import Reading

QUESTIONS = (
    Question.MFA,
    Question.PHISHING_RESISTANT_MFA,
    Question.LEGACY_AUTHENTICATION,
    Question.MANAGED_DEVICE,
    Question.ANY_CONTROL,
    Question.BLOCKED,
)
CHANGES_FORMAT = "tenantlint.coverage-changes/1"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the command line has it. `users`, `applications`: names or ids; None for all."""

    question: Question
    users: Sequence[str] | None = None
    applications: Sequence[str] | None = None
    activated: bool = False


@dataclass(frozen=True, slots=True)
class Population:
    """People with the same openings, in words. `where`: for each region its phrases, none for everything.

    `why`: clauses with the policies that they are true of. `whatif`: options of a sign-in for `tenantlint whatif`;
    empty where options cannot say it.
    """

    count: int
    who: str
    if_any: bool
    certain: bool
    where: tuple[tuple[str, ...], ...]
    why: tuple[tuple[str, tuple[str, ...]], ...]
    depends_on: tuple[str, ...]
    whatif: tuple[str, ...]


@dataclass(frozen=True)
class CoverageAnswer:
    """The answer to one question about one tenant. `subject`: the narrowed applications by name, if any."""

    asked: Asked
    snapshot: SnapshotInfo
    coverage: Coverage
    refused: tuple[InputError, ...] = ()

    @cached_property
    def _description(self) -> Description:
        return Description(self.coverage)

    @property
    def users_known(self) -> bool:
        """Whether the snapshot lists the users."""
        return self.coverage.people.known

    @cached_property
    def numbers(self) -> tuple[int, int, int]:
        """Users that are open, that may be, and all."""
        return (*numbers(self.coverage), self.coverage.users_total)

    @property
    def open(self) -> bool:
        """Whether anything is certainly open, to users or to people whom the snapshot does not list."""
        return any(one.certain for one in self._description.regions)

    @property
    def caveats(self) -> tuple[str, ...]:
        return (*self.coverage.caveats, *map(_refused, self.refused))

    def document(self, *, full: bool) -> JsonObject:
        """The contract's document."""
        exact = self.coverage.exact and not self.refused
        return {**coverage_document(self.coverage, full=full), "exact": exact, "caveats": list(self.caveats)}

    def populations(self) -> list[Population]:
        """The regions by people, most users first."""
        return _populations(self._description)


@dataclass(frozen=True)
class CoverageChange:
    """What the step from a base to a tenant opens and closes."""

    asked: Asked
    snapshot: SnapshotInfo
    base: SnapshotInfo
    comparison: Comparison
    refused: tuple[InputError, ...] = ()

    @property
    def caveats(self) -> tuple[str, ...]:
        found = (*self.comparison.opened.caveats, *self.comparison.closed.caveats)
        return (*dict.fromkeys(found), *map(_refused, self.refused))

    @property
    def open(self) -> bool:
        """Whether anything is certainly opened."""
        return any(one.certain for one in self.comparison.opened.regions)

    @cached_property
    def _halves(self) -> tuple[Description, Description]:
        comparison = self.comparison
        opened = Description(comparison.opened, turning=Turning(comparison, comparison.opened))
        return opened, Description(comparison.closed, turning=Turning(comparison, comparison.closed))

    def opened(self) -> list[Population]:
        """What is open now and was not, by people, most users first."""
        return _populations(self._halves[0])

    def closed(self) -> list[Population]:
        """What was open and is not any more."""
        return _populations(self._halves[1])

    @property
    def changes(self) -> tuple[Change, ...]:
        """Policies that mean something else than before."""
        return tuple(one for one in self.comparison.changes if one.kind != "cosmetic")

    @property
    def cosmetic(self) -> tuple[Change, ...]:
        """Policies that are written in another way and mean the same."""
        return tuple(one for one in self.comparison.changes if one.kind == "cosmetic")

    def document(self, *, full: bool) -> JsonObject:
        """The document of a comparison: regions as in the coverage document, opened and closed."""
        opened, closed = self._halves
        return {
            "format": CHANGES_FORMAT,
            "question": self.asked.question.value,
            "exact": self.comparison.opened.exact and self.comparison.closed.exact and not self.refused,
            "caveats": list(self.caveats),
            "opened": [opened.document(one, full=full) for one in opened.regions],
            "closed": [closed.document(one, full=full) for one in closed.regions],
            "users_opened": self.comparison.opened.users_open,
            "users_opened_depends": self.comparison.opened.users_depends,
            "users_closed": self.comparison.closed.users_open,
            "users_closed_depends": self.comparison.closed.users_depends,
            "users_total": self.comparison.opened.users_total,
            "changes": [_change(one) for one in self.changes],
            "cosmetic": [_change(one) for one in self.cosmetic],
        }


def answer(reading: Reading, asked: Asked) -> CoverageAnswer:
    """Answer a question about what was read. Raises UsageError for a user or application that is not there."""
    tenant = read_tenant(reading.snapshot)
    found = cover(
        tenant,
        asked.question,
        users=user_ids(asked.users, tenant, activated=asked.activated),
        applications=application_ids(asked.applications, tenant),
        activated=asked.activated,
    )
    return CoverageAnswer(asked, reading.snapshot.info(), found, tenant.refused)


def answer_change(base: Reading, reading: Reading, asked: Asked) -> CoverageChange:
    """What is opened and closed from `base` on. Raises UsageError for a user or application that neither has."""
    before, after = read_tenant(base.snapshot), read_tenant(reading.snapshot)
    found = compare(
        before,
        after,
        asked.question,
        users=user_ids(asked.users, after, before, activated=asked.activated),
        applications=application_ids(asked.applications, after),
        activated=asked.activated,
    )
    refused = tuple({str(one): one for one in (*before.refused, *after.refused)}.values())
    return CoverageChange(asked, reading.snapshot.info(), base.snapshot.info(), found, refused)


def _refused(error: InputError) -> str:
    return f"A policy is left out, since it could not be understood: {error}"


def _change(change: Change) -> JsonObject:
    policy = change.policy
    return {"policy_id": policy.id, "name": policy.name, "kind": change.kind, "parts": list(change.parts)}


def _populations(description: Description) -> list[Population]:
    """Regions of the same people together: who they are is told once."""
    naming = Naming(description.coverage.tenant)
    groups: dict[tuple[int, bool], list[Open]] = {}
    for region in description.regions:
        groups.setdefault((region.users, region.certain), []).append(region)
    found = [
        _population(naming, [description.words(one) for one in sorted(regions, key=_narrowness)])
        for regions in groups.values()
    ]
    return sorted(found, key=lambda one: (not one.certain, one.if_any, -one.count, one.who, one.where))


def _narrowness(region: Open) -> tuple[int, tuple[int, ...]]:
    """The widest regions come first."""
    return -prod(mask.bit_count() for mask in region.masks), region.masks


def _population(naming: Naming, regions: Sequence[RegionWords]) -> Population:
    first = regions[0]
    why: dict[str, list[str]] = {}
    for miss in telling(miss for one in regions for miss in one.why):
        policies = why.setdefault(miss.because, [])
        if miss.policy.name not in policies:
            policies.append(miss.policy.name)
    return Population(
        count=first.count,
        who=first.who,
        if_any=first.if_any,
        certain=first.certain,
        where=tuple(one.where for one in regions),
        why=tuple((because, tuple(policies)) for because, policies in why.items()),
        depends_on=tuple(unknowns_in_words(text for one in regions for text in one.depends_on)),
        whatif=options_of(first.witness, naming),
    )

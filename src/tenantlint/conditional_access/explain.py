"""Why a sign-in comes out as it does, and what little would have to be different for another outcome."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations, product
from types import MappingProxyType
from typing import Any

from tenantlint.conditional_access.evaluate import Evaluator, PolicyResult, Result
from tenantlint.conditional_access.people import names_of
from tenantlint.conditional_access.policy import Policy, Users
from tenantlint.conditional_access.sign_in import SignIn, request_body
from tenantlint.conditional_access.verdicts import Requires, Verdict
from tenantlint.conditional_access.whatif_edits import Edit, edits

_MOST_TRIED = 40_000


@dataclass(frozen=True, slots=True)
class Deciding:
    """A policy that decided: what it does, and how the person came to be in it."""

    policy: Policy
    asks: Requires | None
    reasons: tuple[str, ...]
    person: str
    names: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def effect(self) -> str:
        """`blocks`, with the reason where it has no block control, or what it requires."""
        if self.asks is None:
            if self.reasons == ("clientApps",):
                return "blocks: a legacy client cannot meet its controls"
            if self.reasons == ("authenticationFlow",):
                return "blocks: its controls cannot be met in this authentication flow"
            return "blocks"
        return f"requires {requires_text(self.asks, self.names)}"


@dataclass(frozen=True, slots=True)
class KeptOut:
    """An enforced policy that would apply but for the person; `person` says what keeps them out."""

    policy: Policy
    person: str


@dataclass(frozen=True, slots=True)
class Change:
    """A change of the sign-in that alters the outcome: one edit, or two where no single one does."""

    edits: tuple[str, ...]
    verdict: Verdict
    sign_in: SignIn


@dataclass(frozen=True, slots=True)
class Explanation:
    """`changes`: for each dimension the first change that leads to each other outcome, in the order of the search;
    where no change of one dimension alters anything, the first change of two. `searched`: whether
    all changes of that size were tried.
    """

    result: Result
    deciding: tuple[Deciding, ...]
    kept_out: tuple[KeptOut, ...]
    changes: tuple[Change, ...]
    searched: bool = True

    def document(self) -> dict[str, Any]:
        """The member `explanation` of a What-If document."""
        return {
            "deciding": [
                {
                    "id": one.policy.id or None,
                    "displayName": one.policy.name,
                    "effect": one.effect,
                    "person": one.person,
                }
                for one in self.deciding
            ],
            "kept_out": [{**_policy(one.policy), "person": one.person} for one in self.kept_out],
            "changes": [
                {
                    "changes": list(one.edits),
                    "outcome": one.verdict.outcome,
                    "requires": [list(options) for options in one.verdict.requires],
                    "request": request_body(one.sign_in),
                }
                for one in self.changes
            ],
            "searched": self.searched,
        }


def explain(evaluator: Evaluator, sign_in: SignIn) -> Explanation:
    """Explain one sign-in.

    Every change of one dimension is tried; where none alters the outcome, every two of different dimensions, up to
    a limit. The result lists all policies, whatever `applied_only` says.
    """
    result = evaluator.evaluate(sign_in)
    people = _People(evaluator, sign_in)
    changes, searched = _changes(evaluator, sign_in)
    return Explanation(
        result=result,
        deciding=tuple(_deciding(evaluator, sign_in, result, people)),
        kept_out=tuple(_kept_out(evaluator, sign_in, people)),
        changes=changes,
        searched=searched,
    )


def _policy(policy: Policy) -> dict[str, Any]:
    return {"id": policy.id or None, "displayName": policy.name}


def requires_text(requires: Requires, names: Mapping[str, str] = MappingProxyType({})) -> str:
    """A conjunction of alternatives as people write it. `names`: what controls with an id are called."""
    parts = [" or ".join(names.get(one, one) for one in options) for options in requires]
    if len(parts) == 1:
        return parts[0]
    return " and ".join(
        f"({part})" if len(options) > 1 else part for part, options in zip(parts, requires, strict=True)
    )


def control_names(policies: Iterable[Policy]) -> Mapping[str, str]:
    """The authentication strengths of policies as people call them, by control."""
    strengths = [one.grant.strength for one in policies if one.grant and one.grant.strength]
    return {f"authenticationStrength:{one.id}": f"the authentication strength {one.name}" for one in strengths}


def _deciding(evaluator: Evaluator, sign_in: SignIn, result: Result, people: _People) -> Iterator[Deciding]:
    """The policies that block, or those that ask for something that no other policy implies."""
    names = control_names(evaluator.policies)
    places = {id(policy): index for index, policy in enumerate(evaluator.policies)}
    for one in result.policies:
        if not one.applies or not one.policy.enforced:
            continue
        asks = evaluator.asked(places[id(one.policy)], sign_in)
        if result.outcome == "blocked":
            decides = asks is None
        else:
            decides = bool(asks) and any(options in result.requires for options in asks or ())
        if decides:
            yield Deciding(one.policy, asks, one.reasons, people.inside(one), names)


def _kept_out(evaluator: Evaluator, sign_in: SignIn, people: _People) -> Iterator[KeptOut]:
    """Enforced policies with a control that all but the person meets."""
    (_, persons), *others = evaluator.matches(sign_in)
    left = evaluator.judged.taken & ~persons.may
    for _, match in others:
        left &= match.taken
    for index, policy in enumerate(evaluator.policies):
        if left >> index & 1 and policy.enforced and policy.grant is not None and policy.subject == "users":
            text = people.outside(policy)
            if text:
                yield KeptOut(policy, text)


class _People:
    """How the person of a sign-in is in the user parts of policies."""

    def __init__(self, evaluator: Evaluator, sign_in: SignIn) -> None:
        self._persons = evaluator.persons
        self._sign_in = sign_in
        self._held = evaluator.persons.held(sign_in) if sign_in.service_principal_id is None else {}

    def inside(self, one: PolicyResult) -> str:
        """What the policy includes the person through."""
        if one.policy.subject != "users":
            return "included as a service principal"
        if one.policy.include.all:
            return "included as everybody is"
        return f"included {self._through(one.policy.include)}"

    def outside(self, policy: Policy) -> str:
        """What the policy excludes the person through; empty when it does not include them at all."""
        included = policy.include.all or any(self._held.get(name) for name in names_of(policy.include))
        if not included:
            return ""
        return "excluded as everybody is" if policy.exclude.all else f"excluded {self._through(policy.exclude)}"

    def _through(self, users: Users) -> str:
        ways = [self._persons.way(self._sign_in, name) for name in names_of(users) if self._held.get(name)]
        return ", and ".join(ways)


def _changes(evaluator: Evaluator, sign_in: SignIn) -> tuple[tuple[Change, ...], bool]:
    now = evaluator.outcome(sign_in)
    dimensions = edits(evaluator, sign_in)
    singles = [_altering(evaluator, sign_in, now, [(one,) for one in some]) for some in dimensions]
    found = tuple(change for some in singles for change in some)
    if found:
        return found, True
    pairs = [pair for one, other in combinations(dimensions, 2) for pair in product(one, other)]
    return tuple(_altering(evaluator, sign_in, now, pairs[:_MOST_TRIED])), len(pairs) <= _MOST_TRIED


def _altering(
    evaluator: Evaluator, sign_in: SignIn, now: Verdict, tried: Iterable[tuple[Edit, ...]]
) -> Iterable[Change]:
    """The first of the changes that leads to each other outcome."""
    found: dict[Verdict, Change] = {}
    for chosen in tried:
        changed = sign_in
        for one in chosen:
            changed = one.of(changed)
        verdict = evaluator.outcome(changed)
        if verdict != now and verdict not in found:
            found[verdict] = Change(tuple(one.text for one in chosen), verdict, changed)
    return found.values()

"""What-If: one sign-in against every policy, offline, with the reasons that Graph gives.

Evaluation as Microsoft documents it: a policy applies when all its conditions hold, exclusion beats inclusion, every
policy that applies must be met, one block blocks, and where none applies the token is issued. Report-only policies
are evaluated and listed and count for nothing. A control that this client or flow can never meet is no way in
(`questions.clause`), so that coverage and What-If agree.

What is not known never makes a sign-in look safer: the outcome is the one in which every policy of which it is not
known whether it applies does not. Where such a policy would change the outcome, the result `depends` on what decides
it. The one exception is `whereabouts`: the trusted IPs of per-user MFA.

Built for streams: each condition of a sign-in is one kept bit set over the policies, and the lines are put together
from prepared pieces, so that nothing is made anew for every policy.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from tenantlint.conditional_access import conditions
from tenantlint.conditional_access.identities import Match, Persons, Workloads, modelled
from tenantlint.conditional_access.people import Name, bits_of
from tenantlint.conditional_access.policy import Policy, State
from tenantlint.conditional_access.reasons import (
    CERTAIN,
    NOT_ENOUGH,
    NOT_SET,
    STATIC,
    Pieces,
    Tail,
    condition_names,
    tail_of,
)
from tenantlint.conditional_access.security_defaults import default_policies
from tenantlint.conditional_access.sign_in import SignIn
from tenantlint.conditional_access.tenant import Tenant
from tenantlint.conditional_access.verdicts import Outcome, Requires, Verdict, Verdicts, Way, way_of
from tenantlint.conditional_access.whereabouts import Places

_MOST = 100_000

__all__ = ["Evaluator", "Outcome", "PolicyResult", "Requires", "Result"]


@dataclass(frozen=True, slots=True)
class PolicyResult:
    """One policy for one sign-in. `reasons`: Graph's analysisReasons.

    A policy that does not apply has the first condition that is not met, with `notEnoughInformation` beside it where
    it may be met. One that applies has `notSet`, or, when this client or flow can meet none of its controls, so
    that it blocks, `clientApps` or `authenticationFlow`.
    """

    policy: Policy
    applies: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """What happens to one sign-in. `requires`: a conjunction of alternatives, without what others imply.

    `certainty` is `depends` when something that is not known would change the outcome; `depends_on` names it.
    """

    outcome: Outcome
    requires: Requires
    policies: tuple[PolicyResult, ...]
    certainty: Literal["certain", "depends"]
    depends_on: tuple[str, ...] = ()


class Evaluator:
    """What-If over one tenant. Keeps what it finds out about people, addresses and devices for the next sign-in.

    `activated`: as if every eligible role were activated. Policies are those of the tenant in their order, then
    security defaults where those are on.
    """

    def __init__(self, tenant: Tenant, activated: bool = False) -> None:
        self.tenant = tenant
        self.policies: tuple[Policy, ...] = (
            *tenant.policies,
            *(default_policies() if tenant.security_defaults else ()),
        )
        policies = self.policies
        self._full = (1 << len(policies)) - 1
        self._enforced = _bits(policies, lambda one: one.state is State.ENABLED)
        self._static = {
            "policyNotEnabled": _bits(policies, lambda one: one.state is State.DISABLED),
            "emptyPolicy": _bits(policies, lambda one: one.grant is None and not one.session_controls),
        }
        self._judged = self._full & ~(self._static["policyNotEnabled"] | self._static["emptyPolicy"])
        self._unknowns = {index: texts for index, one in enumerate(policies) if (texts := modelled(one))}
        self._known = self._full & ~sum(1 << index for index in self._unknowns)
        self.persons = Persons(policies, tenant.directory, activated=activated)
        self._workloads = Workloads(policies, tenant.directory)
        self._identities: dict[tuple[object, ...], Match] = {}
        self._resources = conditions.resources(policies)
        self._platforms = conditions.platforms(policies)
        self._devices = conditions.devices(policies)
        self._clients = conditions.clients(policies)
        self._places = Places(policies, tenant.locations)
        self._sign_in_risks = conditions.levels(policies, lambda one: one.sign_in_risk)
        self._user_risks = conditions.levels(policies, lambda one: one.user_risk)
        self._insider_risks = conditions.levels(policies, lambda one: one.insider_risk)
        self._flows = conditions.levels(policies, lambda one: one.flows)
        self._verdicts = Verdicts(policies)
        self._tails: dict[tuple[int, ...], tuple[Tail, tuple[Mapping[int, tuple[str, ...]], ...]]] = {}
        self._pieces = Pieces(policies)
        self._refused = tuple(f"a policy that could not be read ({one.problem})" for one in tenant.refused)

    def evaluate(self, sign_in: SignIn) -> Result:
        """The result with every policy."""
        state = self._judge(sign_in)
        found = {
            index: PolicyResult(self.policies[index], applies, reasons)
            for bits, reasons, applies in self._groups(state)
            for index in bits_of(bits)
        }
        return Result(
            state.verdict.outcome,
            state.verdict.requires,
            tuple(found[index] for index in sorted(found)),
            "depends" if state.tail.depends_on else "certain",
            state.tail.depends_on,
        )

    def document(self, sign_in: SignIn) -> dict[str, Any]:
        """The contract's What-If output."""
        loaded: dict[str, Any] = json.loads(self.line(sign_in))
        return loaded

    def line(self, sign_in: SignIn) -> str:
        """The contract's What-If output as one line of JSON, without the end of the line."""
        state = self._judge(sign_in)
        pieces = self._pieces
        rows = [""] * len(self.policies)
        for bits, reasons, applies in self._groups(state):
            texts = pieces.of(reasons, applies=applies)
            left = bits
            while left:
                last = left.bit_length() - 1
                rows[last] = texts[last]
                left ^= 1 << last
        policies = ",".join(filter(None, rows))
        return f'{pieces.head(state.verdict)},"policies":[{policies}],{state.tail.text}'

    def outcome(self, sign_in: SignIn) -> Verdict:
        """The outcome and what is required, alone."""
        return self._judge(sign_in).verdict

    def matches(self, sign_in: SignIn) -> tuple[tuple[str, Match], ...]:
        """For each condition, under its name in Graph's reasons, the policies whose condition holds; users first.

        Bits stand for `policies`. Those that no sign-in can be under (`judged`) are not taken out.
        """
        return tuple(zip(condition_names(sign_in), self._matches(sign_in), strict=True))

    def held(self, sign_in: SignIn) -> dict[Name, bool | None]:
        """For each name that a policy uses for users whether the person is in it; None: not known."""
        return self.persons.held(sign_in)

    @property
    def judged(self) -> Match:
        """The policies that can apply to anything: not disabled, not empty; certainly where all is modelled."""
        sure = self._judged & self._known
        return Match(sure, sure, self._judged)

    def asked(self, index: int, sign_in: SignIn) -> Requires | None:
        """What one policy, if it applies, asks of such a sign-in; None when it blocks."""
        return self._verdicts.asked(index, way_of(sign_in))

    def verdict(self, applied: int, sign_in: SignIn, as_if: int = 0) -> tuple[Outcome, Requires]:
        """What these policies, a bit set, come to for such a sign-in.

        Those that are not enforced count for nothing, except those in `as_if`.
        """
        found = self._verdicts.of(applied & (self._enforced | as_if), way_of(sign_in))
        return found.outcome, found.requires

    def _judge(self, sign_in: SignIn) -> _State:
        matches = self._matches(sign_in)
        must = taken = self._judged & self._known
        may = self._judged
        for one in matches:
            must &= one.must
            taken &= one.taken
            may &= one.may
        enforced, way = self._enforced, way_of(sign_in)
        verdict = self._verdicts.of(taken & enforced, way)
        tail = CERTAIN
        if must != may or self._refused:
            tail = self._depends_on(must & enforced, may & enforced, way, matches)
        return _State(matches, taken, way, sign_in, verdict, tail)

    def _matches(self, sign_in: SignIn) -> tuple[Match, ...]:
        """The policies whose condition holds, for each of CONDITIONS."""
        return (
            self._identity(sign_in),
            self._resources(sign_in.resources),
            self._platforms(sign_in.platform),
            self._devices(sign_in.device),
            self._clients(sign_in.client_app_type),
            self._places.match(sign_in.ip_address, sign_in.country, sign_in.locations),
            self._sign_in_risks(sign_in.sign_in_risk),
            self._user_risks(sign_in.user_risk),
            self._insider_risks(sign_in.insider_risk),
            self._flows(sign_in.flow),
        )

    def _identity(self, sign_in: SignIn) -> Match:
        key = (
            sign_in.user_id,
            sign_in.external_user_type,
            sign_in.external_tenant_id,
            sign_in.member_of,
            sign_in.roles,
            sign_in.service_principal_id,
            sign_in.service_principal_risk,
        )
        found = self._identities.get(key)
        if found is None:
            if len(self._identities) >= _MOST:
                self._identities.clear()
            source = self.persons if sign_in.service_principal_id is None else self._workloads
            found = self._identities[key] = source.match(sign_in)
        return found

    def _depends_on(self, must: int, may: int, way: Way, matches: Sequence[Match]) -> Tail:
        """What decides the policies that may apply and would then change the outcome."""
        if self._verdicts.of(must, way).outcome == "blocked":
            return CERTAIN
        changing = self._verdicts.changing(must, may & ~must, way)
        doubts = tuple(match.why for match in matches if match.why)
        # The doubts are kept beside what is made of them, so that no other object gets their identity.
        key = (changing, *map(id, doubts))
        found = self._tails.get(key)
        if found is None:
            texts: dict[str, None] = {}
            for index in bits_of(changing):
                texts |= dict.fromkeys(self._unknowns.get(index, ()))
                for why in doubts:
                    texts |= dict.fromkeys(why.get(index, ()))
            if len(self._tails) >= _MOST:
                self._tails.clear()
            found = self._tails[key] = (tail_of((*texts, *self._refused)), doubts)
        return found[0]

    def _groups(self, state: _State) -> Iterator[tuple[int, tuple[str, ...], bool]]:
        """The policies to list, as bit sets of those with the same reasons, and whether they apply."""
        hopeless = state.taken & self._verdicts.hopeless(state.way)
        yield state.taken ^ hopeless, (NOT_SET,), True
        if hopeless:
            yield hopeless, ("clientApps",) if state.way.legacy else ("authenticationFlow",), True
        if state.sign_in.applied_only:
            return
        left = self._full & ~state.taken
        for name in STATIC:
            yield left & self._static[name], (name,), False
            left &= ~self._static[name]
        names = condition_names(state.sign_in)
        for name, match in zip(names, state.matches, strict=True):
            failed = left & ~match.may
            if failed:
                yield failed, (name,), False
                left ^= failed
        if left:
            yield from _doubtful(left, names, state.matches)


def _doubtful(left: int, names: Sequence[str], matches: Sequence[Match]) -> Iterator[tuple[int, tuple[str, ...], bool]]:
    """Policies that may apply, by the first condition of which it is not known whether it is met."""
    for name, match in zip(names, matches, strict=True):
        failed = left & ~match.taken
        if failed:
            yield failed, (name, NOT_ENOUGH), False
            left ^= failed
    if left:
        yield left, (NOT_ENOUGH,), False


@dataclass(frozen=True, slots=True)
class _State:
    """One sign-in while it is judged: bit sets over the policies, and what they come to."""

    matches: tuple[Match, ...]
    taken: int
    way: Way
    sign_in: SignIn
    verdict: Verdict
    tail: Tail


def _bits(policies: Sequence[Policy], holds: Callable[[Policy], bool]) -> int:
    return sum(1 << index for index, one in enumerate(policies) if holds(one))

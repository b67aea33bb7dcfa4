"""The smallest thing that stands between a result and what was expected."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tenantlint.conditional_access.evaluate import Evaluator
from tenantlint.conditional_access.identities import Match
from tenantlint.conditional_access.naming import Naming
from tenantlint.conditional_access.people import Name, bits_of, names_of
from tenantlint.conditional_access.policy import Policy, State
from tenantlint.conditional_access.scenarios.expectations import Came, Expectation, Judge
from tenantlint.conditional_access.sign_in import SignIn

# Graph's reasons as the end of a sentence: a policy is not for ...
_CONDITIONS = {
    "application": "this application",
    "userActions": "this action",
    "authenticationContext": "this authentication context",
    "devicePlatform": "this platform",
    "devices": "this device",
    "clientApps": "this client",
    "location": "this location",
    "signInRisk": "this sign-in risk",
    "userRisk": "this user risk",
    "insiderRisk": "this insider risk",
    "authenticationFlow": "this flow",
}
_NAMES = 3
_FAR = 2  # a policy that this many conditions keep away is still worth a hint


class Hints:
    """Hints for one tenant."""

    def __init__(self, evaluator: Evaluator, judge: Judge, naming: Naming) -> None:
        self._evaluator = evaluator
        self._judge = judge
        self._naming = naming
        self._held: dict[SignIn, dict[Name, bool | None]] = {}

    def hint(self, expectation: Expectation, sign_in: SignIn, people: Sequence[SignIn]) -> str:
        """What one policy would have to do differently for the sign-in to come out as expected; empty when no single
        one is enough, or near. `people`: the persons, of whom `sign_in` has one; the same policies apply to all.
        """
        matches = self._evaluator.matches(sign_in)
        taken = self._evaluator.judged.taken
        for _, one in matches:
            taken &= one.taken
        return (
            self._in_the_way(expectation, taken, sign_in)
            or self._kept_away(expectation, taken, sign_in, people, matches)
            or self._named(expectation, taken, people, matches)
        )

    def _in_the_way(self, expectation: Expectation, taken: int, sign_in: SignIn) -> str:
        """The first policy without which the expectation were met."""
        for index in bits_of(taken):
            if self._met(expectation, taken & ~(1 << index), sign_in):
                return f"without {self._evaluator.policies[index].name} it would be as expected"
        return ""

    def _kept_away(
        self,
        expectation: Expectation,
        taken: int,
        sign_in: SignIn,
        people: Sequence[SignIn],
        matches: tuple[tuple[str, Match], ...],
    ) -> str:
        """The policy with which the expectation were met, and that the fewest conditions keep away."""
        best: tuple[tuple[int, bool, bool], int, tuple[str, ...]] | None = None
        for index, policy in enumerate(self._evaluator.policies):
            if taken >> index & 1 and policy.enforced:
                continue
            if policy.grant is None or not self._met(expectation, taken | 1 << index, sign_in, as_if=1 << index):
                continue
            failing = tuple(name for name, one in matches if not one.taken >> index & 1)
            # Of equals first the one that is about such sign-ins and only leaves out the person.
            rank = (len(failing), not policy.enforced, failing != ("users",))
            if len(failing) <= _FAR and (best is None or rank < best[0]):
                best = (rank, index, failing)
        if best is None:
            return ""
        _, index, failing = best
        policy = self._evaluator.policies[index]
        return f"{policy.name} would do, but {' and '.join(self._why(policy, failing, people))}"

    def _named(
        self, expectation: Expectation, taken: int, people: Sequence[SignIn], matches: tuple[tuple[str, Match], ...]
    ) -> str:
        """Why a policy that is named does not apply."""
        for name, _, wanted in expectation.policies:
            index = self._judge.policies[name]
            applies = bool(taken >> index & 1)
            policy = self._evaluator.policies[index]
            if applies is wanted:
                continue
            if applies:
                return f"{policy.name} applies"
            failing = tuple(name for name, one in matches if not one.taken >> index & 1)
            return f"{policy.name} {' and '.join(self._why(policy, failing, people)) or 'asks for nothing'}"
        return ""

    def _why(self, policy: Policy, failing: tuple[str, ...], people: Sequence[SignIn]) -> Iterator[str]:
        """What keeps a policy from counting, each as the end of a sentence."""
        if policy.state is State.REPORT_ONLY:
            yield "is only in report-only mode"
        elif policy.state is State.DISABLED:
            yield "is disabled"
        for name in failing:
            yield self._not_for(policy, people) if name == "users" else f"is not for {_CONDITIONS.get(name, name)}"

    def _not_for(self, policy: Policy, people: Sequence[SignIn]) -> str:
        excluding: dict[Name, None] = {}
        for person in people:
            held = self._who(person)
            by = [name for name in names_of(policy.exclude) if held.get(name) is not False]
            if not by or not (policy.include.all or any(held.get(name) for name in names_of(policy.include))):
                return "is not for these people"
            excluding |= dict.fromkeys(by)
        shown = [self._naming.thing(name) for name in excluding]
        more = len(shown) - _NAMES
        return f"excludes {' or '.join(shown[:_NAMES])}{f' or {more} more' if more > 0 else ''}"

    def _who(self, person: SignIn) -> dict[Name, bool | None]:
        if person not in self._held:
            self._held[person] = self._evaluator.held(person)
        return self._held[person]

    def _met(self, expectation: Expectation, applied: int, sign_in: SignIn, as_if: int = 0) -> bool:
        """Whether the expectation were met if these policies applied, for certain."""
        verdict = self._evaluator.verdict(applied, sign_in, as_if)
        return self._judge.meets(expectation, Came(verdict, verdict, applied, applied)) is True

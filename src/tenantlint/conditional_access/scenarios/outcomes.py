"""What comes of one sign-in for many people: cells where the same policies count are judged once, and people for whom
it comes out alike are shown together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tenantlint.conditional_access.evaluate import Evaluator
from tenantlint.conditional_access.naming import Naming
from tenantlint.conditional_access.people import bits_of
from tenantlint.conditional_access.questions import clause
from tenantlint.conditional_access.scenarios.cells import Cell
from tenantlint.conditional_access.scenarios.expectations import Came, Expectation, Judge
from tenantlint.conditional_access.scenarios.hints import Hints
from tenantlint.conditional_access.scenarios.persons import Persons
from tenantlint.conditional_access.sign_in import SignIn
from tenantlint.conditional_access.verdicts import Requires

_SAMPLE = 5
_HINTS = 3
_LOOKED_AT = 6  # of the parts of a group, the largest, for hints and for what it hangs on


@dataclass(frozen=True, slots=True)
class Group:
    """People for whom one sign-in comes out alike. `met`: whether as expected; None when not known.

    `users`: how many accounts; `names`: the first of them; `others`: persons whom the snapshot does not list.
    `decided`: names of the policies that make the outcome what it is, for all of the people or for some, those that
    decide for the most first. `hints`: what would have to change, for the largest parts of the group.
    """

    met: bool | None
    users: int
    names: tuple[str, ...]
    others: tuple[str, ...]
    outcome: str
    requires: Requires
    decided: tuple[str, ...]
    depends_on: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Part:
    """Cells with the same policies that count: certainly, as taken, and possibly."""

    must: int
    taken: int
    may: int
    cells: list[Cell]

    @property
    def people(self) -> int:
        return sum(len(cell.ids) or 1 for cell in self.cells)


class Outcomes:
    """Judges sign-ins against expectations in one tenant."""

    def __init__(self, evaluator: Evaluator, persons: Persons, judge: Judge, *, hints: bool) -> None:
        self._evaluator = evaluator
        self._persons = persons
        self._judge = judge
        self._hints = Hints(evaluator, judge, Naming(evaluator.tenant)) if hints else None
        self._asking = sum(
            1 << index for index, one in enumerate(evaluator.policies) if one.enforced and one.grant is not None
        )
        self._blocking: dict[tuple[str, str], int] = {}

    def groups(self, cells: Sequence[Cell], sign_in: SignIn, expectation: Expectation) -> list[Group]:
        """All of the people, those who do not meet the expectation first, then the largest groups."""
        found: dict[tuple[bool | None, str, Requires], list[_Part]] = {}
        named = sum(1 << self._judge.policies[name] for name in {name for name, _ in expectation.named_policies()})
        for part in self._parts(cells, sign_in, self._asking | named):
            someone = part.cells[0].signing_in(sign_in)
            met = self._judge.meets(expectation, self._came(part, someone))
            outcome, requires = self._evaluator.verdict(part.taken, someone)
            found.setdefault((met, outcome, requires), []).append(part)
        made = [self._group(key, parts, sign_in, expectation) for key, parts in found.items()]
        return sorted(made, key=lambda one: ((False, None, True).index(one.met), -one.users, one.outcome, one.requires))

    def _parts(self, cells: Sequence[Cell], sign_in: SignIn, counting: int) -> Iterator[_Part]:
        _, *others = self._evaluator.matches(sign_in)
        judged = self._evaluator.judged
        must, taken, may = judged.must & counting, judged.taken & counting, judged.may & counting
        for _, one in others:
            must, taken, may = must & one.must, taken & one.taken, may & one.may
        alike: dict[tuple[int, int, int], list[Cell]] = {}
        for cell in cells:
            who = self._persons.match(cell, self._evaluator)
            key = (must & who.must, taken & who.taken, may & who.may)
            found = alike.get(key)
            if found is None:
                alike[key] = [cell]
            else:
                found.append(cell)
        for (sure, applied, perhaps), members in alike.items():
            yield _Part(sure, applied, perhaps, members)

    def _came(self, part: _Part, sign_in: SignIn) -> Came:
        evaluator = self._evaluator
        least = evaluator.verdict(part.must, sign_in)
        # A policy that could not be read may block.
        most = ("blocked", ()) if evaluator.tenant.refused else evaluator.verdict(part.may, sign_in)
        return Came(least, most, part.must, part.may)

    def _group(
        self,
        key: tuple[bool | None, str, Requires],
        parts: list[_Part],
        sign_in: SignIn,
        expectation: Expectation,
    ) -> Group:
        met, outcome, requires = key
        largest = sorted(parts, key=lambda part: (-part.people, part.cells[0].ids, part.cells[0].label))[:_LOOKED_AT]
        depends_on: dict[str, None] = {}
        hints: dict[str, None] = {}
        for part in largest:
            someone = part.cells[0].signing_in(sign_in)
            if met is None:
                depends_on |= dict.fromkeys(self._evaluator.evaluate(someone).depends_on)
            elif not met and self._hints is not None:
                hints |= dict.fromkeys([self._hints.hint(expectation, someone, [one.person for one in part.cells])])
        ids = [one for part in parts for cell in part.cells for one in cell.ids]
        return Group(
            met=met,
            users=len(ids),
            names=self._persons.first_names(ids, _SAMPLE),
            others=tuple(sorted(cell.label for part in parts for cell in part.cells if not cell.ids)),
            outcome=outcome,
            requires=requires,
            decided=self._decided(parts, sign_in, outcome),
            depends_on=tuple(depends_on),
            hints=tuple(one for one in hints if one)[:_HINTS],
        )

    def _decided(self, parts: Sequence[_Part], sign_in: SignIn, outcome: str) -> tuple[str, ...]:
        counted = self._blocks(sign_in) if outcome == "blocked" else self._asking
        people: Counter[int] = Counter()
        for part in parts:
            people[part.taken & counted] += part.people
        by_policy: Counter[int] = Counter()
        for bits, number in people.items():
            by_policy.update(dict.fromkeys(bits_of(bits), number))
        order = sorted(by_policy, key=lambda index: (-by_policy[index], index))
        return tuple(self._evaluator.policies[index].name for index in order)

    def _blocks(self, sign_in: SignIn) -> int:
        """The enforced policies that block such a sign-in."""
        key = (sign_in.client_app_type or "browser", sign_in.flow)
        if key not in self._blocking:
            self._blocking[key] = sum(
                1 << index
                for index in bits_of(self._asking)
                if (grant := self._evaluator.policies[index].grant) is not None and clause(grant, *key) is None
            )
        return self._blocking[key]

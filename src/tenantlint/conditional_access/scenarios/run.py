"""Run scenarios against a tenant: each sign-in for all of its people, exactly, with what decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fnmatch import fnmatchcase

from tenantlint.conditional_access.evaluate import Evaluator
from tenantlint.conditional_access.naming import Naming
from tenantlint.conditional_access.people import bits_of
from tenantlint.conditional_access.policy import Policy
from tenantlint.conditional_access.questions import clause
from tenantlint.conditional_access.scenarios.expectations import Came, Expectation, Judge
from tenantlint.conditional_access.scenarios.hints import Hints
from tenantlint.conditional_access.scenarios.names import names_of_policies
from tenantlint.conditional_access.scenarios.persons import Cell, Persons
from tenantlint.conditional_access.scenarios.scenario_file import Persona, Row, Scenario, ScenarioFile
from tenantlint.conditional_access.scenarios.sign_ins import Case, SignIns
from tenantlint.conditional_access.sign_in import SignIn
from tenantlint.conditional_access.tenant import Tenant
from tenantlint.conditional_access.verdicts import Requires
from tenantlint.errors import UsageError

MOST = 20_000
_SAMPLE = 5


class Status(StrEnum):
    """How a case or a scenario ended, the worst last."""

    SKIPPED = "skipped"
    PASS = "pass"  # noqa: S105 - an outcome
    INCONCLUSIVE = "inconclusive"
    MISS = "miss"


@dataclass(frozen=True, slots=True)
class Group:
    """People for whom one sign-in comes out alike. `met`: whether as expected; None when not known.

    `users`: how many accounts; `names`: the first of them; `others`: persons whom the snapshot does not list.
    `decided`: names of the policies that make the outcome what it is.
    """

    met: bool | None
    users: int
    names: tuple[str, ...]
    others: tuple[str, ...]
    outcome: str
    requires: Requires
    decided: tuple[str, ...]
    depends_on: tuple[str, ...] = ()
    hint: str = ""


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One sign-in of one persona. `label`: what tells it from the scenario's other cases.

    `groups`: all people, those who do not meet the expectation first. `reason`: why it is inconclusive, where that
    lies not with a group.
    """

    label: tuple[tuple[str, str], ...]
    persona: str
    status: Status
    expected: str
    members: str
    groups: tuple[Group, ...]
    reason: str = ""

    @property
    def users(self) -> int:
        """How many accounts the persona has."""
        return sum(one.users for one in self.groups)


@dataclass(frozen=True, slots=True)
class ScenarioResult:
    """`skip`: why it was not run."""

    name: str
    line: int
    status: Status
    cases: tuple[CaseResult, ...]
    skip: str = ""


@dataclass(frozen=True, slots=True)
class SectionResult:
    """The scenarios of one section."""

    name: str
    scenarios: tuple[ScenarioResult, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """The result of a file. `controls`: names of grant controls that have an id (`authenticationStrength:ID`)."""

    file: str
    sections: tuple[SectionResult, ...]
    controls: Mapping[str, str] = field(default_factory=dict)

    @property
    def scenarios(self) -> Iterator[ScenarioResult]:
        """Every scenario, in the order of the file."""
        for section in self.sections:
            yield from section.scenarios

    def count(self, status: Status) -> int:
        """How many scenarios ended so."""
        return sum(one.status is status for one in self.scenarios)


def run(
    given: ScenarioFile, tenant: Tenant, emergency: frozenset[str] | None = None, select: Sequence[str] = ()
) -> Run:
    """Run a file's scenarios. `emergency`: ids of the emergency accounts, None when none are declared.

    `select`: names of scenarios or sections, with `*` and `?`; all without. Raises InputError for names that the
    tenant does not have, also in scenarios that are not selected; UsageError for a selection that names nothing.
    """
    return _Runner(given, tenant, emergency).run(select)


class _Runner:
    def __init__(self, given: ScenarioFile, tenant: Tenant, emergency: frozenset[str] | None) -> None:
        self._given = given
        self._document = given.document
        self._evaluator = Evaluator(tenant)
        self._sign_ins = SignIns(tenant, given.document)
        self._persons = Persons(tenant, emergency, given.document)
        self._policies = self._evaluator.policies
        named = (
            one
            for section in given.sections
            for scenario in section.scenarios
            for row in scenario.rows
            for one in row.expectation.named_policies()
        )
        strengths = {
            one.grant.strength.id: one.grant.strength
            for one in self._policies
            if one.grant is not None and one.grant.strength is not None
        }
        self._judge = Judge(strengths, names_of_policies(named, self._policies, given.document))
        self._hints = Hints(self._evaluator, self._judge, Naming(tenant))
        self._left = MOST

    def run(self, select: Sequence[str]) -> Run:
        planned = [(section, one, self._planned(one)) for section in self._given.sections for one in section.scenarios]
        chosen = [
            plan for plan in planned if not select or any(_selects(word, plan[1].name, plan[0].name) for word in select)
        ]
        for word in select:
            if not any(_selects(word, one.name, section.name) for section, one, _ in planned):
                raise UsageError(f"--select {word}: no scenario or section is named so.")
        found = []
        for section in self._given.sections:
            results = tuple(self._result(one, plan) for owner, one, plan in chosen if owner is section)
            if results:
                found.append(SectionResult(section.name, results))
        controls = {f"authenticationStrength:{key}": one.name for key, one in self._judge.strengths.items()}
        return Run(self._document.file, tuple(found), controls)

    def _planned(self, scenario: Scenario) -> list[tuple[Row, Persona, Case]]:
        """The cases of a scenario; so that wrong names are found in every scenario before any is run."""
        plan = []
        for row in scenario.rows:
            for persona in row.personas:
                self._persons.cells(persona.people)
            for case in self._sign_ins.of(row, scenario.place):
                plan += [(row, persona, case) for persona in row.personas]
        self._left -= len(plan)
        if self._left < 0:
            raise self._document.error(
                scenario.place, f"up to here the file makes more than {MOST:,} sign-ins", "split it into several files"
            )
        return plan

    def _result(self, scenario: Scenario, plan: Sequence[tuple[Row, Persona, Case]]) -> ScenarioResult:
        if scenario.skip is not None:
            return ScenarioResult(scenario.name, scenario.line, Status.SKIPPED, (), scenario.skip)
        labels = _labels([(persona.name, case) for _, persona, case in plan])
        cases = tuple(
            self._case(row, persona, case, label) for (row, persona, case), label in zip(plan, labels, strict=True)
        )
        order = list(Status)
        worst = max((one.status for one in cases), key=order.index)
        return ScenarioResult(scenario.name, scenario.line, worst, cases)

    def _case(self, row: Row, persona: Persona, case: Case, label: tuple[tuple[str, str], ...]) -> CaseResult:
        expectation = row.expectation
        groups = sorted(self._groups(self._persons.cells(persona.people), case.sign_in, expectation), key=_badness)
        met = [one.met for one in groups]
        reason = ""
        if not groups:
            status, reason = Status.INCONCLUSIVE, f"there is nobody in `{persona.name}` who could sign in"
        elif row.members == "any":
            status = Status.PASS if True in met else (Status.INCONCLUSIVE if None in met else Status.MISS)
        else:
            status = Status.MISS if False in met else (Status.INCONCLUSIVE if None in met else Status.PASS)
        return CaseResult(label, persona.name, status, expectation.words(), row.members, tuple(groups), reason)

    def _groups(self, cells: Sequence[Cell], sign_in: SignIn, expectation: Expectation) -> Iterator[Group]:
        """The people, taken together where the same policies apply."""
        _, *others = self._evaluator.matches(sign_in)
        judged = self._evaluator.judged
        must, taken, may = judged.must, judged.taken, judged.may
        for _, one in others:
            must, taken, may = must & one.must, taken & one.taken, may & one.may
        alike: dict[tuple[int, int, int], list[Cell]] = {}
        for cell in cells:
            who = self._persons.match(cell, self._evaluator)
            alike.setdefault((must & who.must, taken & who.taken, may & who.may), []).append(cell)
        judgements: dict[tuple[bool | None, str, Requires, tuple[str, ...], tuple[str, ...], str], list[Cell]] = {}
        for (sure, applied, perhaps), members in alike.items():
            someone = members[0].signing_in(sign_in)
            met = self._judge.meets(expectation, self._came(sure, perhaps, someone))
            outcome, requires = self._evaluator.verdict(applied, someone)
            depends_on = self._evaluator.evaluate(someone).depends_on if met is None else ()
            text = self._hints.hint(expectation, someone, [one.person for one in members]) if met is False else ""
            key = (met, outcome, requires, self._decided(applied, someone, outcome), depends_on, text)
            judgements.setdefault(key, []).extend(members)
        for (met, came_out, asked, decided, depends_on, text), members in judgements.items():
            ids = [one for cell in members for one in cell.ids]
            names = sorted(((self._persons.name(one), one) for one in ids), key=lambda one: (one[0].casefold(), one))
            yield Group(
                met=met,
                users=len(ids),
                names=tuple(name for name, _ in names[:_SAMPLE]),
                others=tuple(cell.label for cell in members if not cell.ids),
                outcome=came_out,
                requires=asked,
                decided=decided,
                depends_on=depends_on,
                hint=text,
            )

    def _came(self, sure: int, perhaps: int, sign_in: SignIn) -> Came:
        evaluator = self._evaluator
        # A policy that could not be read may block.
        most = ("blocked", ()) if evaluator.tenant.refused else evaluator.verdict(perhaps, sign_in)
        return Came(
            least=evaluator.verdict(sure, sign_in),
            most=most,
            must=frozenset(self._policies[index].identity for index in bits_of(sure)),
            may=frozenset(self._policies[index].identity for index in bits_of(perhaps)),
        )

    def _decided(self, applied: int, sign_in: SignIn, outcome: str) -> tuple[str, ...]:
        found = [self._policies[index] for index in bits_of(applied) if self._policies[index].enforced]
        return tuple(one.name for one in found if _decides(one, sign_in, outcome))


def _decides(policy: Policy, sign_in: SignIn, outcome: str) -> bool:
    if policy.grant is None:
        return False
    blocks = clause(policy.grant, sign_in.client_app_type or "browser", sign_in.flow) is None
    return blocks if outcome == "blocked" else True


def _selects(word: str, name: str, section: str) -> bool:
    return any(fnmatchcase(one.casefold(), word.casefold()) for one in (name, section) if one)


def _badness(group: Group) -> tuple[int, int]:
    return (False, None, True).index(group.met), -group.users


def _labels(cases: Iterable[tuple[str, Case]]) -> list[tuple[tuple[str, str], ...]]:
    """For each case the values that are not the same in all of them; its number where that tells nothing."""
    values: list[Mapping[str, str]] = [{"who": persona, **case.values} for persona, case in cases]
    names = list(dict.fromkeys(name for one in values for name in one))
    telling = [name for name in names if len({one.get(name) for one in values}) > 1]
    labels = [tuple((name, one[name]) for name in telling if name in one) for one in values]
    if len(set(labels)) < len(labels):
        labels = [(*label, ("case", str(index))) for index, label in enumerate(labels, 1)]
    return labels if len(labels) > 1 else [()]

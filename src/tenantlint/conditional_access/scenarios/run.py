"""Run scenarios against a tenant: each sign-in for all of its people, exactly, with what decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fnmatch import fnmatchcase

from tenantlint.conditional_access.evaluate import Evaluator
from tenantlint.conditional_access.scenarios.expectations import Judge
from tenantlint.conditional_access.scenarios.names import names_of_policies
from tenantlint.conditional_access.scenarios.outcomes import Group, Outcomes
from tenantlint.conditional_access.scenarios.persons import Persons
from tenantlint.conditional_access.scenarios.scenario_file import Persona, Row, Scenario, ScenarioFile
from tenantlint.conditional_access.scenarios.sign_ins import Case, SignIns
from tenantlint.conditional_access.tenant import Tenant
from tenantlint.errors import UsageError

MOST = 20_000


class Status(StrEnum):
    """How a case or a scenario ended, the worst last."""

    SKIPPED = "skipped"
    PASS = "pass"  # noqa: S105 - an outcome
    INCONCLUSIVE = "inconclusive"
    MISS = "miss"


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
    given: ScenarioFile,
    tenant: Tenant,
    emergency: frozenset[str] | None = None,
    select: Sequence[str] = (),
    *,
    hints: bool = True,
) -> Run:
    """Run a file's scenarios. `emergency`: ids of the emergency accounts, None when none are declared.

    `select`: names of scenarios or sections, with `*` and `?`; all without. `hints`: look for what would have to
    change where one is missed. Raises InputError for names that the tenant does not have, also in scenarios that are
    not selected; UsageError for a selection that names nothing.
    """
    return _Runner(given, tenant, emergency, hints=hints).run(select)


class _Runner:
    def __init__(self, given: ScenarioFile, tenant: Tenant, emergency: frozenset[str] | None, *, hints: bool) -> None:
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
        self._outcomes = Outcomes(self._evaluator, self._persons, self._judge, hints=hints)
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
        groups = self._outcomes.groups(self._persons.cells(persona.people), case.sign_in, expectation)
        met = [one.met for one in groups]
        reason = ""
        if not groups:
            status, reason = Status.INCONCLUSIVE, f"there is nobody in `{persona.name}` who could sign in"
        elif row.members == "any":
            status = Status.PASS if True in met else (Status.INCONCLUSIVE if None in met else Status.MISS)
        else:
            status = Status.MISS if False in met else (Status.INCONCLUSIVE if None in met else Status.PASS)
        return CaseResult(label, persona.name, status, expectation.words(), row.members, tuple(groups), reason)


def _selects(word: str, name: str, section: str) -> bool:
    return any(fnmatchcase(one.casefold(), word.casefold()) for one in (name, section) if one)


def _labels(cases: Iterable[tuple[str, Case]]) -> list[tuple[tuple[str, str], ...]]:
    """For each case the values that are not the same in all of them; its number where that tells nothing."""
    values: list[Mapping[str, str]] = [{"who": persona, **case.values} for persona, case in cases]
    names = list(dict.fromkeys(name for one in values for name in one))
    telling = [name for name in names if len({one.get(name) for one in values}) > 1]
    labels = [tuple((name, one[name]) for name in telling if name in one) for one in values]
    if len(set(labels)) < len(labels):
        labels = [(*label, ("case", str(index))) for index, label in enumerate(labels, 1)]
    return labels if len(labels) > 1 else [()]

"""`text` of a scenario run: like a test runner, one line a scenario, and under each miss what came out instead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tenantlint.conditional_access.scenarios.outcomes import Group
from tenantlint.conditional_access.scenarios.run import CaseResult, ScenarioResult, SectionResult, Status
from tenantlint.jobs.scenarios import ScenarioReport
from tenantlint.report.escaping import shortened, visible
from tenantlint.report.interface import RenderOptions
from tenantlint.report.scenarios_wording import came_out, decided, depends, label, people, sign_ins, unmet
from tenantlint.report.text.page import Page
from tenantlint.report.wording import counted, day_and_time

_STYLES = {Status.PASS: "green", Status.MISS: "bold red", Status.INCONCLUSIVE: "yellow", Status.SKIPPED: "dim"}
_MARKS = {Status.PASS: "✓", Status.MISS: "✗", Status.INCONCLUSIVE: "?", Status.SKIPPED: "-"}
_PLAIN = {Status.PASS: "pass", Status.MISS: "MISS", Status.INCONCLUSIVE: "open", Status.SKIPPED: "skip"}
_LABEL = 10
_CASES = 3  # sign-ins that are listed where several came out alike, unless verbose
_GROUPS = 4  # groups of people of one sign-in, unless verbose
_BLOCKS = 3  # differing results of one scenario, unless verbose
_NAME = 300


def render(report: ScenarioReport, options: RenderOptions, *, plain: bool = False) -> str:
    """Sections in the order of the file, the numbers at the end. `plain`: no signs beyond ASCII of our own."""
    return _Text(report, options, plain=plain).render()


@dataclass(frozen=True, slots=True)
class _Block:
    """Cases of one scenario that came out alike."""

    cases: tuple[CaseResult, ...]

    @property
    def first(self) -> CaseResult:
        return self.cases[0]


class _Text:
    def __init__(self, report: ScenarioReport, options: RenderOptions, *, plain: bool) -> None:
        self._report = report
        self._options = options
        self._marks = _PLAIN if plain else _MARKS
        self._arrow = "->" if plain else "→"
        self._dot = " - " if plain else " · "
        self._page = Page(options.width, color=options.color)

    def render(self) -> str:
        self._head()
        for section in self._report.run.sections:
            self._section(section)
        self._closing()
        return self._page.finish()

    def _head(self) -> None:
        info = self._report.snapshot
        name = info.tenant.display_name or info.tenant.initial_domain or info.tenant.id or "tenant without a name"
        self._page.wrapped((shortened(name, 80), "bold"))
        about = [visible(self._report.run.file)]
        if info.collected_at:
            about.append(f"collected {day_and_time(info.collected_at)}")
        self._page.wrapped((self._dot.join(about), "dim"))

    def _section(self, section: SectionResult) -> None:
        self._page.blank()
        if section.name:
            self._page.line((shortened(section.name, _NAME), "bold underline"))
        for scenario in section.scenarios:
            self._scenario(scenario)

    def _scenario(self, scenario: ScenarioResult) -> None:
        failed = [case for case in scenario.cases if case.status is not Status.PASS]
        notes = []
        if scenario.skip:
            notes.append(f"skipped: {shortened(scenario.skip, _NAME)}")
        elif failed and len(scenario.cases) > 1:
            notes.append(f"{len(failed):,} of {sign_ins(scenario)}")
        elif len(scenario.cases) > 1:
            notes.append(sign_ins(scenario))
        if failed:
            notes.append(f"line {scenario.line}")
        text = f" ({', '.join(notes)})" if notes else ""
        mark = self._marks[scenario.status]
        style = _STYLES[scenario.status]
        name = shortened(scenario.name, _NAME)
        self._page.wrapped((name, ""), (text, "dim"), indent=2, first=f"{mark} ", first_style=style)
        blocks = list(_blocks(failed))
        shown = blocks if self._options.verbose else blocks[:_BLOCKS]
        for block in shown:
            self._block(block, whole=len(scenario.cases) == len(block.cases))
        if len(shown) < len(blocks):
            left = sum(len(one.cases) for one in blocks[len(shown) :])
            self._note(f"{counted(left, 'more sign-in')} not as expected in other ways; --verbose shows them")

    def _block(self, block: _Block, *, whole: bool) -> None:
        case = block.first
        if not whole or len(block.cases) == 1:
            self._labels(block.cases)
        expected = visible(case.expected)
        if case.members == "any":
            expected += ", for one of them at least"
        self._field("expected", (expected, ""))
        if case.reason:
            self._field("open", (visible(case.reason), _STYLES[Status.INCONCLUSIVE]))
        groups = unmet(case)
        shown = groups if self._options.verbose else groups[:_GROUPS]
        for index, group in enumerate(shown):
            self._group(case, group, first=index == 0)
        if len(shown) < len(groups):
            self._field("", (f"and {counted(len(groups) - len(shown), 'more group')} of people; --verbose", "dim"))

    def _labels(self, cases: Sequence[CaseResult]) -> None:
        texts = [text for case in cases if (text := label(case))]
        shown = texts if self._options.verbose else texts[:_CASES]
        for index, text in enumerate(shown):
            self._field("" if index else "sign-in", (text, "cyan"))
        if len(shown) < len(texts):
            self._field("", (f"and {len(texts) - len(shown):,} more that came out alike", "dim"))

    def _group(self, case: CaseResult, group: Group, *, first: bool) -> None:
        if case.status is Status.INCONCLUSIVE:
            self._field("hangs on" if first else "", (f"{depends(group)}, ", "yellow"), (people(group, case), ""))
            return
        outcome = came_out(group, self._report.run.controls)
        self._field("came out" if first else "", (outcome, "red"), (f" {people(group, case)}", ""))
        if text := decided(group):
            self._field("", (text, "dim"))
        for hint in group.hints:
            self._field("", (f"{self._arrow} {visible(hint)}", "cyan"))

    def _field(self, name: str, *parts: tuple[str, str]) -> None:
        self._page.field(name, *parts, indent=6, label_width=_LABEL)

    def _note(self, text: str) -> None:
        self._page.wrapped((text, "dim"), indent=6)

    def _closing(self) -> None:
        run = self._report.run
        words = {
            Status.PASS: "passed",
            Status.MISS: "missed",
            Status.INCONCLUSIVE: "inconclusive",
            Status.SKIPPED: "skipped",
        }
        numbers = [(f"{run.count(one):,} {word}", _STYLES[one]) for one, word in words.items() if run.count(one)]
        parts: list[tuple[str, str]] = []
        for text, style in numbers:
            parts += [(self._dot, "dim")] if parts else []
            parts.append((text, style))
        self._page.blank()
        total = sum(len(one.cases) for one in run.scenarios)
        self._page.wrapped(*parts, (f" ({counted(total, 'sign-in')})", "dim"))
        if run.count(Status.INCONCLUSIVE) and not self._report.strict:
            self._page.wrapped(("Inconclusive scenarios count as missed with --strict.", "dim"))


def _blocks(cases: Sequence[CaseResult]) -> Iterator[_Block]:
    """Cases that came out alike together, in the order of the first of each, misses first."""
    found: dict[object, list[CaseResult]] = {}
    order = (Status.MISS, Status.INCONCLUSIVE)
    for case in sorted(cases, key=lambda one: order.index(one.status)):
        key = (case.status, case.expected, case.members, case.reason, case.users, tuple(unmet(case)))
        found.setdefault(key, []).append(case)
    for alike in found.values():
        yield _Block(tuple(alike))

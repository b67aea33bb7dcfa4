"""Text: what an engineer reads, at any width, with and without colour."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from rich.cells import cell_len
from tests.unit.report.hostile import HOSTILE
from tests.unit.report.sample import EXCLUSIONS, compared, hostile_report, sample

from tenantlint.model import CheckResult, ExceptionState, Outcome, Report
from tenantlint.report import RenderOptions, render

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


def text(report: Report, **options: object) -> str:
    return render("text", report, RenderOptions(**options))  # type: ignore[arg-type]


def words(shown: str) -> str:
    """The text as one line, so that wrapping does not matter."""
    return " ".join(shown.split())


@pytest.mark.parametrize("width", [40, 60, 80, 100, 120, 200])
@pytest.mark.parametrize("make", [sample, compared, lambda: hostile_report(HOSTILE)], ids=["plain", "base", "hostile"])
def test_no_line_is_wider_than_the_terminal_except_a_place_to_click(make: object, width: int) -> None:
    for line in text(make(), width=width, verbose=True).splitlines():  # type: ignore[operator]
        assert cell_len(line) <= width or line.startswith("    where ")
        assert line == line.rstrip()


def test_without_colour_there_is_no_escape_sequence_and_with_it_the_words_are_the_same() -> None:
    for report in (sample(), hostile_report(HOSTILE)):
        plain, coloured = text(report), text(report, color=True)
        assert "\x1b" not in plain
        assert "\x1b[" in coloured
        assert ESCAPE.sub("", coloured) == plain


def test_the_environment_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = text(sample())
    for name, value in (("COLUMNS", "30"), ("FORCE_COLOR", "1"), ("NO_COLOR", "1"), ("TERM", "dumb")):
        monkeypatch.setenv(name, value)
        assert text(sample()) == plain


def test_a_finding_tells_what_who_evidence_and_where_and_its_check_the_mend() -> None:
    shown = words(text(sample(), width=100))
    assert "CA001 Legacy authentication is blocked for every user 2 findings" in shown
    assert "• Policy `Block legacy auth` is in report-only mode, so that it blocks nobody" in shown
    assert "who 212 users and 14 disabled: Adele Vance, Alex Wilber, Diego Siciliani, Grady Archie, and 222" in shown
    assert "state: enabledForReportingButNotEnforced" in shown
    assert "where snapshots/contoso/conditional_access_policies/block-legacy-auth--00001a2b.json:12:5" in shown
    assert shown.count("mend Create one policy") == 1
    assert "depends on group_members of CA-Admins" in shown


def test_severities_come_worst_first_and_services_in_them() -> None:
    shown = text(sample())
    order = ["CRITICAL", "Conditional Access", "HIGH", "Privileged access", "MEDIUM", "LOW", "IN ERROR", "SUMMARY"]
    places = [shown.index(word) for word in order]
    assert places == sorted(places)


def test_many_findings_of_one_check_are_cut_counted_and_whole_with_verbose() -> None:
    shown = text(sample(standing=40))
    assert shown.count("by a standing assignment") == 5
    assert "… 35 more findings of PA003; --verbose shows all" in shown
    assert text(sample(standing=40), verbose=True).count("by a standing assignment") == 40


def test_the_summary_tells_everything_that_is_not_a_finding() -> None:
    summary = words(text(sample(), width=120).split("SUMMARY")[1])
    assert "findings 15 open: 3 critical, 10 high, 1 medium, 1 low (1 uncertain)" in summary
    assert "excepted 1 finding covered by exceptions" in summary
    assert "13: 2 passed, 5 failed, 1 inconclusive, 1 not applicable, 3 not evaluated, 1 in error" in summary
    assert "dkim_signing_configs not collected (EX007); sharepoint_tenant denied (SP001, SP003)" in summary
    assert "not readable: 1, edited since collection: 1, imported exceptions: 1" in summary


def test_reasons_and_notices_are_told() -> None:
    shown = words(text(sample()))
    assert "• sharepoint_tenant is denied (Sites.Read.All was not granted). SP001, SP003" in shown
    assert "• TM002 failed: policies/checks/teams/x.rego:31:8: to_number: invalid syntax" in shown
    assert "• snapshots/contoso/named_locations/hq.json:3:7: a comma is missing; correct the file." in shown


def test_verbose_also_lists_what_passed_and_what_does_not_apply() -> None:
    assert "PASSED" not in text(sample())
    shown = words(text(sample(), verbose=True))
    assert "PASSED 2 checks" in shown
    assert "no licence for Defender for Office 365 Plan 1. DO002" in shown


def test_excepted_findings_are_counted_and_shown_when_asked_for() -> None:
    assert "two emergency accounts" not in text(sample())
    assert "[excepted] Policy `Require compliant device`" in words(text(sample(), show_excepted=True))


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (ExceptionState.ACTIVE, "exception EX-2025-011 until 2026-03-31"),
        (ExceptionState.EXPIRING, "exception EX-2025-011 until 2026-03-31 (expiring)"),
        (ExceptionState.EXPIRED, "exception EX-2025-011 expired on 2026-03-31 and excuses nobody"),
        (ExceptionState.GROWN, "exception EX-2025-011 has more members than were approved and excuses nobody"),
    ],
)
def test_an_exception_on_a_finding_is_told_with_its_state(state: ExceptionState, told: str) -> None:
    result = next(one for one in sample().results if one.check is EXCLUSIONS)
    finding = result.findings[0]
    (applied,) = finding.exceptions
    changed = replace(finding, exceptions=(replace(applied, state=state),))
    report = replace(sample(), results=(CheckResult(check=EXCLUSIONS, outcome=Outcome.FAIL, findings=(changed,)),))
    assert told in words(text(report, width=120))


def test_a_base_gives_badges_and_tells_what_is_gone() -> None:
    shown = words(text(compared()))
    assert "• [new] Policy `Block legacy auth`" in shown
    assert "• [worsened, uncertain] Policy `Admins: MFA`" in shown
    assert "FIXED 2 findings" in shown
    assert "NO LONGER JUDGED 2 findings" in shown
    assert "against base 2 new, 3 worsened, 2 improved, 1 unchanged, 2 fixed, 2 no longer judged" in shown


def test_nothing_judged_is_said_loudly() -> None:
    unjudged = tuple(one for one in sample().results if one.outcome is Outcome.NOT_EVALUATED)
    shown = words(text(replace(sample(), results=unjudged)))
    assert "findings none open" in shown
    assert "No check reached a verdict: this says nothing about the tenant." in shown
    assert "No check reached a verdict" not in text(sample())


def test_rich_markup_in_names_means_nothing() -> None:
    shown = words(text(hostile_report(["[red]markup[/red] [link=https://evil.example]x[/link] :tada:"]), width=200))
    assert "[red]markup[/red] [link=https://evil.example]x[/link] :tada: is excluded by" in shown


def test_no_line_is_a_command_of_a_ci_service() -> None:
    for width in range(40, 90, 7):
        for line in text(hostile_report(HOSTILE), width=width, verbose=True).splitlines():
            assert not re.match(r"\s*::\w", line)
            assert "##[" not in line
            assert "##vso[" not in line

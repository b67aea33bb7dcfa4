"""The end of the text report: what could not be judged or read, and the summary."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from tenantlint.model import CheckResult, FindingStatus, Notice, Outcome, Report
from tenantlint.report.escaping import shortened, visible
from tenantlint.report.interface import RenderOptions
from tenantlint.report.summary import Summary, ordered_findings, ordered_results, summarise
from tenantlint.report.text.page import Page
from tenantlint.report.wording import OUTCOME_WORDS, STATUS_WORDS, counted, notice_title

_LABEL = 16
_REASON = 300
_NOTICES = 10  # shown of one kind, unless verbose
_DETAIL = 400


def closing(page: Page, report: Report, options: RenderOptions) -> None:
    """Sections only where there is something to tell; the summary always."""
    results = ordered_results(report)
    if report.base:
        _gone(page, report)
    _with_reasons(page, "IN ERROR", "bold red", results, Outcome.ERROR)
    _with_reasons(page, "NOT EVALUATED", "bold magenta", results, Outcome.NOT_EVALUATED)
    if options.verbose:
        _with_reasons(page, "NOT APPLICABLE", "bold", results, Outcome.NOT_APPLICABLE)
        _passed(page, [one for one in results if one.outcome is Outcome.PASS])
    _notices(page, report.notices, verbose=options.verbose)
    _summary(page, report, summarise(report))


def _with_reasons(page: Page, title: str, style: str, results: Sequence[CheckResult], outcome: Outcome) -> None:
    """Checks with one outcome under the reason that they share."""
    by_reason: dict[str, list[CheckResult]] = defaultdict(list)
    for result in results:
        if result.outcome is outcome:
            by_reason[result.reason or "no reason was given"].append(result)
    if not by_reason:
        return
    total = sum(map(len, by_reason.values()))
    page.rule(f"{title}  {counted(total, 'check')}", style)
    for reason, members in by_reason.items():
        page.wrapped((shortened(reason, _REASON), ""), indent=2, first="• ")
        ids = visible(", ".join(one.check.id for one in members))
        if not reason.startswith(f"{ids} "):
            page.wrapped((ids, "dim"), indent=4)


def _gone(page: Page, report: Report) -> None:
    """Findings of the base that are not there any more, one line each."""
    for status, title, style in (
        (FindingStatus.FIXED, "FIXED", "bold green"),
        (FindingStatus.UNKNOWN, "NO LONGER JUDGED", "bold magenta"),
    ):
        members = [one for one in ordered_findings(report) if one.status is status]
        if members:
            page.rule(f"{title}  {counted(len(members), 'finding')}", style)
        for finding in members:
            first = f"{visible(finding.check_id)}  "
            page.wrapped((shortened(finding.message, _REASON), ""), indent=2, first=first)


def _passed(page: Page, results: Sequence[CheckResult]) -> None:
    if results:
        page.rule(f"PASSED  {counted(len(results), 'check')}", "bold green")
    for result in results:
        page.wrapped((visible(result.check.title), ""), indent=2, first=f"{visible(result.check.id)}  ")


def _notices(page: Page, notices: Sequence[Notice], *, verbose: bool) -> None:
    by_kind: dict[str, list[Notice]] = defaultdict(list)
    for notice in notices:
        by_kind[notice.kind].append(notice)
    for kind, members in by_kind.items():
        page.rule(f"{notice_title(kind).upper()}  {len(members)}", "bold magenta")
        shown = members if verbose else members[:_NOTICES]
        for notice in shown:
            page.wrapped((_placed(notice), ""), indent=2, first="• ")
        if len(shown) < len(members):
            page.wrapped((f"… {len(members) - len(shown):,} more; --verbose shows all", "dim"), indent=2)


def _placed(notice: Notice) -> str:
    """The message, with its file in front unless it names the file itself."""
    message = shortened(notice.message, _DETAIL)
    place = notice.position
    if place is None or place.file in notice.message:
        return message
    return f"{shortened(place.file, _DETAIL)}:{place.line}:{place.column}: {message}"


def _summary(page: Page, report: Report, summary: Summary) -> None:
    page.rule("SUMMARY", "bold")
    _row(page, "findings", [(_findings(summary), "bold red" if summary.open else "")])
    if summary.excepted:
        _row(page, "excepted", [(counted(summary.excepted, "finding") + " covered by exceptions", "")])
    if report.base:
        parts = [f"{summary.by_status[one]:,} {STATUS_WORDS[one]}" for one in FindingStatus if summary.by_status[one]]
        _row(page, "against base", [(", ".join(parts) or "no finding there or here", "")])
    parts = [f"{count:,} {OUTCOME_WORDS[outcome]}" for outcome, count in summary.outcomes.items() if count]
    _row(page, "checks", [(f"{len(report.results):,}: {', '.join(parts)}" if parts else "no check was run", "")])
    missing = [f"{name} {status} ({', '.join(ids)})" for name, (status, ids) in _missing(summary).items()]
    if missing:
        _row(page, "not evaluated", [("; ".join(missing), "magenta")])
    if report.notices:
        _row(page, "notices", [(_counts_of_kinds(report.notices), "")])
    if report.results and not (summary.outcomes[Outcome.PASS] or summary.outcomes[Outcome.FAIL]):
        _row(page, "", [("No check reached a verdict: this says nothing about the tenant.", "bold red")])


def _row(page: Page, label: str, parts: Iterable[tuple[str, str]]) -> None:
    page.field(label, *parts, indent=2, label_width=_LABEL)


def _findings(summary: Summary) -> str:
    if not summary.open:
        return "none open"
    numbers = ", ".join(f"{count:,} {severity.value}" for severity, count in summary.by_severity.items() if count)
    uncertain = f" ({summary.uncertain:,} uncertain)" if summary.uncertain else ""
    return f"{summary.open:,} open: {numbers}{uncertain}"


def _missing(summary: Summary) -> dict[str, tuple[str, list[str]]]:
    """Collections that kept checks from a verdict, with their status and those checks' ids; by name."""
    found: dict[str, tuple[str, list[str]]] = {}
    for one in summary.not_evaluated:
        for name, status in one.collections.items():
            found.setdefault(name, (status.value.replace("_", " "), []))[1].append(one.result.check.id)
    return dict(sorted(found.items()))


def _counts_of_kinds(notices: Sequence[Notice]) -> str:
    kinds: dict[str, int] = defaultdict(int)
    for notice in notices:
        kinds[notice.kind] += 1
    return ", ".join(f"{notice_title(kind)}: {count:,}" for kind, count in kinds.items())

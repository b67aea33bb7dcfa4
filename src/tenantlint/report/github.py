"""`github`: workflow commands, which GitHub shows as annotations on the pull request.

A step shows 10 errors, 10 warnings and 10 notices and drops the rest without a word (actions/toolkit, pull
request 734); so the last of a level that overflows says how many more there are.
"""

from __future__ import annotations

from tenantlint.model import Certainty, Finding, Outcome, Report, Severity
from tenantlint.report.escaping import shortened, workflow_data, workflow_property
from tenantlint.report.interface import RenderOptions
from tenantlint.report.places import Places
from tenantlint.report.summary import Summary, is_open, ordered_findings, summarise
from tenantlint.report.wording import counted

PER_LEVEL = 10
_LEVELS = {
    Severity.CRITICAL: "error",
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.LOW: "notice",
}
_TITLE = 120
_MESSAGE = 1000


def render(report: Report, options: RenderOptions) -> str:
    """At most ten commands a level, worst first, then one line that counts everything."""
    places = Places(report, options)
    titles = {result.check.id: result.check.title for result in report.results}
    opened = [one for one in ordered_findings(report) if is_open(one)]
    summary = summarise(report)
    lines: list[str] = []
    for level in ("error", "warning", "notice"):
        commands = [_finding(one, titles, places) for one in opened if _LEVELS[one.severity] == level]
        own = _incomplete(report) if level == "warning" else []
        room = PER_LEVEL - len(own)
        if len(commands) > room:
            rest = len(commands) - room + 1
            text = f"{counted(rest, 'more finding')} at this level; the json, sarif and text formats list them all."
            commands = [*commands[: room - 1], _command(level, "tenantlint", text)]
        lines += [*own, *commands]
    return "\n".join([*lines, _total(summary)]) + "\n"


def _finding(finding: Finding, titles: dict[str, str], places: Places) -> str:
    title = shortened(f"{finding.check_id} {titles[finding.check_id]}", _TITLE)
    message = finding.message
    if finding.certainty is Certainty.DEPENDS:
        message += f" (depends on {', '.join(finding.depends_on)})"
    return _command(_LEVELS[finding.severity], title, shortened(message, _MESSAGE), _where(finding, places))


def _where(finding: Finding, places: Places) -> str:
    """Properties that place the annotation; none for a finding about the tenant as a whole."""
    if finding.resource.position is None and not places.has_fallback:
        return ""
    place = places.of(finding.resource.position)
    return f"file={workflow_property(place.file)},line={place.line},col={place.column},"


def _incomplete(report: Report) -> list[str]:
    """One warning for all that was not judged or not read."""
    parts = []
    for outcome, word in ((Outcome.ERROR, "in error"), (Outcome.NOT_EVALUATED, "not evaluated")):
        ids = [result.check.id for result in report.results if result.outcome is outcome]
        if ids:
            parts.append(f"{counted(len(ids), 'check')} {word}: {', '.join(sorted(ids))}")
    unread = [one for one in report.notices if one.kind in ("unreadable", "invalid")]
    if unread:
        parts.append(f"{counted(len(unread), 'file')} could not be read: {unread[0].message}")
    return [_command("warning", "tenantlint: incomplete", shortened(". ".join(parts), _MESSAGE))] if parts else []


def _command(level: str, title: str, message: str, where: str = "") -> str:
    return f"::{level} {where}title={workflow_property(title)}::{workflow_data(message)}"


def _total(summary: Summary) -> str:
    numbers = ", ".join(f"{count} {severity.value}" for severity, count in summary.by_severity.items() if count)
    return f"tenantlint: {counted(summary.open, 'open finding')}" + (f" ({numbers})" if numbers else "")

"""`text`: for people in terminals. Worst first, each check under one heading, the numbers at the end."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from tenantlint.model import (
    AppliedException,
    Certainty,
    ExceptionState,
    Finding,
    Principals,
    Report,
    Severity,
    SnapshotInfo,
)
from tenantlint.report.escaping import paragraph, shortened, visible
from tenantlint.report.interface import RenderOptions
from tenantlint.report.summary import Group, groups, is_excepted
from tenantlint.report.text.closing import closing
from tenantlint.report.text.page import Page
from tenantlint.report.wording import (
    NAME,
    counted,
    day_and_time,
    evidence_pairs,
    principal_name,
    service_name,
    who,
)

_STYLES = {
    Severity.CRITICAL: "bold red",
    Severity.HIGH: "red",
    Severity.MEDIUM: "yellow",
    Severity.LOW: "cyan",
}
_FINDINGS = 5  # shown of one check, unless verbose
_NAMES = 4  # shown of the affected
_VERBOSE_NAMES = 100  # the json format with --verbose has all
_EVIDENCE = 160  # characters of one observed value, unless verbose
_VERBOSE_EVIDENCE = 4000
_MESSAGE = 600
_FILE = 400
_LABEL = 12


def render(report: Report, options: RenderOptions) -> str:
    """Open findings by severity and service, what could not be judged, and a summary."""
    page = Page(options.width, color=options.color)
    _head(page, report)
    found = groups(report, show_excepted=options.show_excepted)
    for severity, of_severity in groupby(found, key=lambda group: group.severity):
        members = list(of_severity)
        total = sum(len(group.findings) for group in members)
        title = f"{severity.value.upper()}  {counted(total, 'finding')} from {counted(len(members), 'check')}"
        page.rule(title, _STYLES[severity])
        for service, of_service in groupby(members, key=lambda group: group.result.check.service):
            page.blank()
            page.line((service_name(service), "bold underline"))
            for group in of_service:
                _group(page, group, options)
    closing(page, report, options)
    return page.finish()


def _head(page: Page, report: Report) -> None:
    page.wrapped((_snapshot_name(report.snapshot), "bold"))
    checks = counted(len(report.results), "check")
    if report.profile:
        checks += f" of the profile {visible(report.profile)}"
    about = [_collected(report.snapshot), f"{checks}, tenantlint {report.tool.version}"]
    page.wrapped((" · ".join(about), "dim"))
    if report.base:
        page.wrapped((f"compared with {_snapshot_name(report.base)}, {_collected(report.base)}", "dim"))


def _snapshot_name(info: SnapshotInfo) -> str:
    tenant = info.tenant
    name = shortened(tenant.display_name or tenant.initial_domain or tenant.id or "tenant without a name", 80)
    domain = shortened(tenant.initial_domain, 80)
    return f"{name} ({domain})" if domain and domain != name else name


def _collected(info: SnapshotInfo) -> str:
    return f"collected {day_and_time(info.collected_at)}" if info.collected_at else "time of collection unknown"


def _group(page: Page, group: Group, options: RenderOptions) -> None:
    check = group.result.check
    page.blank()
    note = counted(len(group.findings), "finding") if len(group.findings) > 1 else ""
    title = (visible(check.title), "bold")
    page.wrapped(title, first=f"{visible(check.id)}  ", right=note)
    shown = group.findings if options.verbose else group.findings[:_FINDINGS]
    for finding in shown:
        _finding(page, finding, options)
    if len(shown) < len(group.findings):
        rest = counted(len(group.findings) - len(shown), "more finding")
        page.wrapped((f"… {rest} of {check.id}; --verbose shows all", "dim"), indent=2)
    _mend(page, check.remediation)


def _mend(page: Page, remediation: str) -> None:
    """The check's prose: its lines stay lines, and its list items hang."""
    lines = paragraph(remediation).split("\n") if remediation else []
    for number, line in enumerate(lines):
        label = ("mend" if number == 0 else "").ljust(_LABEL + 2)
        mark = "- " if line.startswith("- ") else ""
        page.wrapped((line[len(mark) :], "green"), indent=2, first=label + mark)


def _finding(page: Page, finding: Finding, options: RenderOptions) -> None:
    style = "dim" if is_excepted(finding) else _STYLES[finding.severity]
    badges = [finding.status.value] if finding.status else []
    badges += ["excepted"] if is_excepted(finding) else []
    badges += ["uncertain"] if finding.certainty is Certainty.DEPENDS else []
    page.wrapped(
        (f"[{', '.join(badges)}] " if badges else "", "bold"),
        (shortened(finding.message, _MESSAGE), style),
        indent=2,
        first="• ",
    )
    _field(page, "who", _who(finding.principals, options))
    limit = _VERBOSE_EVIDENCE if options.verbose else _EVIDENCE
    _field(page, "evidence", "; ".join(f"{name}: {value}" for name, value in evidence_pairs(finding.evidence, limit)))
    named = finding.depends_on if options.verbose else finding.depends_on[:_NAMES]
    unknowns = ", ".join(named) + _more(len(finding.depends_on) - len(named), named)
    _field(page, "depends on", shortened(unknowns, _MESSAGE))
    for applied in finding.exceptions:
        _field(page, "exception", _exception(applied))
    place = finding.resource.position
    if place:
        file = shortened(place.file, _FILE)
        page.line(("where".ljust(_LABEL), ""), (f"{file}:{place.line}:{place.column}", "blue"), indent=4)


def _exception(applied: AppliedException) -> str:
    name = shortened(applied.id, NAME)
    day = applied.expires.isoformat() if applied.expires else ""
    if applied.state is ExceptionState.EXPIRED:
        return f"{name} expired{f' on {day}' if day else ''} and excuses nobody"
    if applied.state is ExceptionState.GROWN:
        return f"{name} has more members than were approved and excuses nobody"
    until = f" until {day}" if day else ", without end"
    return f"{name}{until}{' (expiring)' if applied.state is ExceptionState.EXPIRING else ''}"


def _field(page: Page, label: str, value: str) -> None:
    if value:
        page.field(label, (value, ""), indent=4, label_width=_LABEL)


def _who(principals: Principals, options: RenderOptions) -> str:
    """The number in words and a few names."""
    text = who(principals)
    members = principals.members[: _VERBOSE_NAMES if options.verbose else _NAMES]
    names = [principal_name(one) + (" (disabled)" if one.enabled is False else "") for one in members]
    rest = len(principals.members) - len(names)
    if not names:
        return text
    return f"{text}: {', '.join(names)}{_more(rest, names)}"


def _more(rest: int, names: Sequence[str]) -> str:
    return f"{',' if len(names) > 1 else ''} and {rest:,} more" if rest else ""

"""`markdown`: a comment on a pull request. GitHub refuses one of more than 65,536 characters, so that less is used.

What is most important comes first; what does not fit is left out by whole findings, and counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from tenantlint.model import Certainty, Finding, FindingStatus, Outcome, Report, Severity
from tenantlint.report.escaping import (
    html_text,
    markdown_code,
    markdown_prose,
    markdown_sentence,
    markdown_text,
    shortened,
)
from tenantlint.report.interface import RenderOptions
from tenantlint.report.places import Places
from tenantlint.report.summary import Group, Summary, groups, is_excepted, ordered_results, summarise
from tenantlint.report.wording import (
    OUTCOME_WORDS,
    STATUS_WORDS,
    counted,
    day_and_time,
    evidence_pairs,
    notice_title,
    principal_name,
    service_name,
    who,
)

LIMIT = 65_000  # bytes of UTF-8, and so fewer characters
_ERRORS = 8_000  # bytes of checks that could not run
_TAIL = 12_000  # bytes of what follows the findings
_FINDINGS = 10  # shown of one check
_VERBOSE_FINDINGS = 50
_FEW = 3
_SPARE = 300  # bytes for headings and for the line that counts what is left out
_NAMES = 5
_EVIDENCE = 100
_PAIRS = 6
_MESSAGE = 400
_TITLE = 150
_REASON = 250
_FILE = 200
_CUT = "\n*{} left out here, since a comment holds no more; the json, sarif and text formats have them all.*\n"


def render(report: Report, options: RenderOptions) -> str:
    """Head, table, what failed to run, findings, what was not judged."""
    summary = summarise(report)
    head = _head(report, summary)
    tail = _tail(report, options)
    room = LIMIT - _size(head) - _size(tail) - _SPARE
    return head + _findings(report, options, room) + tail


def _size(text: str) -> int:
    return len(text.encode("utf-8"))


def _head(report: Report, summary: Summary) -> str:
    numbers = ", ".join(f"{count:,} {severity.value}" for severity, count in summary.by_severity.items() if count)
    title = f"{counted(summary.open, 'open finding')} ({numbers})" if summary.open else "no open findings"
    tenant = report.snapshot.tenant
    name = shortened(tenant.display_name or tenant.initial_domain or tenant.id or "tenant without a name", 80)
    collected = report.snapshot.collected_at
    when = f", collected {day_and_time(collected)}" if collected else ""
    if report.profile:
        when += f", profile {markdown_code(report.profile)}"
    lines = [f"## tenantlint: {title}", "", f"{markdown_code(name)}{when}"]
    if report.base:
        status = summary.by_status
        against = [f"{status[one]:,} {STATUS_WORDS[one]}" for one in FindingStatus if status[one]]
        lines[-1] += f". Against the base: {', '.join(against) or 'nothing changed'}"
    outcomes = [(OUTCOME_WORDS[one], count) for one, count in summary.outcomes.items()]
    columns = [*outcomes, ("findings excepted", summary.excepted)]
    lines += [
        "",
        "| checks " + "".join(f"| {word} " for word, _ in columns) + "|",
        "|---:" + "|---:" * len(columns) + "|",
        f"| {len(report.results):,} " + "".join(f"| {count:,} " for _, count in columns) + "|",
        "",
    ]
    failed = [
        f"- **{markdown_text(one.check.id)} could not run:** {markdown_text(shortened(one.reason or '', _REASON))}"
        for one in ordered_results(report)
        if one.outcome is Outcome.ERROR
    ]
    lines += _cut(failed, _ERRORS)
    if report.results and not (summary.outcomes[Outcome.PASS] or summary.outcomes[Outcome.FAIL]):
        lines.append("- **No check reached a verdict: this says nothing about the tenant.**")
    return "\n".join(lines) + "\n"


def _findings(report: Report, options: RenderOptions, room: int) -> str:
    """Each group as full as it may be while every later one still gets its line; the rest is counted."""
    places = Places(report, options)
    parts: list[str] = []
    left_out = 0
    limits = (_VERBOSE_FINDINGS if options.verbose else _FINDINGS, _FEW, 0)
    found = groups(report, show_excepted=options.show_excepted)
    reserved = sum(_size(_group_line(group)) for group in found)
    for severity, members in groupby(found, key=lambda group: group.severity):
        heading = f"\n### {severity.value.capitalize()}\n"
        for group in members:
            line = _group_line(group)
            reserved -= _size(line)
            for limit in limits if room - reserved > _SPARE else (0,):
                text = heading + (_group(group, places, limit) if limit else line)
                if _size(text) <= (room - reserved if limit else room):
                    parts.append(text)
                    room -= _size(text)
                    heading = ""
                    break
            else:
                left_out += len(group.findings)
    if left_out:
        parts.append(_CUT.format(counted(left_out, "finding")))
    return "".join(parts)


def _group(group: Group, places: Places, limit: int) -> str:
    check = group.result.check
    lines = [
        f"\n<details{' open' if group.severity is Severity.CRITICAL else ''}><summary>"
        f"<b>{html_text(check.id)}</b> {html_text(shortened(check.title, _TITLE))} "
        f"({html_text(service_name(check.service))}, {counted(len(group.findings), 'finding')})</summary>",
        "",
    ]
    shown = group.findings[:limit]
    for finding in shown:
        lines += _finding(finding, places)
    if len(shown) < len(group.findings):
        lines.append(f"- and {counted(len(group.findings) - len(shown), 'more finding')}")
    if check.remediation:
        lines += ["", "**Mend**", "", markdown_prose(check.remediation)]
    return "\n".join([*lines, "", "</details>", ""])


def _group_line(group: Group) -> str:
    check = group.result.check
    title = markdown_text(shortened(check.title, _TITLE))
    return f"\n- **{markdown_text(check.id)}** {title}: {counted(len(group.findings), 'finding')}\n"


def _finding(finding: Finding, places: Places) -> list[str]:
    badges = [finding.status.value] if finding.status else []
    badges += ["excepted"] if is_excepted(finding) else []
    badges += ["uncertain"] if finding.certainty is Certainty.DEPENDS else []
    mark = f"**{', '.join(badges)}** " if badges else ""
    lines = [f"- {mark}{markdown_sentence(shortened(finding.message, _MESSAGE))}"]
    affected = who(finding.principals)
    if affected:
        names = [markdown_code(principal_name(one)) for one in finding.principals.members[:_NAMES]]
        rest = len(finding.principals.members) - len(names)
        more = f" and {rest:,} more" if rest else ""
        lines.append(f"  - who: {affected}" + (f": {', '.join(names)}{more}" if names else ""))
    pairs = evidence_pairs(finding.evidence, _EVIDENCE)
    if pairs:
        shown = ", ".join(f"{markdown_text(key)} {markdown_code(value)}" for key, value in pairs[:_PAIRS])
        lines.append(f"  - evidence: {shown}" + (", …" if len(pairs) > _PAIRS else ""))
    if finding.depends_on:
        lines.append(f"  - depends on: {markdown_text(shortened(', '.join(finding.depends_on), _REASON))}")
    if finding.exceptions:
        held = ", ".join(
            f"{markdown_code(shortened(one.id, 60))} ({one.state.value})" for one in finding.exceptions[:5]
        )
        lines.append(f"  - exceptions: {held}")
    if finding.resource.position:
        place = places.of(finding.resource.position)
        lines.append(f"  - where: {markdown_code(f'{shortened(place.file, _FILE)}:{place.line}')}")
    return lines


def _tail(report: Report, options: RenderOptions) -> str:
    """Everything beside the findings, each list folded and cut."""
    results = ordered_results(report)
    sections: list[tuple[str, Sequence[str]]] = []
    told = [Outcome.INCONCLUSIVE, Outcome.NOT_EVALUATED]
    for outcome in [*told, Outcome.NOT_APPLICABLE] if options.verbose else told:
        entries = [
            f"- **{markdown_text(one.check.id)}** {markdown_text(shortened(one.reason or '', _REASON))}"
            for one in results
            if one.outcome is outcome
        ]
        sections.append((f"{counted(len(entries), 'check')} {OUTCOME_WORDS[outcome]}", entries))
    for kind, notices in groupby(sorted(report.notices, key=lambda one: one.kind), key=lambda one: one.kind):
        entries = [f"- {markdown_sentence(shortened(one.message, _REASON))}" for one in notices]
        sections.append((f"{html_text(notice_title(kind).capitalize())} ({len(entries):,})", entries))
    return "".join(_folded(title, entries) for title, entries in _within(sections))


def _within(sections: Sequence[tuple[str, Sequence[str]]]) -> list[tuple[str, list[str]]]:
    """The sections that have entries, each with as many as fit into its share of the tail."""
    filled = [(title, entries) for title, entries in sections if entries]
    share = _TAIL // max(len(filled), 1)
    return [(title, _cut(entries, share)) for title, entries in filled]


def _cut(entries: Sequence[str], room: int) -> list[str]:
    """As many entries as fit into so many bytes, the rest counted."""
    kept: list[str] = []
    for entry in entries:
        room -= _size(entry) + 1
        if room < 0:
            return [*kept, f"- and {len(entries) - len(kept):,} more"]
        kept.append(entry)
    return kept


def _folded(title: str, entries: Sequence[str]) -> str:
    return "\n".join([f"\n<details><summary>{title}</summary>", "", *entries, "", "</details>", ""])

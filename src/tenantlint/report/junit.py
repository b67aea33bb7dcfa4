"""`junit`: one test case a check, one suite a service, as GitLab, Jenkins and Azure DevOps read them.

Those show the first failure of a case only, so that one failure lists every open finding.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from xml.etree import ElementTree

from tenantlint.model import CheckResult, Finding, Outcome, Report
from tenantlint.report.escaping import paragraph, shortened, visible, xml_text
from tenantlint.report.interface import RenderOptions
from tenantlint.report.places import Places
from tenantlint.report.summary import finding_order, is_excepted, is_open, ordered_results
from tenantlint.report.wording import counted, service_name, who

_SHOWN = 50  # findings listed for one check, unless verbose
_MESSAGE = 500
_REASON = 1000
# Why a case neither passed nor failed.
_SKIPPED = {
    Outcome.NOT_EVALUATED: "not evaluated",
    Outcome.NOT_APPLICABLE: "not applicable",
    Outcome.INCONCLUSIVE: "inconclusive",
}


def render(report: Report, options: RenderOptions) -> str:
    """A failing check is a failure, one in error an error, one without a verdict skipped with its reason."""
    places = Places(report, options)
    root = ElementTree.Element("testsuites", {"name": "tenantlint"})
    by_service = sorted(ordered_results(report), key=lambda result: result.check.service)
    for service, results in groupby(by_service, key=lambda result: result.check.service):
        suite = ElementTree.SubElement(root, "testsuite", {"name": xml_text(service_name(service))})
        for result in results:
            suite.append(_case(result, places, options))
        _count(suite, [suite])
    _count(root, root.findall("testsuite"))
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def _count(element: ElementTree.Element, suites: Sequence[ElementTree.Element]) -> None:
    for name, path in (
        ("tests", "testcase"),
        ("failures", "*/failure"),
        ("errors", "*/error"),
        ("skipped", "*/skipped"),
    ):
        element.set(name, str(sum(len(suite.findall(path)) for suite in suites)))
    element.set("time", "0")


def _case(result: CheckResult, places: Places, options: RenderOptions) -> ElementTree.Element:
    check = result.check
    attributes = {
        "classname": xml_text(f"tenantlint.{check.service}"),
        "name": xml_text(f"{check.id} {check.title}"),
        "time": "0",
    }
    case = ElementTree.Element("testcase", attributes)
    findings = sorted((one for one in result.findings if is_open(one)), key=finding_order)
    position = next((one.resource.position for one in findings if one.resource.position), None)
    if position:
        case.set("file", xml_text(places.of(position).file))
    reason = shortened(result.reason or "", _REASON)
    listed = _list(findings, places, options)
    if result.outcome is Outcome.ERROR:
        _child(case, "error", reason, "error", "")
    elif result.outcome is Outcome.FAIL and findings:
        head = shortened(f"{counted(len(findings), 'finding')}: {findings[0].message}", _MESSAGE)
        mend = f"\n\nMend: {paragraph(check.remediation)}" if check.remediation else ""
        _child(case, "failure", head, findings[0].severity.value, listed + mend)
    elif result.outcome is Outcome.FAIL and any(map(is_excepted, result.findings)):
        _child(case, "skipped", f"{counted(len(result.findings), 'finding')}, all covered by exceptions")
    elif result.outcome in _SKIPPED:
        _child(case, "skipped", f"{_SKIPPED[result.outcome]}: {reason}" if reason else _SKIPPED[result.outcome])
        if listed:
            ElementTree.SubElement(case, "system-out").text = listed
    return case


def _child(case: ElementTree.Element, tag: str, message: str, kind: str = "", text: str = "") -> None:
    element = ElementTree.SubElement(case, tag, {"message": xml_text(message)})
    if kind:
        element.set("type", kind)
    if text:
        element.text = text


def _list(findings: Sequence[Finding], places: Places, options: RenderOptions) -> str:
    shown = findings if options.verbose else findings[:_SHOWN]
    lines = [_line(finding, places) for finding in shown]
    if len(shown) < len(findings):
        lines.append(f"… and {len(findings) - len(shown):,} more; the json format lists them all")
    return "\n".join(lines)


def _line(finding: Finding, places: Places) -> str:
    text = f"[{finding.severity.value}] {shortened(finding.message, _MESSAGE)}"
    affected = who(finding.principals)
    if affected:
        text += f" ({affected})"
    if finding.depends_on:
        text += f" (depends on {shortened(', '.join(finding.depends_on), _MESSAGE)})"
    if finding.resource.position is None:
        return text
    place = places.of(finding.resource.position)
    return f"{text} at {visible(place.file)}:{place.line}:{place.column}"

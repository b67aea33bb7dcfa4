"""`junit` of a scenario run: one suite a section, one test case a sign-in."""

from __future__ import annotations

from xml.etree import ElementTree

from tenantlint.conditional_access.scenarios.run import CaseResult, ScenarioResult, Status
from tenantlint.jobs.scenarios import ScenarioReport
from tenantlint.report.escaping import shortened, visible, xml_text
from tenantlint.report.interface import RenderOptions
from tenantlint.report.scenarios_wording import came_out, decided, depends, label, people, unmet

_MESSAGE = 500
_COUNTED = (("tests", "testcase"), ("failures", "*/failure"), ("errors", "*/error"), ("skipped", "*/skipped"))


def render(report: ScenarioReport, options: RenderOptions) -> str:  # noqa: ARG001 - every format has both
    """A miss is a failure; what is inconclusive or skipped is skipped with its reason, or, with `strict`, the former
    a failure, too.
    """
    root = ElementTree.Element("testsuites", {"name": "tenantlint scenarios"})
    for section in report.run.sections:
        name = section.name or "scenarios"
        suite = ElementTree.SubElement(root, "testsuite", {"name": xml_text(name)})
        for scenario in section.scenarios:
            for case in scenario.cases:
                suite.append(_case(report, name, scenario, case))
            if scenario.status is Status.SKIPPED:
                element = ElementTree.SubElement(suite, "testcase", _attributes(report, name, scenario, ""))
                ElementTree.SubElement(element, "skipped", {"message": shortened(scenario.skip, _MESSAGE)})
        _count(suite, [suite])
    _count(root, root.findall("testsuite"))
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def _count(element: ElementTree.Element, suites: list[ElementTree.Element]) -> None:
    for name, path in _COUNTED:
        element.set(name, str(sum(len(suite.findall(path)) for suite in suites)))
    element.set("time", "0")


def _attributes(report: ScenarioReport, section: str, scenario: ScenarioResult, label: str) -> dict[str, str]:
    name = f"{scenario.name} [{label}]" if label else scenario.name
    return {
        "classname": xml_text(f"scenarios.{section}"),
        "name": xml_text(name),
        "file": xml_text(report.run.file),
        "line": str(scenario.line),
        "time": "0",
    }


def _case(report: ScenarioReport, section: str, scenario: ScenarioResult, case: CaseResult) -> ElementTree.Element:
    element = ElementTree.Element("testcase", _attributes(report, section, scenario, label(case)))
    if case.status is Status.MISS:
        groups = unmet(case)
        message = f"expected {case.expected}, came out {came_out(groups[0], report.run.controls)}"
        lines = []
        for one in groups:
            lines.append(f"{came_out(one, report.run.controls)} {people(one, case)}")
            lines += [f"  {text}" for text in (decided(one), *map(visible, one.hints)) if text]
        _child(element, "failure", message, "miss", "\n".join(lines))
    elif case.status is Status.INCONCLUSIVE:
        message = f"inconclusive: {case.reason or f'depends on {depends(unmet(case)[0])}'}"
        _child(element, "failure" if report.strict else "skipped", message, "inconclusive" if report.strict else "", "")
    return element


def _child(element: ElementTree.Element, tag: str, message: str, kind: str, text: str) -> None:
    child = ElementTree.SubElement(element, tag, {"message": shortened(message, _MESSAGE)})
    if kind:
        child.set("type", kind)
    if text:
        child.text = text

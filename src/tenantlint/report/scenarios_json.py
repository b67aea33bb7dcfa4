"""`json` of a scenario run (`tenantlint.scenario_results/1`): everything, for programs."""

from __future__ import annotations

from tenantlint.conditional_access.scenarios.outcomes import Group
from tenantlint.conditional_access.scenarios.run import CaseResult, ScenarioResult, Status
from tenantlint.jobs.scenarios import ScenarioReport
from tenantlint.model import JsonObject
from tenantlint.report.escaping import json_text
from tenantlint.report.interface import RenderOptions
from tenantlint.report.json_document import snapshot_head

FORMAT = "tenantlint.scenario_results/1"


def render(report: ScenarioReport, options: RenderOptions) -> str:  # noqa: ARG001 - every format has both
    """The document; sections and scenarios in the order of the file."""
    run = report.run
    order = (Status.PASS, Status.MISS, Status.INCONCLUSIVE, Status.SKIPPED)
    return json_text(
        {
            "format": FORMAT,
            "tool": {"version": report.version},
            "snapshot": snapshot_head(report.snapshot),
            "file": run.file,
            "summary": {
                "scenarios": {one.value: run.count(one) for one in order},
                "sign_ins": sum(len(one.cases) for one in run.scenarios),
            },
            "sections": [
                {"name": section.name or None, "scenarios": [_scenario(one) for one in section.scenarios]}
                for section in run.sections
            ],
        }
    )


def _scenario(scenario: ScenarioResult) -> JsonObject:
    return {
        "name": scenario.name,
        "line": scenario.line,
        "status": scenario.status.value,
        "skip": scenario.skip or None,
        "sign_ins": [_case(one) for one in scenario.cases],
    }


def _case(case: CaseResult) -> JsonObject:
    return {
        "values": dict(case.label),
        "who": case.persona,
        "users": case.users,
        "members": case.members,
        "status": case.status.value,
        "expected": case.expected,
        "reason": case.reason or None,
        "results": [_group(one) for one in case.groups],
    }


def _group(group: Group) -> JsonObject:
    return {
        "met": group.met,
        "users": {"count": group.users, "sample": list(group.names)},
        "others": list(group.others),
        "outcome": group.outcome,
        "requires": [list(one) for one in group.requires],
        "decided_by": list(group.decided),
        "depends_on": list(group.depends_on),
        "hints": list(group.hints),
    }

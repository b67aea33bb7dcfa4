"""What SARIF tells beside results: checks without a verdict, files that could not be read, results left out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tenantlint.model import Notice, Outcome, Report
from tenantlint.report.escaping import sarif_message
from tenantlint.report.places import Places, is_relative, uri
from tenantlint.report.summary import ordered_results

_LEVELS = {Outcome.ERROR: "error", Outcome.NOT_EVALUATED: "warning", Outcome.INCONCLUSIVE: "note"}
_WORDS = {
    Outcome.ERROR: "failed",
    Outcome.NOT_EVALUATED: "was not evaluated",
    Outcome.INCONCLUSIVE: "is inconclusive",
}
_LOUD = frozenset({"unreadable", "invalid"})


def invocation(report: Report, index: Mapping[str, int], places: Places, *, left_out: int) -> dict[str, Any]:
    """The run's one invocation. `index`: rule index of each check id; `left_out`: results beyond the limit."""
    notifications = []
    if left_out:
        text = f"{left_out} less severe results are left out, since GitHub keeps 5,000; the json format has them all."
        notifications.append({"level": "warning", "message": {"text": text}, "descriptor": {"id": "truncated"}})
    notifications += [
        {
            "level": _LEVELS[result.outcome],
            "message": {"text": sarif_message(f"{result.check.id} {_WORDS[result.outcome]}: {result.reason or ''}")},
            "descriptor": {"id": result.outcome.value},
            "associatedRule": {"id": result.check.id, "index": index[result.check.id]},
        }
        for result in ordered_results(report)
        if result.outcome in _LEVELS
    ]
    notifications += [_notice(notice, places) for notice in report.notices]
    failed = any(result.outcome is Outcome.ERROR for result in report.results)
    return {"executionSuccessful": not failed, "toolExecutionNotifications": notifications}


def _notice(notice: Notice, places: Places) -> dict[str, Any]:
    notification: dict[str, Any] = {
        "level": "warning" if notice.kind in _LOUD else "note",
        "message": {"text": sarif_message(notice.message)},
        "descriptor": {"id": sarif_message(notice.kind)},
    }
    if notice.position is not None:
        place = places.of(notice.position)
        artifact = {"uri": uri(place.file)} | ({"uriBaseId": "%SRCROOT%"} if is_relative(place.file) else {})
        region = {"startLine": place.line, "startColumn": place.column}
        notification["locations"] = [{"physicalLocation": {"artifactLocation": artifact, "region": region}}]
    return notification

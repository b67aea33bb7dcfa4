"""`json`: the whole report document, as the contract pins it (schema: policies/schemas/report.json)."""

from __future__ import annotations

from datetime import UTC, datetime

from tenantlint.model import (
    AppliedException,
    CheckResult,
    Finding,
    FindingStatus,
    JsonObject,
    Notice,
    Position,
    Principals,
    Report,
    SecureScoreLink,
    SnapshotInfo,
)
from tenantlint.report.escaping import json_text
from tenantlint.report.interface import RenderOptions
from tenantlint.report.summary import Summary, finding_order, key_sorted, ordered_results, summarise

FORMAT = "tenantlint.report/1"
SAMPLE = 20  # principals shown with a finding, as with `ids` of a coverage region
_FRAMEWORKS = ("scuba", "cis_m365", "eidsca", "orca", "mitre_attack", "nist_800_53")


def render(report: Report, options: RenderOptions) -> str:
    """The document, keys in the contract's order. `verbose` gives all principals in place of a sample."""
    return json_text(
        {
            "format": FORMAT,
            "tool": {
                "version": report.tool.version,
                "checks_digest": report.tool.checks_digest,
                "engine": report.tool.engine,
            },
            "profile": report.profile,
            "snapshot": snapshot_head(report.snapshot),
            "base": snapshot_head(report.base) if report.base else None,
            "summary": _summary(summarise(report)),
            "results": [_result(result, verbose=options.verbose) for result in ordered_results(report)],
            "notices": [_notice(notice) for notice in report.notices],
            "access": report.access,
            "drift": report.drift,
            "exceptions": report.exceptions,
            "secure_score": report.secure_score,
            "coverage": report.coverage,
        }
    )


def snapshot_head(info: SnapshotInfo) -> JsonObject:
    """The head of a snapshot, as every document of ours has it."""
    return {
        "tenant_id": info.tenant.id,
        "tenant_name": info.tenant.display_name,
        "collected_at": rfc3339(info.collected_at),
        "digest": info.digest,
    }


def _summary(summary: Summary) -> JsonObject:
    status = summary.by_status
    return {
        "outcomes": {outcome.value: count for outcome, count in summary.outcomes.items()},
        "findings": {
            "open": summary.open,
            "new": status[FindingStatus.NEW],
            "worsened": status[FindingStatus.WORSENED],
            "improved": status[FindingStatus.IMPROVED],
            "unchanged": status[FindingStatus.UNCHANGED],
            "fixed": status[FindingStatus.FIXED],
            "excepted": summary.excepted,
            "by_severity": {severity.value: count for severity, count in summary.by_severity.items()},
        },
        "not_evaluated": [
            {
                "check": one.result.check.id,
                "collections": {name: status.value for name, status in one.collections.items()},
                "reason": one.result.reason,
            }
            for one in summary.not_evaluated
        ],
    }


def _result(result: CheckResult, *, verbose: bool) -> JsonObject:
    check = result.check
    return {
        "check": check.id,
        "slug": check.slug,
        "title": check.title,
        "service": check.service,
        "severity": check.severity.value,
        "outcome": result.outcome.value,
        "reason": result.reason,
        "mappings": {name: list(check.mappings.get(name, ())) for name in _FRAMEWORKS},
        "secure_score": [_secure_score(link) for link in result.secure_score],
        "findings": [_finding(one, verbose=verbose) for one in sorted(result.findings, key=finding_order)],
    }


def _secure_score(link: SecureScoreLink) -> JsonObject:
    return {
        "control_id": link.control_id,
        "verdict": link.verdict,
        "score": link.score,
        "max_score": link.max_score,
        "points_left": link.points_left,
        "state": link.state,
    }


def _finding(finding: Finding, *, verbose: bool) -> JsonObject:
    return {
        "fingerprint": finding.fingerprint,
        "status": finding.status.value if finding.status else None,
        "certainty": finding.certainty.value,
        "depends_on": list(finding.depends_on),
        "severity": finding.severity.value,
        "message": finding.message,
        "resource": {
            "kind": finding.resource.kind,
            "id": finding.resource.id,
            "name": finding.resource.name,
            **_position(finding.resource.position),
        },
        "principals": _principals(finding.principals, verbose=verbose),
        "evidence": key_sorted(finding.evidence),
        "remediation": finding.remediation,
        "exceptions": [_exception(one) for one in finding.exceptions],
        "open_after_exceptions": finding.open_after_exceptions,
    }


def _position(position: Position | None) -> JsonObject:
    return {
        "file": position.file if position else None,
        "line": position.line if position else None,
        "column": position.column if position else None,
    }


def _principals(principals: Principals, *, verbose: bool) -> JsonObject:
    members = principals.members if verbose else principals.members[:SAMPLE]
    return {
        "count": principals.count,
        "sample": [{"id": one.id, "kind": one.kind, "name": one.name} for one in members],
    }


def _exception(applied: AppliedException) -> JsonObject:
    return {
        "id": applied.id,
        "state": applied.state.value,
        "expires": applied.expires.isoformat() if applied.expires else None,
        "principals": applied.principals,
    }


def _notice(notice: Notice) -> JsonObject:
    return {"kind": notice.kind, "message": notice.message, **_position(notice.position)}


def rfc3339(moment: datetime | None) -> str | None:
    """A moment in UTC to the second, with `Z`; one without an offset is taken as UTC."""
    if moment is None:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"

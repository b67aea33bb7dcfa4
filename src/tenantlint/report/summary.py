"""The order of findings and the numbers about a report: worked out once, shown by every format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tenantlint.model import (
    Certainty,
    CheckResult,
    CollectionStatus,
    Finding,
    FindingStatus,
    Outcome,
    Report,
    Severity,
)

# Found in the base only: such a finding is told, and never counts as open.
_GONE = frozenset({FindingStatus.FIXED, FindingStatus.UNKNOWN})


def is_gone(finding: Finding) -> bool:
    """Whether the finding is one of the base that the head no longer shows."""
    return finding.status in _GONE


def is_open(finding: Finding) -> bool:
    """Whether the finding stands in the head, with somebody left after exceptions."""
    return finding.open_after_exceptions and not is_gone(finding)


def is_excepted(finding: Finding) -> bool:
    """Whether exceptions cover the whole finding."""
    return not finding.open_after_exceptions and not is_gone(finding)


def finding_order(finding: Finding) -> tuple[Any, ...]:
    """Sort key of findings: worst first, then by check and resource."""
    resource = finding.resource
    return (
        finding.severity.rank,
        finding.check_id,
        resource.kind,
        resource.name,
        resource.id,
        finding.fingerprint,
    )


def ordered_results(report: Report) -> tuple[CheckResult, ...]:
    """All results by check id."""
    return tuple(sorted(report.results, key=lambda result: result.check.id))


def ordered_findings(report: Report) -> tuple[Finding, ...]:
    """All findings, worst first."""
    return tuple(sorted(report.findings(), key=finding_order))


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one check and severity that a list shows under one heading."""

    result: CheckResult
    severity: Severity
    findings: tuple[Finding, ...]


def groups(report: Report, *, show_excepted: bool = False) -> tuple[Group, ...]:
    """Open findings (and excepted ones if asked for) by severity, service and check; worst first."""
    found = []
    for result in ordered_results(report):
        for severity in Severity:
            chosen = [
                one
                for one in result.findings
                if one.severity is severity and (is_open(one) or (show_excepted and is_excepted(one)))
            ]
            if chosen:
                found.append(Group(result, severity, tuple(sorted(chosen, key=finding_order))))
    return tuple(sorted(found, key=lambda one: (one.severity.rank, one.result.check.service, one.result.check.id)))


@dataclass(frozen=True, slots=True, kw_only=True)
class NotEvaluated:
    """A check without a verdict, and the collections that it lacked."""

    result: CheckResult
    collections: Mapping[str, CollectionStatus]


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Numbers about a report. Every outcome, status and severity is a key, with 0 where there is none.

    `open`, `by_severity` and the statuses new, worsened, improved and unchanged count open findings;
    `uncertain` those of them that hang on an unknown.
    """

    outcomes: Mapping[Outcome, int]
    open: int
    uncertain: int
    excepted: int
    by_severity: Mapping[Severity, int]
    by_status: Mapping[FindingStatus, int]
    not_evaluated: Sequence[NotEvaluated]


def summarise(report: Report) -> Summary:
    """The numbers that every format shows."""
    results = ordered_results(report)
    findings = report.findings()
    opened = [one for one in findings if is_open(one)]
    outcomes = Counter(result.outcome for result in results)
    severities = Counter(one.severity for one in opened)
    statuses = Counter(one.status for one in findings if is_open(one) or is_gone(one))
    return Summary(
        outcomes={one: outcomes[one] for one in Outcome},
        open=len(opened),
        uncertain=sum(one.certainty is Certainty.DEPENDS for one in opened),
        excepted=sum(is_excepted(one) for one in findings),
        by_severity={one: severities[one] for one in Severity},
        by_status={one: statuses[one] for one in FindingStatus},
        not_evaluated=tuple(
            NotEvaluated(result=result, collections=_lacking(result, report.snapshot.statuses))
            for result in results
            if result.outcome is Outcome.NOT_EVALUATED
        ),
    )


def _lacking(result: CheckResult, statuses: Mapping[str, CollectionStatus]) -> Mapping[str, CollectionStatus]:
    lacking: dict[str, CollectionStatus] = {}
    for needed in result.check.requires:
        status = {name: statuses.get(name, CollectionStatus.NOT_COLLECTED) for name in needed.split("|")}
        if CollectionStatus.OK not in status.values():
            lacking |= status
    return lacking


def key_sorted(value: Any) -> Any:
    """JSON with the keys of every object in order: engines give them in orders of their own."""
    if isinstance(value, Mapping):
        return {key: key_sorted(value[key]) for key in sorted(value)}
    if isinstance(value, (list, tuple)):
        return [key_sorted(one) for one in value]
    return value

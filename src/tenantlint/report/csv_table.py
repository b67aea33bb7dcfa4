"""`csv`: one row a finding, RFC 4180, for spreadsheets. Values are whole; none is taken for a formula."""

from __future__ import annotations

import csv
import io
import json

from tenantlint.model import CheckResult, Finding, Principal, Report
from tenantlint.report.escaping import csv_cell
from tenantlint.report.interface import RenderOptions
from tenantlint.report.json_document import SAMPLE
from tenantlint.report.summary import is_open, key_sorted, ordered_findings

COLUMNS = (
    "severity",
    "check",
    "title",
    "service",
    "outcome",
    "status",
    "certainty",
    "depends_on",
    "open",
    "message",
    "resource_kind",
    "resource_id",
    "resource_name",
    "file",
    "line",
    "column",
    "principals_count",
    "principals_disabled",
    "principals_remaining",
    "principals",
    "evidence",
    "exceptions",
    "remediation",
    "fingerprint",
)


def render(report: Report, options: RenderOptions) -> str:
    """Every finding, excepted ones too (`open` tells them apart), worst first. Lines end in CR LF."""
    results = {result.check.id: result for result in report.results}
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for finding in ordered_findings(report):
        row = _row(results[finding.check_id], finding, verbose=options.verbose)
        writer.writerow([value if isinstance(value, int) else csv_cell(value) for value in row])
    return text.getvalue()


def _row(result: CheckResult, finding: Finding, *, verbose: bool) -> tuple[str | int, ...]:
    resource, position, principals = finding.resource, finding.resource.position, finding.principals
    members = principals.members if verbose else principals.members[:SAMPLE]
    return (
        finding.severity.value,
        finding.check_id,
        result.check.title,
        result.check.service,
        result.outcome.value,
        finding.status.value if finding.status else "",
        finding.certainty.value,
        "; ".join(finding.depends_on),
        "yes" if is_open(finding) else "no",
        finding.message,
        resource.kind,
        resource.id,
        resource.name,
        position.file if position else "",
        position.line if position else "",
        position.column if position else "",
        _number(principals.count),
        principals.disabled,
        _number(principals.remaining),
        "; ".join(map(_principal, members)) + ("; …" if len(members) < len(principals.members) else ""),
        json.dumps(key_sorted(finding.evidence), ensure_ascii=False),
        "; ".join(f"{one.id} ({one.state.value})" for one in finding.exceptions),
        finding.remediation.strip(),
        finding.fingerprint,
    )


def _number(count: int | None) -> str | int:
    """Empty when it is not known, which is not 0."""
    return "" if count is None else count


def _principal(principal: Principal) -> str:
    return f"{principal.name} ({principal.id})" if principal.name else principal.id

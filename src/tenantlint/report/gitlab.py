"""`gitlab`: a Code Quality report. GitLab shows one entry a fingerprint, and paths without a leading `./`."""

from __future__ import annotations

import hashlib
from collections import Counter

from tenantlint.model import Certainty, Finding, Report, Severity
from tenantlint.report.escaping import json_text, shortened, visible
from tenantlint.report.interface import RenderOptions
from tenantlint.report.places import Places
from tenantlint.report.summary import is_excepted, is_open, ordered_findings

_SEVERITIES = {
    Severity.CRITICAL: "blocker",
    Severity.HIGH: "critical",
    Severity.MEDIUM: "major",
    Severity.LOW: "minor",
}
_DESCRIPTION = 500


def render(report: Report, options: RenderOptions) -> str:
    """Open findings, worst first; with `show_excepted` excepted ones as `info`."""
    places = Places(report, options)
    seen: Counter[str] = Counter()
    entries = []
    for finding in ordered_findings(report):
        excepted = is_excepted(finding)
        if not (is_open(finding) or (excepted and options.show_excepted)):
            continue
        seen[finding.fingerprint] += 1
        place = places.of(finding.resource.position)
        entries.append(
            {
                "description": _description(finding, excepted=excepted),
                "check_name": finding.check_id,
                "fingerprint": _unique(finding.fingerprint, seen[finding.fingerprint]),
                "severity": "info" if excepted else _SEVERITIES[finding.severity],
                "location": {"path": visible(place.file), "lines": {"begin": place.line}},
            }
        )
    return json_text(entries)


def _description(finding: Finding, *, excepted: bool) -> str:
    note = " (excepted)" if excepted else ""
    if finding.certainty is Certainty.DEPENDS:
        note += f" (depends on {', '.join(finding.depends_on)})"
    return shortened(f"{finding.check_id}: {finding.message}{note}", _DESCRIPTION)


def _unique(fingerprint: str, occurrence: int) -> str:
    """The fingerprint itself; for a repeated one, a hash of it and its turn."""
    if occurrence == 1:
        return fingerprint
    return hashlib.sha256(f"{fingerprint}/{occurrence}".encode("utf-8", "surrogatepass")).hexdigest()[:32]

"""`sarif`: SARIF 2.1.0, made for GitHub code scanning and within its limits.

GitHub keeps the 5,000 most severe of at most 25,000 results, shows 1,024 characters of a description and ten
tags of a rule, and tells alerts apart by `primaryLocationLineHash` (docs.github.com, SARIF support).
"""

from __future__ import annotations

import hashlib
from typing import Any

from tenantlint.model import (
    AppliedException,
    Certainty,
    Check,
    ExceptionState,
    Finding,
    FindingStatus,
    Report,
    Severity,
)
from tenantlint.report.escaping import (
    json_text,
    markdown_prose,
    markdown_text,
    paragraph,
    sarif_message,
    shortened,
    visible,
)
from tenantlint.report.interface import RenderOptions
from tenantlint.report.places import Places, is_relative, uri
from tenantlint.report.sarif_notifications import invocation
from tenantlint.report.summary import is_excepted, is_open, ordered_findings, ordered_results
from tenantlint.report.wording import who

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LIMIT = 5000
_DESCRIPTION = 1024
_TAGS = 10
_NAME = 255
_LEVELS = {
    Severity.CRITICAL: "error",
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.LOW: "note",
}
# GitHub: above 9.0 critical, 7.0 to 8.9 high, 4.0 to 6.9 medium, below low.
_SECURITY_SEVERITY = {
    Severity.CRITICAL: "9.5",
    Severity.HIGH: "8.0",
    Severity.MEDIUM: "5.5",
    Severity.LOW: "2.0",
}
_BASELINE = {
    FindingStatus.NEW: "new",
    FindingStatus.WORSENED: "updated",
    FindingStatus.IMPROVED: "updated",
    FindingStatus.UNCHANGED: "unchanged",
}


def render(report: Report, options: RenderOptions) -> str:
    """One run. Excepted findings come only with `show_excepted`, as suppressions; those of the base never."""
    places = Places(report, options)
    checks = [result.check for result in ordered_results(report)]
    index = {check.id: position for position, check in enumerate(checks)}
    chosen = [one for one in ordered_findings(report) if is_open(one) or (options.show_excepted and is_excepted(one))]
    run = {
        "tool": {
            "driver": {
                "name": "tenantlint",
                "semanticVersion": report.tool.version,
                "rules": [_rule(check, options) for check in checks],
                "properties": {
                    "checksDigest": report.tool.checks_digest,
                    "engine": report.tool.engine,
                    **({"profile": visible(report.profile)} if report.profile else {}),
                },
            }
        },
        "automationDetails": {"id": f"tenantlint/{visible(report.snapshot.tenant.id) or 'unknown'}/"},
        "invocations": [invocation(report, index, places, left_out=len(chosen[LIMIT:]))],
        "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "The root of the repository."}}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, index[one.check_id], places) for one in chosen[:LIMIT]],
    }
    return json_text({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(check: Check, options: RenderOptions) -> dict[str, Any]:
    rule: dict[str, Any] = {
        "id": check.id,
        "name": shortened(check.slug.title().replace("_", ""), _NAME),
        "shortDescription": {"text": sarif_message(check.title, _DESCRIPTION)},
        "fullDescription": {"text": sarif_message(check.description or check.title, _DESCRIPTION)},
        "defaultConfiguration": {"level": _LEVELS[check.severity]},
        "help": {"text": _help_text(check), "markdown": _help_markdown(check)},
        "properties": {
            "tags": _tags(check),
            "precision": "high",
            "problem.severity": {"error": "error", "warning": "warning", "note": "recommendation"}[
                _LEVELS[check.severity]
            ],
            "security-severity": _SECURITY_SEVERITY[check.severity],
        },
    }
    address = _help_uri(check, options)
    if address:
        rule["helpUri"] = address
    return rule


def _help_uri(check: Check, options: RenderOptions) -> str:
    if options.docs_url and not check.custom:
        return f"{options.docs_url.rstrip('/')}/{check.id}"
    return check.references[0].url if check.references else ""


def _tags(check: Check) -> list[str]:
    mapped = [control for name in ("scuba", "mitre_attack") for control in check.mappings.get(name, ())]
    tags = ["security", check.service.replace("_", "-"), *check.tags, *mapped]
    return [shortened(tag, _NAME) for tag in dict.fromkeys(tags)][:_TAGS]


def _help_text(check: Check) -> str:
    parts = [check.description, check.rationale, check.remediation and f"Mend: {check.remediation}"]
    return "\n\n".join(paragraph(part) for part in parts if part) or visible(check.title)


def _help_markdown(check: Check) -> str:
    parts = [
        markdown_prose(check.description or check.title),
        check.rationale and f"**Why it matters**\n\n{markdown_prose(check.rationale)}",
        check.remediation and f"**Mend**\n\n{markdown_prose(check.remediation)}",
    ]
    if check.references:
        links = [f"- [{markdown_text(one.description or one.url)}]({_target(one.url)})" for one in check.references]
        parts.append("**See also**\n\n" + "\n".join(links))
    return "\n\n".join(part for part in parts if part)


def _target(address: str) -> str:
    """A link target in angle brackets, which nothing in it can close."""
    return f"<{address.replace('<', '%3C').replace('>', '%3E').replace(' ', '%20')}>"


def _result(finding: Finding, rule_index: int, places: Places) -> dict[str, Any]:
    place = places.of(finding.resource.position)
    artifact: dict[str, Any] = {"uri": uri(place.file)}
    if is_relative(place.file):
        artifact["uriBaseId"] = "%SRCROOT%"
    resource = finding.resource
    result: dict[str, Any] = {
        "ruleId": finding.check_id,
        "ruleIndex": rule_index,
        "level": _LEVELS[finding.severity],
        "message": {"text": _message(finding)},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": artifact,
                    "region": {"startLine": place.line, "startColumn": place.column},
                },
                "logicalLocations": [
                    {
                        "name": shortened(resource.name or resource.id, _NAME),
                        "fullyQualifiedName": shortened(f"{resource.kind}/{resource.id}", _NAME),
                        "kind": "resource",
                    }
                ],
            }
        ],
        "partialFingerprints": {
            "primaryLocationLineHash": _line_hash(finding.fingerprint),
            "tenantlint/fingerprint/v1": finding.fingerprint,
        },
    }
    if finding.status in _BASELINE:
        result["baselineState"] = _BASELINE[finding.status]
    if is_excepted(finding):
        result["suppressions"] = [_suppression(one) for one in _covering(finding)]
    result["properties"] = {
        "severity": finding.severity.value,
        "certainty": finding.certainty.value,
        "principals": finding.principals.count,
    }
    return result


def _message(finding: Finding) -> str:
    text = finding.message.strip()
    if not text.endswith((".", "!", "?")):
        text += "."
    if finding.certainty is Certainty.DEPENDS:
        text += f" This depends on {', '.join(finding.depends_on)}."
    affected = who(finding.principals)
    if affected:
        text += f" Affects {affected}."
    return sarif_message(text)


def _line_hash(fingerprint: str) -> str:
    """GitHub's form, 16 hexadecimal digits and a count; of the fingerprint, so that moved lines change nothing."""
    return hashlib.sha256(fingerprint.encode("utf-8", "surrogatepass")).hexdigest()[:16] + ":1"


def _covering(finding: Finding) -> list[AppliedException]:
    return [one for one in finding.exceptions if one.state in (ExceptionState.ACTIVE, ExceptionState.EXPIRING)]


def _suppression(applied: AppliedException) -> dict[str, Any]:
    until = f", until {applied.expires.isoformat()}" if applied.expires else ""
    owner = f", owner {applied.owner}" if applied.owner else ""
    justification = f"{applied.id}: {applied.reason or 'no reason given'}{owner}{until}"
    return {"kind": "external", "status": "accepted", "justification": shortened(justification, _DESCRIPTION)}

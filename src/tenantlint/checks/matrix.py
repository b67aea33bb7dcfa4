"""Which control of a peer tool or baseline is covered by which check, derived from the checks' mappings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from tenantlint.checks.describe import FRAMEWORKS, cell, natural
from tenantlint.model import Check

PEERS = ("scuba", "eidsca", "orca", "maester", "prowler", "cis_m365")


def covered(checks: Sequence[Check], framework: str) -> dict[str, tuple[Check, ...]]:
    """Control id to the checks mapped to it, in natural order of the controls."""
    found: dict[str, list[Check]] = {}
    for check in checks:
        for control in check.mappings.get(framework, ()):
            found.setdefault(control, []).append(check)
    return {control: tuple(found[control]) for control in sorted(found, key=natural)}


def as_json(checks: Sequence[Check], frameworks: Sequence[str] = PEERS) -> dict[str, Any]:
    """`{"format": "tenantlint.matrix/1", "frameworks": {NAME: {"title", "controls": {ID: [check ids]}}}}`."""
    return {
        "format": "tenantlint.matrix/1",
        "frameworks": {
            framework: {
                "title": FRAMEWORKS[framework],
                "controls": {
                    control: [check.id for check in mapped] for control, mapped in covered(checks, framework).items()
                },
            }
            for framework in frameworks
        },
    }


def as_markdown(checks: Sequence[Check], frameworks: Sequence[str] = PEERS) -> str:
    """One table a framework, and a summary above them."""
    return "\n".join(_lines(checks, frameworks))


def _lines(checks: Sequence[Check], frameworks: Sequence[str]) -> Iterator[str]:
    yield from ("# Controls covered", "", "| Framework | Controls | Checks |", "|---|---:|---:|")
    for framework in frameworks:
        mapped = sum(bool(check.mappings.get(framework)) for check in checks)
        yield f"| {cell(FRAMEWORKS[framework])} | {len(covered(checks, framework))} | {mapped} |"
    for framework in frameworks:
        controls = covered(checks, framework)
        if controls:
            yield from ("", f"## {FRAMEWORKS[framework]}", "", "| Control | Check | Desired state |", "|---|---|---|")
        for control, mapped_checks in controls.items():
            for check in mapped_checks:
                yield f"| {cell(control)} | {check.id} | {cell(check.title)} |"
    yield ""

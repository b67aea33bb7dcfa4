"""How a finished run reads: what was collected, what is missing and what that means, and what it took."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import click

from tenantlint.cli.collect_tally import duration, size_of
from tenantlint.collect.catalog import AREAS
from tenantlint.collect.gaps import Gap, by_reason
from tenantlint.collect.probe import Probe, Verdict
from tenantlint.collect.run import CollectReport, Ended
from tenantlint.collect.transport import Traffic
from tenantlint.model import CollectionStatus
from tenantlint.report.escaping import visible

_COLORS = {
    CollectionStatus.OK: "green",
    CollectionStatus.UNLICENSED: "cyan",
    CollectionStatus.NOT_COLLECTED: None,
    CollectionStatus.DENIED: "yellow",
    CollectionStatus.TRUNCATED: "yellow",
    CollectionStatus.FAILED: "red",
}
_NAMES_SHOWN = 6
_VERDICT_COLORS = {Verdict.OK: "green", Verdict.UNLICENSED: "cyan", Verdict.MISSING: "red", Verdict.UNKNOWN: "yellow"}


def table(report: CollectReport, gaps: Sequence[Gap], *, verbose: bool) -> str:
    """The table of areas (of collections when `verbose`), then the gaps; styled."""
    tenant = visible(report.tenant.display_name or report.tenant.id or "the tenant")
    lines = [click.style(f"Collected {tenant}: objects by area", bold=True), *(_collections(report) if verbose else _areas(report))]
    missing = [gap for gap in gaps if gap.status is not CollectionStatus.NOT_COLLECTED]
    left = [gap for gap in gaps if gap.status is CollectionStatus.NOT_COLLECTED]
    if missing:
        lines += ["", click.style("What is missing, and what it means for the checks", bold=True)]
        lines += _gaps(missing, verbose=verbose)
    if left:
        lines += ["", click.style("Not collected", bold=True), *_gaps(left, verbose=verbose)]
    return "\n".join(lines)


def closing(report: CollectReport, traffic: Traffic, out: str) -> str:
    """The last line: what it took."""
    waited = f", {duration(traffic.waited)} of waiting" if traffic.waited >= 1 else ""
    requests = f"{traffic.requests:,} request{'' if traffic.requests == 1 else 's'}"
    retries = f"{traffic.retries:,} {'retry' if traffic.retries == 1 else 'retries'}"
    return f"Wrote {out} in {duration(report.seconds)}: {requests}, {retries}{waited}, {size_of(traffic.bytes)}."


def held_back(secrets: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
    """What was not written because it looks like a secret."""
    for collection, kinds in sorted(secrets.items()):
        told = ", ".join(f"{count} x {kind}" for kind, count in sorted(kinds.items()))
        yield f"{collection}: not written, since it looks like a secret: {told}. Take it out of the tenant."


def probes(found: Sequence[Probe]) -> str:
    """The table of `--check-permissions`."""
    width = max((len(_needed(one)) for one in found), default=0)
    lines = []
    for one in found:
        word = click.style(f"{one.verdict.value:<10}", fg=_VERDICT_COLORS[one.verdict])
        reason = one.reason or (f"tried {one.tried}" if one.tried else "")
        lines.append(f"{word}  {_needed(one):<{width}}  {visible(reason)}".rstrip())
        if one.verdict is not Verdict.OK:
            lines.append(f"{'':<12}for {_shortened(one.serves, verbose=False)}")
    return "\n".join(lines)


def _needed(one: Probe) -> str:
    role = f"the role {one.role}" if one.role else ""
    return f"{one.service}: {' and '.join(part for part in (one.permission, role) if part)}"


def _by_area(report: CollectReport) -> Iterator[tuple[str, list[tuple[str, Ended]]]]:
    for area in AREAS:
        found = [(name, ended) for name, ended in report.collections.items() if ended.source.area == area]
        if any(ended.status is not CollectionStatus.NOT_COLLECTED for _, ended in found):
            yield area, found


def _areas(report: CollectReport) -> Iterator[str]:
    for area, found in _by_area(report):
        counts: dict[CollectionStatus, int] = {}
        for _, ended in found:
            counts[ended.status] = counts.get(ended.status, 0) + 1
        words = [
            click.style(f"{counts[status]} {status.value}", fg=_COLORS[status])
            for status in _COLORS
            if status in counts
        ]
        objects = sum(ended.count for _, ended in found)
        yield f"  {area:<20} {objects:>10,}   {', '.join(words)}"


def _collections(report: CollectReport) -> Iterator[str]:
    for area, found in _by_area(report):
        yield f"  {area}"
        for name, ended in found:
            word = click.style(f"{ended.status.value:<13}", fg=_COLORS[ended.status])
            taken = "  (from the interrupted run)" if ended.resumed else ""
            yield f"    {name:<56} {word} {ended.count:>10,}{taken}"


def _gaps(found: Sequence[Gap], *, verbose: bool) -> Iterator[str]:
    for status, detail, members in by_reason(found):
        names = _shortened([gap.collection for gap in members], verbose=verbose)
        yield f"  {click.style(status.value, fg=_COLORS[status])}  {names}"
        if detail:
            yield f"      {visible(detail)}"
        unjudged = sorted({check for gap in members for check in gap.not_evaluated})
        vaguer = sorted({check for gap in members for check in gap.less_exact} - set(unjudged))
        applicable = "do not apply" if status is CollectionStatus.UNLICENSED else "cannot be judged"
        if unjudged:
            yield f"      {applicable}: {_shortened(unjudged, verbose=verbose)}"
        if vaguer:
            yield f"      less exact: {_shortened(vaguer, verbose=verbose)}"


def _shortened(names: Sequence[str], *, verbose: bool) -> str:
    if verbose or len(names) <= _NAMES_SHOWN + 1:
        return ", ".join(names)
    return f"{', '.join(names[:_NAMES_SHOWN])} and {len(names) - _NAMES_SHOWN} more (--verbose lists them)"

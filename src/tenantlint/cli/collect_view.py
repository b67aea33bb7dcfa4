"""How a finished run reads: what was collected, what is missing and what that means, and what it took."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from textwrap import wrap

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


def table(report: CollectReport, gaps: Sequence[Gap], width: int, *, verbose: bool) -> str:
    """The table of areas (of collections when `verbose`), then the gaps; styled."""
    tenant = visible(report.tenant.display_name or report.tenant.id or "the tenant")
    what = "collection" if verbose else "area"
    lines = [click.style(f"Collected {tenant}: objects by {what}", bold=True)]
    lines += _collections(report) if verbose else _areas(report)
    missing = [gap for gap in gaps if gap.status is not CollectionStatus.NOT_COLLECTED]
    left = [gap for gap in gaps if gap.status is CollectionStatus.NOT_COLLECTED]
    if not verbose:  # what no check looks at is not missed
        left = [gap for gap in left if gap.not_evaluated or gap.less_exact]
    if missing:
        lines += ["", click.style("What is missing, and what it means for the checks", bold=True)]
        lines += _gaps(missing, width, verbose=verbose)
    if left:
        lines += ["", click.style("Not collected", bold=True), *_gaps(left, width, verbose=verbose)]
    return "\n".join(lines)


def closing(traffic: Traffic, seconds: float, out: str) -> str:
    """The last line: what it took."""
    waited = f", {duration(traffic.waited)} of waiting" if traffic.waited >= 1 else ""
    requests = f"{traffic.requests:,} request{'' if traffic.requests == 1 else 's'}"
    retries = f"{traffic.retries:,} {'retry' if traffic.retries == 1 else 'retries'}"
    return f"Wrote {out} in {duration(seconds)}: {requests}, {retries}{waited}, {size_of(traffic.bytes)}."


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


def _gaps(found: Sequence[Gap], width: int, *, verbose: bool) -> Iterator[str]:
    for status, detail, members in by_reason(found):
        names = _wrapped(_shortened([gap.collection for gap in members], verbose=verbose), width, 2)
        yield from names
        told = visible(detail) if status is CollectionStatus.NOT_COLLECTED else f"{status.value}: {visible(detail)}"
        for number, line in enumerate(_wrapped(told, width, 6)):
            marked = click.style(status.value, fg=_COLORS[status])
            yield line.replace(f"{status.value}:", f"{marked}:", 1) if number == 0 else line
        unjudged = sorted({check for gap in members for check in gap.not_evaluated})
        vaguer = sorted({check for gap in members for check in gap.less_exact} - set(unjudged))
        applicable = "do not apply" if status is CollectionStatus.UNLICENSED else "cannot be judged"
        for what, checks in ((applicable, unjudged), ("less exact", vaguer)):
            if checks:
                yield from _wrapped(f"{what}: {_shortened(checks, verbose=verbose)}", width, 6)


def _wrapped(text: str, width: int, indent: int) -> list[str]:
    """Lines of at most `width`; those after the first hang two deeper."""
    return wrap(
        text,
        width,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + 2),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _shortened(names: Sequence[str], *, verbose: bool) -> str:
    if verbose or len(names) <= _NAMES_SHOWN + 1:
        return ", ".join(names)
    return f"{', '.join(names[:_NAMES_SHOWN])} and {len(names) - _NAMES_SHOWN} more (--verbose lists them)"

"""What a run has done so far, counted from what it tells: the ground of every way to show it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from tenantlint.collect.calls import Call
from tenantlint.model import CollectionStatus
from tenantlint.report.escaping import shortened

SERVICE_NAMES: Mapping[str, str] = {
    "graph": "Microsoft Graph",
    "exchange": "Exchange Online",
    "compliance": "Security & Compliance",
    "teams": "Teams",
    "sharepoint": "SharePoint",
    "dns": "DNS",
}
# Parameters whose values are our own words; those of the others (skip tokens) may be anything.
_SHOWN_PARAMETERS = frozenset({"$top", "$select", "$filter", "$expand", "$count", "$orderby"})
_LONGEST_URL = 160


@dataclass(slots=True)
class AreaTally:
    """One area. `counts`: objects so far by collection, with the total where the service told it."""

    name: str
    collections: int
    started: float
    ended: int = 0
    finished: bool = False
    seconds: float = 0.0
    counts: dict[str, tuple[int, int | None]] = field(default_factory=dict)
    problems: dict[CollectionStatus, int] = field(default_factory=dict)
    waits_until: float = 0.0
    waits_for: str = ""
    first_advance: float | None = None

    @property
    def asked(self) -> int:
        """Collections that were asked for, as far as that has shown."""
        return self.collections - self.problems.get(CollectionStatus.NOT_COLLECTED, 0)

    @property
    def objects(self) -> int:
        return sum(done for done, _ in list(self.counts.values()))

    def left(self, now: float) -> float | None:
        """Seconds that the collections with a known total still take at their speed so far; None when it is unknown."""
        if self.first_advance is None or now - self.first_advance < 1.0:
            return None
        counts = [(done, total) for done, total in list(self.counts.values()) if total]
        done, total = sum(done for done, _ in counts), sum(total for _, total in counts)
        if not done or done >= total:
            return None
        return (total - done) * (now - self.first_advance) / done


class Tally:
    """Implements `collect.progress.Observer` by counting. `now`: seconds that never go back."""

    def __init__(self, now: Callable[[], float]) -> None:
        self.now = now
        self.areas: dict[str, AreaTally] = {}
        self.requests = 0
        self.retries = 0
        self.bytes = 0

    def area_started(self, area: str, collections: int) -> None:
        self.areas[area] = AreaTally(area, collections, self.now())

    def advanced(self, area: str, collection: str, done: int, total: int | None) -> None:
        found = self.areas[area]
        found.counts[collection] = (done, total)
        if found.first_advance is None and done:
            found.first_advance = self.now()

    def collection_finished(
        self,
        area: str,
        collection: str,
        status: CollectionStatus,
        count: int,
        detail: str,  # noqa: ARG002 - the protocol's
    ) -> None:
        found = self.areas[area]
        found.ended += 1
        found.counts[collection] = (count, count)
        if status is not CollectionStatus.OK:
            found.problems[status] = found.problems.get(status, 0) + 1

    def area_finished(self, area: str) -> None:
        found = self.areas[area]
        found.finished = True
        found.seconds = self.now() - found.started

    def request_done(
        self,
        call: Call,
        *,
        status: int | None,
        seconds: float,  # noqa: ARG002 - the protocol's
        size: int,
        attempt: int,
        waiting: float,
    ) -> None:
        self.requests += 1
        self.retries += attempt > 1
        self.bytes += size
        area = self.areas.get(call.area)
        if area is not None and waiting:
            area.waits_until = self.now() + waiting
            area.waits_for = waiting_for(call, status)


def waiting_for(call: Call, status: int | None) -> str:
    """Why the next try waits, in words."""
    service = SERVICE_NAMES[call.service.value]
    if status == 429:
        return f"{service} limits the requests"
    return f"{service} answered {status}" if status else f"{service} did not answer"


def shown_url(call: Call) -> str:
    """Path and query of a call without what may be secret: no host, no user, no skip token."""
    parts = urlsplit(call.url)
    kept = [
        f"{name}={value if name in _SHOWN_PARAMETERS else '…'}"
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
    ]
    return shortened(f"{parts.path}{'?' + '&'.join(kept) if kept else ''}", _LONGEST_URL)


def shown_request(call: Call, *, status: int | None, seconds: float, size: int, attempt: int, waiting: float) -> str:
    """One line of the request log: never a header, a body or a token."""
    parts = [
        f"{call.method} {shown_url(call)}",
        f"[{shortened(call.collection, 60)}]",
        str(status) if status is not None else "no reply",
        f"{seconds * 1000:,.0f} ms",
        f"{size:,} bytes",
    ]
    if attempt > 1:
        parts.append(f"try {attempt}")
    if waiting:
        parts.append(f"next in {waiting:.1f} s")
    return "  ".join(parts)


def duration(seconds: float) -> str:
    """`4.2 s`, `3 min 05 s`, `2 h 10 min`."""
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {rest:02} s"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02} min"


def size_of(count: int) -> str:
    """`812 bytes`, `3.4 MB`."""
    if count < 1000:
        return f"{count} bytes"
    for unit, factor in (("kB", 1e3), ("MB", 1e6), ("GB", 1e9)):
        if count < factor * 999.95 or unit == "GB":
            return f"{count / factor:.1f} {unit}"
    raise AssertionError


def problems_of(area: AreaTally) -> str:
    """`1 denied, 2 unlicensed`; what was not asked for is no problem."""
    return ", ".join(
        f"{count} {status.value}"
        for status, count in sorted(area.problems.items())
        if status is not CollectionStatus.NOT_COLLECTED
    )

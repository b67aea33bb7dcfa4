"""Progress on a terminal, and plain lines where there is none."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tenantlint.cli.collect_tally import AreaTally, Tally, duration, problems_of, shown_request, waiting_for
from tenantlint.collect.calls import Call
from tenantlint.report.escaping import shortened

if TYPE_CHECKING:
    from rich.table import Table

Say = Callable[[str], None]
_SHORT_WAIT = 5.0  # seconds below which a wait is not worth a line
_BEAT = 15.0  # seconds between two lines about one long collection
_WAIT_BEAT = 10.0  # seconds between two lines about waits for one service


class PlainProgress(Tally):
    """Lines for a log: an area that is done, a long wait, a long collection that goes on.

    `verbose`: a line for every request as well. `quiet`: nothing at all.
    """

    def __init__(self, now: Callable[[], float], say: Say, *, verbose: bool = False, quiet: bool = False) -> None:
        super().__init__(now)
        self._say = say
        self._verbose = verbose
        self._quiet = quiet
        self._beats: dict[str, float] = {}

    def __enter__(self) -> PlainProgress:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is open."""

    def line(self, text: str) -> None:
        """Say something between."""
        self._say(text)

    def advanced(self, area: str, collection: str, done: int, total: int | None) -> None:
        super().advanced(area, collection, done, total)
        if done and self._is_time(f"advanced {collection}", _BEAT, first=False) and not self._quiet:
            of = f" of {total:,}" if total else ""
            self._say(f"{area}: {shortened(collection, 60)}, {done:,}{of} objects so far")

    def area_finished(self, area: str) -> None:
        super().area_finished(area)
        if not self._quiet and self.areas[area].asked:
            self._say(_area_line(self.areas[area]))

    def request_done(
        self, call: Call, *, status: int | None, seconds: float, size: int, attempt: int, waiting: float
    ) -> None:
        super().request_done(call, status=status, seconds=seconds, size=size, attempt=attempt, waiting=waiting)
        if self._verbose:
            self._say(shown_request(call, status=status, seconds=seconds, size=size, attempt=attempt, waiting=waiting))
        elif waiting >= _SHORT_WAIT and not self._quiet and self._is_time(f"waits {call.rate.value}", _WAIT_BEAT):
            self._say(f"{call.area}: waiting {duration(waiting)}, {waiting_for(call, status)}")

    def _is_time(self, what: str, every: float, *, first: bool = True) -> bool:
        """Whether the last time was long ago. `first`: what this says when there was none."""
        now, before = self.now(), self._beats.get(what)
        if before is None and not first:
            self._beats[what] = now
            return False
        if before is not None and now - before < every:
            return False
        self._beats[what] = now
        return True


class LiveProgress(Tally):
    """A table on a terminal, one line an area, drawn again a few times a second; log lines scroll above it."""

    def __init__(self, now: Callable[[], float], console: Any, *, verbose: bool = False) -> None:
        from rich.live import Live

        super().__init__(now)
        self._console = console
        self._verbose = verbose
        self._live = Live(get_renderable=self.table, console=console, refresh_per_second=4, transient=True)

    def __enter__(self) -> LiveProgress:
        self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._live.stop()

    def line(self, text: str) -> None:
        """Say something above the table."""
        self._console.print(text, markup=False, highlight=False, emoji=False, soft_wrap=True)

    def request_done(
        self, call: Call, *, status: int | None, seconds: float, size: int, attempt: int, waiting: float
    ) -> None:
        super().request_done(call, status=status, seconds=seconds, size=size, attempt=attempt, waiting=waiting)
        if self._verbose:
            self.line(shown_request(call, status=status, seconds=seconds, size=size, attempt=attempt, waiting=waiting))

    def table(self) -> Table:
        """How it stands now."""
        from rich.table import Table
        from rich.text import Text

        found = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
        for column in ("left", "right", "right", "left"):
            found.add_column(justify="right" if column == "right" else "left", no_wrap=True, overflow="ellipsis")
        now = self.now()
        # The drawing thread looks on while the run goes on: a copy cannot change under it.
        for area in list(self.areas.values()):
            if not area.asked:
                continue
            mark, style = ("✓", "green") if area.finished else ("·", "dim" if not area.counts else "cyan")
            if area.finished and problems_of(area):
                mark, style = "!", "yellow"
            found.add_row(
                Text(f"{mark} {area.name}", style=style),
                Text(f"{area.ended - area.collections + area.asked}/{area.asked}"),
                Text(f"{area.objects:,}"),
                Text(_remark(area, now), style="dim"),
            )
        found.add_row(Text(f"{self.requests:,} requests, {self.retries:,} retries", style="dim"))
        return found


def _remark(area: AreaTally, now: float) -> str:
    if area.finished:
        return ", ".join(one for one in (duration(area.seconds), problems_of(area)) if one)
    if area.waits_until > now:
        return f"waiting {duration(area.waits_until - now)}: {area.waits_for}"
    left = area.left(now)
    return f"about {duration(left)} left" if left is not None else ""


def _area_line(area: AreaTally) -> str:
    collections = f"{area.asked} collection{'' if area.asked == 1 else 's'}"
    objects = f"{area.objects:,} object{'' if area.objects == 1 else 's'}"
    problems = problems_of(area)
    return f"{area.name}: {collections}, {objects}, {duration(area.seconds)}{'; ' + problems if problems else ''}"

"""One run of `tenantlint collect`, from the sign-in to the last line."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tenantlint import __version__
from tenantlint.cli.collect_view import closing, held_back, table
from tenantlint.cli.interrupting import Interruption
from tenantlint.cli.interrupting import run as run_work
from tenantlint.cli.output import terminal_width
from tenantlint.collect.clock import SystemClock
from tenantlint.collect.run import CollectReport, Fault
from tenantlint.collect.spool import Spool
from tenantlint.collect.transport import Traffic
from tenantlint.errors import EXIT_CLEAN, EXIT_INCOMPLETE, EXIT_INTERNAL
from tenantlint.jobs.collect import Collected, Order, gaps_of, read, signed_in, write
from tenantlint.report.escaping import visible
from tenantlint.snapshot.writing import check_target

if TYPE_CHECKING:
    from tenantlint.cli.collect_progress import LiveProgress, PlainProgress
    from tenantlint.snapshot.redaction import Choice, Key


class Run:
    """Reads what the order says into `out`, and tells about it through `progress`, and at the end."""

    def __init__(
        self,
        order: Order,
        out: Path,
        progress: LiveProgress | PlainProgress,
        *,
        quiet: bool,
        verbose: bool,
        color: bool,
    ) -> None:
        self._order = order
        self._out = out
        self._progress = progress
        self._quiet = quiet
        self._verbose = verbose
        self._color = color
        self._clock = SystemClock()

    def whole(self, pseudonyms: tuple[Key, Choice] | None, *, resume: bool) -> int:
        """Read, write, tell; the exit code. Raises UsageError and InputError."""
        check_target(self._out)
        began = self._clock.monotonic()
        with ExitStack() as open_things:
            with self._progress:
                done = run_work(self._read(open_things, resume=resume))
            if isinstance(done, Interruption):
                return self._interrupted(done)
            report, spool, traffic = done
            try:
                collected = write(report, spool, self._out, traffic, tool_version=__version__, pseudonyms=pseudonyms)
            except KeyboardInterrupt:
                return self._interrupted(Interruption.by_keyboard())
        self._tell(collected, self._clock.monotonic() - began)
        if report.faults:
            return EXIT_INTERNAL
        return EXIT_CLEAN if report.complete else EXIT_INCOMPLETE

    async def _read(self, open_things: ExitStack, *, resume: bool) -> tuple[CollectReport, Spool, Traffic]:
        async with signed_in(self._order, self._clock, self._progress) as signed:
            for remark in signed.remarks:
                self._say(remark)
            # Only now: a sign-in that fails must not cost the work of an interrupted run.
            spool = open_things.enter_context(
                Spool(self._out, self._order.settings, now=self._clock.now(), resume=resume)
            )
            if spool.discarded is not None:
                when = spool.discarded.isoformat(timespec="minutes")
                self._say(f"The interrupted run of {when} was thrown away; --resume would have gone on with it.")
            elif resume and not spool.resumed:
                self._say("There is no interrupted run to go on with; this is a new one.")
            report = await read(self._order, signed, spool, self._clock, self._progress)
            return report, spool, signed.transport.traffic

    def _interrupted(self, how: Interruption) -> int:
        out = self._out.as_posix()
        click.echo(
            f"Interrupted. {out} is as it was before, and what was read is kept beside it: "
            "run the same command with --resume to go on.",
            err=True,
        )
        return how.exit_code

    def _say(self, text: str) -> None:
        if not self._quiet:
            self._progress.line(text)

    def _tell(self, collected: Collected, seconds: float) -> None:
        report = collected.report
        for fault in report.faults:
            self._tell_fault(fault)
        for line in held_back(collected.secrets):
            click.echo(line, err=True)
        if self._quiet:
            return
        text = table(report, gaps_of(report), terminal_width(), verbose=self._verbose)
        click.echo(text if self._color else click.unstyle(text), color=self._color)
        if collected.redactor is not None:
            key = collected.redactor.document()["key"]
            click.echo(f"People were replaced with the key {key}; keep its file, and keep it to yourself.", err=True)
        click.echo(closing(collected.traffic, seconds, self._out.as_posix()), err=True)

    def _tell_fault(self, fault: Fault) -> None:
        click.echo(
            f"{fault.collection}: {type(fault.error).__name__}: {visible(str(fault.error))}. This is a fault of "
            "tenantlint; run again with --verbose and report it.",
            err=True,
        )
        if self._verbose:
            import traceback

            click.echo("".join(traceback.format_exception(fault.error)), err=True, nl=False)

"""`tenantlint scenarios`: expected outcomes of sign-ins, run like unit tests."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tenantlint.cli.options import Timestamp, effective_config, moment, over, talking
from tenantlint.cli.output import colors, terminal_width, writable, write_whole
from tenantlint.errors import UsageError

if TYPE_CHECKING:
    from tenantlint.jobs.scenarios import ScenarioReport

FORMATS = ("text", "json", "junit")


@click.command("scenarios")
@click.argument("target", type=click.Path())
@click.argument("file", type=click.Path(), required=False)
@click.option("--generate", is_flag=True, help="Write a file from how the tenant behaves at present.")
@click.option("--out", metavar="FILE", help="With --generate: where to (default: stdout).")
@click.option("--select", multiple=True, metavar="NAME", help="Only scenarios or sections named so; * and ? count.")
@click.option("--format", "format_", type=click.Choice(FORMATS), help="The format on stdout (default: text).")
@click.option("-o", "--output", "outputs", multiple=True, metavar="FORMAT=FILE", help="Also write FILE (repeatable).")
@click.option("--strict", is_flag=True, help="What is inconclusive counts as missed.")
@click.option("--exceptions", metavar="FILE", help="The exception register, which declares emergency accounts.")
@click.option("--config", "config_file", metavar="FILE", help="Else tenantlint.yaml here or above.")
@click.option("--now", type=Timestamp(), help="The moment at which exceptions are judged (default: the clock).")
@click.option("--plain", is_flag=True, help="Words in place of signs.")
@talking
def scenarios(
    *,
    target: str,
    file: str | None,
    generate: bool,
    out: str | None,
    select: tuple[str, ...],
    format_: str | None,
    outputs: tuple[str, ...],
    config_file: str | None,
    now: datetime | None,
    plain: bool,
    quiet: bool,
    verbose: bool,
    no_color: bool,
    **given: Any,
) -> int:
    """Run the sign-ins of FILE (docs/scenarios.md) against TARGET, and compare what comes of them with what is
    expected; or, with --generate, write such a file.

    Exit codes: 0 all as expected; 1 a miss; 2 bad usage, or a name that the tenant does not have.
    """
    from tenantlint.jobs.scenarios import generate_scenarios, run_scenarios
    from tenantlint.sources import open_target

    _check_usage(file, generate=generate, out=out, running=bool(select or format_ or outputs))
    wanted = _outputs(format_, outputs)
    base = effective_config(config_file, given, Path(target))
    reading = open_target(Path(target))
    config = over(base.for_tenant(reading.snapshot.tenant.id), given)
    if not quiet:
        for problem in reading.problems:
            click.echo(problem.sentence(), err=True)
    if generate:
        text = generate_scenarios(reading.snapshot, config, moment(now))
        if out and out != "-":
            write_whole(Path(out), text)
        else:
            sys.stdout.write(text)
        return 0
    report = run_scenarios(reading.snapshot, Path(file or ""), config, moment(now), select)
    color = colors(no_color=no_color)
    for name, place in wanted:
        written = _render(name, report, color=color and place is None, verbose=verbose, plain=plain or _dumb())
        if place is None:
            sys.stdout.write(written)
            sys.stdout.flush()
        else:
            write_whole(place, written)
    return report.exit_code


def _check_usage(file: str | None, *, generate: bool, out: str | None, running: bool) -> None:
    if generate and (file or running):
        raise UsageError("--generate writes a file and runs none: leave out FILE, --select, --format and -o.")
    if not generate and file is None:
        raise UsageError("Name a file of scenarios, or write one with --generate --out FILE.")
    if out and not generate:
        raise UsageError("--out goes with --generate; for a report write -o FORMAT=FILE.")


def _outputs(format_: str | None, outputs: tuple[str, ...]) -> list[tuple[str, Path | None]]:
    wanted: list[tuple[str, Path | None]] = []
    for one in outputs:
        name, sign, place = one.partition("=")
        if not sign or not place or name not in FORMATS:
            raise UsageError(f"-o {one}: write it as FORMAT=FILE; formats are {', '.join(FORMATS)}.")
        wanted.append((name, writable(one, place)))
    return [(format_ or "text", None), *wanted]


def _render(name: str, report: ScenarioReport, *, color: bool, verbose: bool, plain: bool) -> str:
    from tenantlint.report.interface import RenderOptions

    options = RenderOptions(color=color, width=terminal_width(), verbose=verbose)
    if name == "json":
        from tenantlint.report import scenarios_json

        return scenarios_json.render(report, options)
    if name == "junit":
        from tenantlint.report import scenarios_junit

        return scenarios_junit.render(report, options)
    from tenantlint.report import scenarios_text

    return scenarios_text.render(report, options, plain=plain)


def _dumb() -> bool:
    return os.environ.get("TERM") == "dumb"

"""`tenantlint check`: lint one target."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from tenantlint.cli.options import effective_config, linting, moment, over, talking
from tenantlint.cli.output import Output, colors, parse_outputs, terminal_width, write_report
from tenantlint.config import Config
from tenantlint.report import formats


@click.command("check")
@click.argument("target", type=click.Path())
@click.option("--format", "format_", type=click.Choice(formats()), help="The format on stdout (default: text).")
@click.option("-o", "--output", "outputs", multiple=True, metavar="FORMAT=FILE", help="Also write FILE (repeatable).")
@click.option(
    "--fail-on",
    type=click.Choice(["critical", "high", "medium", "low", "never"]),
    help="The least severity that gives exit code 1 (default: high).",
)
@click.option("--show-excepted", is_flag=True, help="Show what exceptions cover whole, too.")
@linting
@talking
def check(
    *,
    target: str,
    format_: str | None,
    outputs: tuple[str, ...],
    show_excepted: bool,
    config_file: str | None,
    opa_url: str | None,
    now: datetime | None,
    quiet: bool,
    verbose: bool,
    no_color: bool,
    **given: Any,
) -> int:
    """Lint TARGET: a native snapshot folder, a ScubaGear export, an EntraExporter folder, or a folder or file
    of Conditional Access policies.

    Exit codes: 0 clean; 1 findings at or above --fail-on; 2 bad usage or unreadable input; 3 incomplete: a
    check failed, or, with --strict, something could not be judged; 4 internal error.
    """
    from tenantlint.engine import open_engine
    from tenantlint.jobs.lint import chosen, exit_code, library, lint
    from tenantlint.sources import open_target

    wanted = parse_outputs(format_, outputs)
    given["opa_url"] = opa_url
    base = effective_config(config_file, given, Path(target))
    reading = open_target(Path(target))
    config = over(base.for_tenant(reading.snapshot.tenant.id), given)
    loaded = library(config)
    config.check_parameters({one.id: one for one in loaded.checks})
    with open_engine(config.engine, opa_url=opa_url) as engine:
        engine.load(loaded.modules_for(chosen(loaded, config)))
        outcome = lint(reading, loaded, engine, config, moment(now))
    if not quiet:
        _say_what_was_used(config)
    output = Output(
        color=colors(no_color=no_color),
        width=terminal_width(),
        verbose=verbose,
        show_excepted=show_excepted,
        fallback_file=_fallback(Path(target)),
    )
    write_report(outcome.report, wanted, output)
    if not quiet and reading.problems and not any(one.format == "text" and one.file is None for one in wanted):
        for problem in reading.problems:
            click.echo(problem.sentence(), err=True)
    return exit_code(outcome, config.fail_on, strict=config.strict)


def _say_what_was_used(config: Config) -> None:
    """Registers and settings change verdicts: a reader must know that they were there."""
    used = [config.file] if config.file else []
    if config.exceptions:
        used.append(config.exceptions.as_posix())
    if used:
        click.echo(f"Using {' and '.join(used)}.", err=True)


def _fallback(target: Path) -> str:
    """Where a finding about the whole tenant is shown: the manifest, or the one file that was given."""
    manifest = target / "snapshot.json"
    if manifest.is_file():
        return manifest.as_posix()
    return target.as_posix() if target.is_file() else ""

"""`tenantlint coverage`: who can sign in how without what, exactly."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tenantlint.cli.options import talking
from tenantlint.cli.output import colors, terminal_width, writable, write_whole
from tenantlint.errors import EXIT_CLEAN, EXIT_FINDINGS, InputError, UsageError

if TYPE_CHECKING:
    from tenantlint.jobs.coverage import CoverageAnswer, CoverageChange

# The questions of the contract, spelled here so that --help loads no analysis.
_QUESTIONS = ("mfa", "phishing_resistant_mfa", "legacy_authentication", "managed_device", "any_control", "blocked")
_FORMATS = ("text", "json")
_LIMIT = 20


@click.command("coverage")
@click.argument("target", type=click.Path())
@click.option("--question", type=click.Choice(_QUESTIONS), default="mfa", show_default=True, help="What is lacking.")
@click.option("--users", multiple=True, metavar="NAME|ID,...", help="Only these: users, groups or roles.")
@click.option("--applications", multiple=True, metavar="NAME|ID,...", help="Only these; also user actions, contexts.")
@click.option("--base", metavar="PATH", help="What the step from this tenant to TARGET opens and closes.")
@click.option("--activated", is_flag=True, help="As if every eligible role were activated.")
@click.option("--full", is_flag=True, help="In json: every user id of a region, not the first 20.")
@click.option("--format", "format_", type=click.Choice(_FORMATS), help="text (default) or json, on stdout.")
@click.option("-o", "--output", "outputs", multiple=True, metavar="FORMAT=FILE", help="Also write FILE (repeatable).")
@click.option("--fail-on-open", is_flag=True, help="Exit 1 when something is certainly open (with --base: opened).")
@click.option("--limit", type=click.IntRange(min=0), default=_LIMIT, help="In text: sets of people shown; 0 for all.")
@talking
def coverage(
    *,
    target: str,
    question: str,
    users: tuple[str, ...],
    applications: tuple[str, ...],
    base: str | None,
    activated: bool,
    full: bool,
    format_: str | None,
    outputs: tuple[str, ...],
    fail_on_open: bool,
    limit: int,
    quiet: bool,
    verbose: bool,
    no_color: bool,
) -> int:
    """Say who can sign in to TARGET how without what --question asks for, over all policies together; exact regions
    of people, applications, clients, platforms, places, risks and devices, each with the policies that nearly cover
    it and a sign-in that `tenantlint whatif` confirms.

    Exit codes: 0, also when something is open; 1 with --fail-on-open; 2 bad usage or unreadable input.
    """
    from tenantlint.conditional_access.questions import Question
    from tenantlint.jobs.coverage import Asked, answer, answer_change
    from tenantlint.sources import open_target

    files = _files(outputs)
    asked = Asked(Question(question), _parts(users), _parts(applications), activated)
    reading = open_target(Path(target))
    problems: list[InputError] = list(reading.problems)
    found: CoverageAnswer | CoverageChange
    if base is None:
        found = answer(reading, asked)
    else:
        before = open_target(Path(base))
        problems += before.problems
        found = answer_change(before, reading, asked)
    if not quiet:
        for problem in problems:
            click.echo(problem.sentence(), err=True)
    made: dict[str, str] = {}

    def rendered(form: str, *, color: bool) -> str:
        if form == "json":
            from tenantlint.report.escaping import json_text

            return made.setdefault("json", json_text(found.document(full=full)))
        return _text(found, target, base or "", color=color, verbose=verbose, limit=limit or None)

    color = colors(no_color=no_color)
    sys.stdout.write(rendered(format_ or "text", color=color))
    sys.stdout.flush()
    for form, path in files:
        write_whole(path, rendered(form, color=False))
    return EXIT_FINDINGS if fail_on_open and found.open else EXIT_CLEAN


def _text(
    found: CoverageAnswer | CoverageChange, target: str, base: str, *, color: bool, verbose: bool, limit: int | None
) -> str:
    from tenantlint.jobs.coverage import CoverageAnswer
    from tenantlint.report.coverage_text import TextOptions, render_answer, render_change

    options = TextOptions(terminal_width(), color, verbose, limit, target, base)
    return render_answer(found, options) if isinstance(found, CoverageAnswer) else render_change(found, options)


def _parts(given: Sequence[str]) -> tuple[str, ...] | None:
    found = tuple(part.strip() for one in given for part in one.split(",") if part.strip())
    if given and not found:
        raise UsageError("--users and --applications take names or ids.")
    return found or None


def _files(outputs: Sequence[str]) -> list[tuple[str, Path]]:
    found = []
    for one in outputs:
        form, sign, file = one.partition("=")
        if not sign or not file or form not in _FORMATS:
            raise UsageError(f"-o {one}: write it as text=FILE or json=FILE.")
        found.append((form, writable(one, file)))
    return found

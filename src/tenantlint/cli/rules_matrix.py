"""`tenantlint rules matrix`: which control of a peer tool or baseline is covered by which check."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import click

from tenantlint.cli.rules_options import known_framework, library_options, load_library, print_json
from tenantlint.errors import EXIT_CLEAN, EXIT_FINDINGS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tenantlint.checks.controls import Controls
    from tenantlint.checks.library import Library


@click.command("matrix")
@click.option("--framework", "frameworks", multiple=True, help="Only this one (repeatable; default: the peer tools).")
@click.option("--format", "format_", type=click.Choice(["markdown", "json", "csv"]), default="markdown")
@click.option(
    "--check", "only_check", is_flag=True, help="Show what does not fit; exit code 1 when something does not."
)
@library_options
def matrix(
    *,
    frameworks: tuple[str, ...],
    format_: str,
    only_check: bool,
    config_file: str | None,
    policies: tuple[str, ...],
) -> int:
    """Show which control of a peer tool or baseline is covered by which check, which is not, and why.

    With --check: every control in scope must be mapped or listed in policies/not_covered.toml, every mapping must
    name a known control, and no listed control may be mapped.
    """
    from tenantlint.checks import controls as lists
    from tenantlint.checks import matrix as answers

    for framework in frameworks:
        known_framework(framework)
    wanted = frameworks or answers.PEERS
    library = load_library(config_file, policies)
    known = lists.read()
    if only_check:
        return _check(known, library, wanted)
    if format_ == "json":
        print_json(answers.as_json(known, library.checks, wanted))
    elif format_ == "csv":
        click.echo(_table(known, library, wanted), nl=False)
    else:
        click.echo(answers.as_markdown(known, library.checks, wanted), nl=False)
    return EXIT_CLEAN


def _check(known: Controls, library: Library, frameworks: Sequence[str]) -> int:
    """Say each fault with its place, and how many there are of each kind."""
    from collections import Counter

    from tenantlint.checks.control_faults import faults

    found = list(faults(known, library, frameworks))
    for fault in found:
        click.echo(fault.sentence())
    counted = Counter(fault.kind.value for fault in found)
    if found:
        click.echo(", ".join(f"{number} {kind}" for kind, number in counted.items()) + ".")
    return EXIT_FINDINGS if found else EXIT_CLEAN


def _table(known: Controls, library: Library, frameworks: Sequence[str]) -> str:
    from tenantlint.checks import matrix as answers
    from tenantlint.report.escaping import csv_cell

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(answers.COLUMNS)
    for framework in frameworks:
        for row in answers.rows(known, library.checks, framework):
            writer.writerow([csv_cell(value) for value in row.cells()])
    return text.getvalue()

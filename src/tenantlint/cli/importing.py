"""`tenantlint import`: a foreign export becomes a native snapshot."""

from __future__ import annotations

from pathlib import Path

import click

from tenantlint.cli.options import talking
from tenantlint.errors import EXIT_USAGE
from tenantlint.sources import Reading


@click.command("import")
@click.argument("source", type=click.Path())
@click.option("--out", required=True, metavar="DIR", help="The snapshot; an old one there is replaced whole.")
@click.option("--strict", is_flag=True, help="Write nothing when a file of the source is unreadable.")
@talking
def import_(*, source: str, out: str, strict: bool, quiet: bool, verbose: bool, no_color: bool) -> int:  # noqa: ARG001
    """Turn SOURCE (a ScubaGear export, an EntraExporter folder, Conditional Access policies) into a native
    snapshot in --out. Reading that gives the same findings as reading the source.
    """
    from tenantlint.sources import open_target
    from tenantlint.sources.importing import import_source

    reading = open_target(Path(source))
    for problem in reading.problems:
        click.echo(problem.sentence(), err=True)
    if strict and reading.problems:
        click.echo("Nothing was written: --strict, and the files above could not be read.", err=True)
        return EXIT_USAGE
    import_source(reading, Path(out))
    if not quiet:
        click.echo(_summary(reading, out), err=True)
    return 0


def _summary(reading: Reading, out: str) -> str:
    snapshot = reading.snapshot
    names = sorted(snapshot.collections)
    lines = [f"Wrote {out}: {len(names)} collections."]
    for name in names:
        collection = snapshot.collection(name)
        detail = f"  ({collection.detail})" if collection.detail else ""
        lines.append(f"  {name:<50} {collection.status.value:<14} {len(collection):>7}{detail}")
    if snapshot.exemptions:
        lines.append(f"  {len(snapshot.exemptions)} exceptions of the source were taken over; they have no owner.")
    return "\n".join(lines)

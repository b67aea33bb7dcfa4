"""`tenantlint rules`: the check library and users' own checks."""

from __future__ import annotations

from pathlib import Path

import click

from tenantlint.errors import EXIT_FINDINGS


@click.group()
def rules() -> None:
    """Show, explain, test and write checks."""


@rules.command("test")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--quiet", "-q", is_flag=True, help="Show failures only.")
def test_(paths: tuple[Path, ...], quiet: bool) -> None:
    """Run the Rego tests in files or folders (default: the shipped checks), and report uncovered lines."""
    from tenantlint.checks import selftest
    from tenantlint.engine.embedded import TestBench, syntax

    suite = selftest.suite(paths)
    bench = TestBench(suite.modules)
    failed = 0
    for case in suite.cases:
        result = selftest.run(case, bench, syntax)
        if not result.passed:
            failed += 1
            click.echo(f"FAIL {case.place} {case.package}.{case.name}")
            for line in result.explanation:
                click.echo(f"     {line}")
        elif not quiet:
            click.echo(f"pass {case.place} {case.name}")
    uncovered = bench.uncovered()
    for module in suite.subjects:
        lines = uncovered.get(module.path, [])
        if lines:
            click.echo(f"uncovered {module.path}: line {', '.join(map(str, lines))}")
    click.echo(f"{len(suite.cases)} tests, {failed} failed")
    if failed:
        raise click.exceptions.Exit(EXIT_FINDINGS)


if __name__ == "__main__":
    rules()

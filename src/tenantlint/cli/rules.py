"""`tenantlint rules`: the check library, and checks of a user's own."""

from __future__ import annotations

from pathlib import Path

import click

from tenantlint.cli.options import profile_option
from tenantlint.cli.rules_matrix import matrix
from tenantlint.cli.rules_options import (
    known_framework,
    library_of,
    library_options,
    load_config,
    load_library,
    print_json,
)
from tenantlint.errors import EXIT_CLEAN, EXIT_FINDINGS


@click.group("rules")
def rules() -> None:
    """Show, explain, test and write checks."""


@rules.command("list")
@click.argument("selectors", nargs=-1)
@click.option("--ignore", multiple=True, metavar="SELECTOR", help="Not these (repeatable).")
@click.option("--severity", type=click.Choice(["critical", "high", "medium", "low"]), help="Of this severity.")
@click.option("--service", help="Of this service, such as conditional_access.")
@click.option("--tag", help="With this tag.")
@click.option("--framework", help="Mapped to a control of this framework, such as scuba.")
@profile_option
@click.option("--format", "format_", type=click.Choice(["table", "json"]), default="table")
@library_options
def list_(
    *,
    selectors: tuple[str, ...],
    ignore: tuple[str, ...],
    severity: str | None,
    service: str | None,
    tag: str | None,
    framework: str | None,
    profile: str | None,
    format_: str,
    config_file: str | None,
    policies: tuple[str, ...],
) -> int:
    """List checks: all of them, or those that any of SELECTORS names; with --profile only those of the profile.

    A selector is an id (CA001), a prefix (CA), a slug, a tag, a service, or KIND:VALUE, such as severity:high,
    licence:entra_p2 or scuba:MS.AAD.1.1v1; scuba:* stands for any control.
    """
    from tenantlint.checks import describe, profiles
    from tenantlint.checks.catalog import select

    config = load_config(config_file, policies)
    library = library_of(config)
    checks = select(library, select=selectors, ignore=ignore)
    if profile:
        members = {check.id for check in profiles.find(profile, config).checks(library)}
        checks = tuple(check for check in checks if check.id in members)
    for kind, value in (("severity", severity), ("service", service), ("tag", tag)):
        if value:
            kept = {check.id for check in select(library, select=[f"{kind}:{value}"])}
            checks = tuple(check for check in checks if check.id in kept)
    if framework:
        known_framework(framework)
        checks = tuple(check for check in checks if check.mappings.get(framework))
    if format_ == "json":
        print_json([describe.as_json(check) for check in checks])
    else:
        from tenantlint.cli.rules_view import show_table

        show_table(checks)
    return EXIT_CLEAN


@rules.command("explain")
@click.argument("name", metavar="ID")
@click.option("--format", "format_", type=click.Choice(["text", "markdown", "json"]), default="text")
@library_options
def explain(*, name: str, format_: str, config_file: str | None, policies: tuple[str, ...]) -> int:
    """Explain one check, by id or slug: what it looks at, why it matters, what to do."""
    from tenantlint.checks import describe
    from tenantlint.checks.catalog import find

    check = find(load_library(config_file, policies), name)
    if format_ == "json":
        print_json(describe.as_json(check))
    elif format_ == "markdown":
        click.echo(describe.page(check), nl=False)
    else:
        from tenantlint.cli.rules_view import show_check

        show_check(check)
    return EXIT_CLEAN


@rules.command("test")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("-q", "--quiet", is_flag=True, help="Only failures, uncovered lines and the totals.")
@click.option("--cover", is_flag=True, help="Uncovered lines give exit code 1 too.")
def test_(*, paths: tuple[Path, ...], quiet: bool, cover: bool) -> int:
    """Run the Rego tests in files or folders (default: the shipped checks), and report uncovered lines.

    Exit codes: 0 every test passed; 1 one failed; 2 a check or a test cannot be loaded.
    """
    from tenantlint.checks import selftest
    from tenantlint.engine.embedded import TestBench, syntax
    from tenantlint.facts import FACTS

    suite = selftest.suite(paths, known_facts=frozenset(FACTS))
    bench = TestBench(suite.modules)
    failed = 0
    for case in suite.cases:
        result = selftest.run(case, bench, syntax)
        if not result.passed:
            failed += 1
            click.echo(f"FAIL {case.place} {case.name}")
            for line in result.explanation:
                click.echo(f"     {line}")
        elif not quiet:
            click.echo(f"pass {case.place} {case.name}")
    uncovered = selftest.uncovered(suite, bench)
    for path, lines in uncovered.items():
        click.echo(f"uncovered {path}: {selftest.ranges(lines)}")
    missing = sum(len(lines) for lines in uncovered.values())
    click.echo(f"{len(suite.cases)} tests, {failed} failed; {missing} lines uncovered.")
    return EXIT_FINDINGS if failed or (cover and missing) else EXIT_CLEAN


@rules.command("lint")
@click.argument("folders", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text")
def lint(*, folders: tuple[Path, ...], format_: str) -> int:
    """Look at the style of the checks in FOLDERS (default: the shipped ones): titles, prose, messages, what is unused.

    Exit codes: 0 nothing found; 1 something found; 2 a check cannot be loaded.
    """
    from tenantlint import shipped
    from tenantlint.checks import style
    from tenantlint.checks.catalog import load
    from tenantlint.facts import FACTS

    root = shipped.policies()
    own = tuple(folder for folder in folders if folder.resolve() != root.resolve())
    library = load(own, known_facts=frozenset(FACTS))
    ours = not folders or len(own) < len(folders)
    wanted = [check for check in library.checks if check.custom or ours]
    places = {one.path: Path(one.path) if one.custom else root.parent / one.path for one in wanted}
    reads = {name: FACTS[name].reads for check in wanted for name in check.facts}
    found = style.lint(library, wanted, style.test_modules(library, places), reads)
    if format_ == "json":
        print_json([{"file": one.file, "line": one.line, "rule": one.rule, "problem": one.problem} for one in found])
        return EXIT_FINDINGS if found else EXIT_CLEAN
    for fault in found:
        click.echo(fault.sentence())
    click.echo(f"{len(wanted)} checks, {len(found)} faults of style.")
    return EXIT_FINDINGS if found else EXIT_CLEAN


@rules.command("new")
@click.argument("slug")
@click.option("--id", "identity", metavar="X001", help="The id (default: the next free one).")
@click.option("--service", default="custom", show_default=True, help="The folder, such as conditional_access.")
@click.option("--collection", metavar="NAME", help="What the check reads (default: what suits the service).")
@click.option("--policies", "folder", type=click.Path(path_type=Path), default=Path("checks"), show_default=True)
def new(*, slug: str, identity: str | None, service: str, collection: str | None, folder: Path) -> int:
    """Write a check named SLUG and its test, which passes, as a start for your own."""
    from tenantlint.checks.scaffold import scaffold

    written = scaffold(folder, slug, service=service, identity=identity, collection=collection)
    click.echo(f"{written.id}: wrote {written.check.as_posix()} and {written.test.as_posix()}.")
    click.echo(f"Test it:  tenantlint rules test {folder.as_posix()}")
    click.echo(f"Use it:   tenantlint check TARGET --policies {folder.as_posix()}")
    return EXIT_CLEAN


@rules.command("docs")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit code 1 when a page is not current.")
@click.option("--policies", multiple=True, metavar="DIR", help="A folder with checks of your own (repeatable).")
def docs(*, folder: Path, only_check: bool, policies: tuple[str, ...]) -> int:
    """Write a Markdown page for every check, and an index, into FOLDER; pages of checks that are gone are removed."""
    from tenantlint.checks.catalog import load
    from tenantlint.checks.pages import stale, write

    library = load(tuple(Path(one) for one in policies))
    if not only_check:
        write(library, folder)
        return EXIT_CLEAN
    changed = stale(library, folder)
    for name in changed:
        click.echo(f"{(folder / name).as_posix()} is not current.")
    if changed:
        click.echo(f"Run `tenantlint rules docs {folder.as_posix()}`.")
    return EXIT_FINDINGS if changed else EXIT_CLEAN


rules.add_command(matrix)

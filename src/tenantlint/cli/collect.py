"""`tenantlint collect`: a live tenant becomes a native snapshot, read-only."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tenantlint.cli import collect_options as options
from tenantlint.cli.options import talking
from tenantlint.cli.output import colors
from tenantlint.errors import EXIT_CLEAN, EXIT_INCOMPLETE, UsageError

if TYPE_CHECKING:
    from tenantlint.cli.collect_progress import LiveProgress, PlainProgress
    from tenantlint.collect.source import Source
    from tenantlint.jobs.collect import Order
    from tenantlint.snapshot.redaction import Choice, Key

    Progress = LiveProgress | PlainProgress


@click.command("collect")
@click.option("--out", metavar="DIR", help="The snapshot; an old one there is replaced whole, at the end.")
@options.signing_in
@options.choosing
@click.option("--pseudonymise", metavar="KEYFILE", help="Pseudonyms for people and groups; makes the key if need be.")
@options.pseudonymising
@click.option("--resume", is_flag=True, help="Go on where an interrupted run stopped.")
@click.option("--plan", "only_plan", is_flag=True, help="Only say what would be called and what it needs.")
@click.option("--check-permissions", is_flag=True, help="Only try each permission with one call.")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", help="Of these two.")
@options.reaching
@talking
def collect(
    *,
    out: str | None,
    pseudonymise: str | None,
    resume: bool,
    only_plan: bool,
    check_permissions: bool,
    format_: str,
    quiet: bool,
    verbose: bool,
    no_color: bool,
    **given: Any,
) -> int:
    """Read a tenant into the snapshot --out, read-only.

    Exit codes: 0 all that was asked for is there, or the tenant has no licence for it; 2 usage or sign-in; 3
    something was denied, failed or is not whole (the snapshot is written and says so); 130 or 143 interrupted: the
    old snapshot is as it was, and --resume goes on.
    """
    from tenantlint.collect.selection import chosen

    if only_plan and check_permissions:
        raise UsageError("--plan and --check-permissions exclude one another.")
    sources = chosen(
        options.areas(given["include"]),
        options.areas(given["exclude"]),
        sharepoint_admin=given["sharepoint_admin"],
        sign_ins=given["sign_ins"] is not None,
        changes=given["changes"] is not None,
        dns=not given["no_dns"],
    )
    if only_plan:
        return _plan(sources, format_)
    order = _order(sources, given)
    color = colors(no_color=no_color)
    if check_permissions:
        return _check_permissions(order, format_, quiet=quiet, verbose=verbose, color=color)
    if format_ != "text":
        raise UsageError("--format goes with --plan and --check-permissions; the snapshot itself is JSON.")
    if not out:
        raise UsageError("Where to? Give --out DIR.")
    pseudonyms = _pseudonyms(pseudonymise, Path(out), given, quiet=quiet)
    from tenantlint.cli.collect_run import Run

    progress = _progress(quiet=quiet, verbose=verbose, no_color=no_color)
    run = Run(order, Path(out), progress, quiet=quiet, verbose=verbose, color=color)
    return run.whole(pseudonyms, resume=resume)


def _plan(sources: tuple[Source, ...], format_: str) -> int:
    from tenantlint.collect import plan_view
    from tenantlint.collect.plan import plan

    found = plan(sources)
    if format_ == "json":
        from tenantlint.report.escaping import json_text

        click.echo(json_text(plan_view.as_json(found)), nl=False)
    else:
        click.echo("\n".join(plan_view.as_lines(found)))
    return EXIT_CLEAN


def _order(sources: tuple[Source, ...], given: Mapping[str, Any]) -> Order:
    from tenantlint.collect.budgets import Allowance
    from tenantlint.collect.dns import parse_server
    from tenantlint.collect.fetching import NameServers
    from tenantlint.jobs.collect import Order

    for server in given["dns_server"]:
        parse_server(server)  # a wrong one is refused before anything is asked
    hosts = options.hosts_of(given)
    return Order(
        sources=sources,
        auth=options.auth_of(given, hosts, lambda text: click.echo(text, err=True)),
        hosts=hosts,
        tenant=options.tenant_of(given),
        sign_in_days=given["sign_ins"] or 0,
        change_days=given["changes"] or 0,
        name_servers=NameServers(addresses=given["dns_server"]),
        allowance=Allowance(area=given["area_time_limit"], total=given["time_limit"]),
    )


def _pseudonyms(key_file: str | None, out: Path, given: Mapping[str, Any], *, quiet: bool) -> tuple[Key, Choice] | None:
    if key_file is None:
        if given["pseudonymise_ids"] or given["pseudonymise_ips"] or given["pseudonymise_names"] != "people":
            raise UsageError("--pseudonymise-names, -ids and -ips go with --pseudonymise KEYFILE.")
        return None
    from tenantlint.cli.pseudonymise import choice_of, key_of

    return key_of(Path(key_file), out, quiet=quiet), choice_of(given)


def _progress(*, quiet: bool, verbose: bool, no_color: bool) -> Progress:
    """A live table on a terminal, lines elsewhere. CI services have terminals that cannot be drawn on again."""
    import time

    from tenantlint.cli.collect_progress import LiveProgress, PlainProgress

    live = sys.stderr.isatty() and not quiet and "CI" not in os.environ and os.environ.get("TERM") != "dumb"
    if live:
        from rich.console import Console

        plain = no_color or "NO_COLOR" in os.environ
        return LiveProgress(time.monotonic, Console(stderr=True, no_color=plain), verbose=verbose)
    return PlainProgress(
        time.monotonic, lambda text: click.echo(text, err=True), verbose=verbose and not quiet, quiet=quiet
    )


def _check_permissions(order: Order, format_: str, *, quiet: bool, verbose: bool, color: bool) -> int:
    from tenantlint.cli.collect_progress import PlainProgress
    from tenantlint.cli.collect_view import probes
    from tenantlint.cli.interrupting import Interruption, run
    from tenantlint.collect.clock import SystemClock
    from tenantlint.collect.probe import Probe, Verdict, probe
    from tenantlint.jobs.collect import scope_of, signed_in

    clock = SystemClock()
    observer = PlainProgress(
        clock.monotonic, lambda text: click.echo(text, err=True), verbose=verbose and not quiet, quiet=True
    )

    async def tried() -> tuple[Probe, ...]:
        async with signed_in(order, clock, observer) as signed:
            for remark in signed.remarks if not quiet else ():
                click.echo(remark, err=True)
            return await probe(
                order.sources,
                tenant=signed.tenant,
                granted=signed.granted,
                scope=scope_of(order, clock),
                sender=signed.transport,
            )

    found = run(tried())
    if isinstance(found, Interruption):
        click.echo("Interrupted.", err=True)
        return found.exit_code
    if format_ == "json":
        from tenantlint.report.escaping import json_text

        click.echo(json_text([one.as_json() for one in found]), nl=False)
    else:
        text = probes(found)
        click.echo(text if color else click.unstyle(text), color=color)
    return EXIT_INCOMPLETE if any(one.verdict is Verdict.MISSING for one in found) else EXIT_CLEAN

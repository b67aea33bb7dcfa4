"""`tenantlint whatif`: what happens to a sign-in, offline."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import click

from tenantlint.cli.options import talking
from tenantlint.cli.output import colors
from tenantlint.errors import EXIT_CLEAN, UsageError

_FORMATS = ("text", "json", "jsonl")


@click.command("whatif")
@click.argument("target", type=click.Path())
@click.option("--request", metavar="FILE", help="The body of Graph's What-If call; - reads stdin.")
@click.option("--requests", metavar="FILE.jsonl", help="One body a line; - reads stdin. Answers come one a line.")
@click.option("--user", metavar="UPN|ID", help="Who signs in: user principal name, name or id.")
@click.option("--group", "groups", multiple=True, metavar="NAME|ID", help="They are in just these groups.")
@click.option("--role", "roles", multiple=True, metavar="NAME|ID", help="They hold just these roles.")
@click.option("--guest", metavar="TYPE", help="They are external, such as b2bCollaborationGuest (none: they are not).")
@click.option("--home-tenant", metavar="ID", help="The tenant that a guest comes from.")
@click.option("--application", "applications", multiple=True, metavar="NAME|ID", help="What is signed in to.")
@click.option("--action", metavar="ACTION", help="registerSecurityInformation or registerOrJoinDevices.")
@click.option("--context", metavar="C1", help="An authentication context.")
@click.option("--client", metavar="TYPE", help="browser, mobileAppsAndDesktopClients, exchangeActiveSync or other.")
@click.option("--platform", metavar="NAME", help="android, iOS, windows, windowsPhone, macOS, linux or unknown.")
@click.option("--device", metavar="STATE", help="unregistered, registered, compliant, hybridJoined, ...")
@click.option("--device-attribute", "device_attributes", multiple=True, metavar="NAME=VALUE", help="As filters read.")
@click.option("--ip", metavar="ADDRESS", help="The IP address.")
@click.option("--country", metavar="DE", help="The country of the address; unknown for none.")
@click.option("--location", "locations", multiple=True, metavar="NAME|ID", help="In just these; `outside`: in none.")
@click.option("--sign-in-risk", metavar="LEVEL", help="none (default), low, medium or high.")
@click.option("--user-risk", metavar="LEVEL", help="none (default), low, medium or high.")
@click.option("--insider-risk", metavar="LEVEL", help="none (default), minor, moderate or elevated.")
@click.option("--flow", metavar="METHOD", help="none (default), deviceCodeFlow or authenticationTransfer.")
@click.option("--activated", is_flag=True, help="As if every eligible role were activated.")
@click.option("--explain", "explained", is_flag=True, help="Which policies decided, and what would alter the outcome.")
@click.option("--format", "format_", type=click.Choice(_FORMATS), help="text (default), json, jsonl (with --requests).")
@talking
def whatif(
    *,
    target: str,
    request: str | None,
    requests: str | None,
    activated: bool,
    explained: bool,
    format_: str | None,
    quiet: bool,
    verbose: bool,
    no_color: bool,
    **options: Any,
) -> int:
    """Say what happens to a sign-in to TARGET: blocked, granted, or what it requires; which policies apply, and why
    the others do not.

    Name the sign-in by options, or give the body of Graph's What-If call, or a file of them. What is not given is
    not met where a policy asks for it, as in Graph, and the answer says what it depends on.
    """
    from tenantlint.jobs.whatif import open_evaluator
    from tenantlint.sources import open_target

    named = [f"--{name.rstrip('s').replace('_', '-')}" for name, value in options.items() if value not in (None, ())]
    ways = [*(way for way, used in (("--request", request), ("--requests", requests)) if used is not None), *named[:1]]
    if len(ways) > 1:
        raise UsageError(f"{' and '.join(ways)} exclude one another; a request has all of the sign-in.")
    if format_ == "json" and requests is not None:
        raise UsageError("--requests gives many answers: use --format jsonl or text.")
    reading = open_target(Path(target))
    evaluator = open_evaluator(reading, activated=activated)
    if not quiet:
        for problem in (*reading.problems, *evaluator.tenant.refused):
            click.echo(problem.sentence(), err=True)
    color = colors(no_color=no_color)
    if requests is not None:
        return _stream(evaluator, requests, format_ or "jsonl", explained=explained, color=color)
    if request is not None:
        from tenantlint.jobs.whatif import read_request

        sign_in = read_request(_read(request), _shown(request))
    else:
        from tenantlint.jobs.whatif_names import Asked, sign_in_of

        sign_in = sign_in_of(Asked(**options), evaluator.tenant)
    _one(evaluator, sign_in, format_ or "text", explained=explained, verbose=verbose, color=color)
    return EXIT_CLEAN


def _one(evaluator: Any, sign_in: Any, format_: str, *, explained: bool, verbose: bool, color: bool) -> None:
    from tenantlint.jobs.whatif import answers, document

    if format_ == "text":
        from tenantlint.cli.whatif_view import View

        text = View(evaluator, color=color, verbose=verbose).text(sign_in, explained=explained)
        click.echo(text, color=color)
    elif format_ == "json":
        from tenantlint.report.escaping import json_text

        click.echo(json_text(document(evaluator, sign_in, explained=explained)), nl=False)
    else:
        click.echo(next(answers(evaluator, [sign_in], explained=explained)))


def _stream(evaluator: Any, requests: str, format_: str, *, explained: bool, color: bool) -> int:
    """Answer line by line. At a line that is no request it stops; what was answered before is written whole."""
    from tenantlint.jobs.whatif import answers, sign_ins

    write = sys.stdout.write
    live = requests == "-"
    with nullcontext(sys.stdin.buffer) if live else _opened(requests) as lines:
        asked = sign_ins(lines, _shown(requests))
        if format_ == "text":
            from tenantlint.cli.whatif_view import View

            found: Iterable[str] = map(View(evaluator, color=color).brief, asked)
        else:
            found = answers(evaluator, asked, explained=explained)
        try:
            for line in found:
                write(f"{line}\n")
                if live:
                    # Whoever writes requests one after the other waits for each answer.
                    sys.stdout.flush()
        finally:
            sys.stdout.flush()
    return EXIT_CLEAN


def _opened(name: str) -> Any:
    try:
        return Path(name).open("rb")
    except OSError as error:
        raise UsageError(f"{name}: cannot be read: {error.strerror or error}.") from None


def _read(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read()
    with _opened(name) as file:
        read: bytes = file.read()
        return read


def _shown(name: str) -> str:
    return "stdin" if name == "-" else Path(name).as_posix()

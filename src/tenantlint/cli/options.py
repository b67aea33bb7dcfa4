"""Options that several commands share, and what they come to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from tenantlint import config as configuration
from tenantlint.config import Config
from tenantlint.errors import UsageError

_Command = TypeVar("_Command", bound=Callable[..., Any])


class Timestamp(click.ParamType[datetime]):
    """An RFC 3339 moment, or a date, which means midnight UTC; without an offset it is taken as UTC."""

    name = "timestamp"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"`{value}` is not a moment; write 2026-12-31 or 2026-12-31T08:00:00Z.", param, ctx)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


profile_option = click.option(
    "--profile", metavar="NAME", help="The set of checks: baseline (default), strict, scuba, eidsca, or one of yours."
)


def linting(command: _Command) -> _Command:
    """The options of every command that judges a target."""
    for option in reversed(
        (
            profile_option,
            click.option("--select", multiple=True, metavar="ID|PREFIX|TAG", help="Only these checks (repeatable)."),
            click.option("--ignore", multiple=True, metavar="ID|PREFIX|TAG", help="Not these checks (repeatable)."),
            click.option("--policies", multiple=True, metavar="DIR", help="A folder with checks of your own."),
            click.option("--exceptions", metavar="FILE", help="The exception register."),
            click.option(
                "--config",
                "config_file",
                metavar="FILE",
                help="Else tenantlint.yaml here or above.",
            ),
            click.option("--engine", type=click.Choice(["embedded", "opa"]), help="The Rego engine."),
            click.option("--opa-url", metavar="URL", help="An OPA server that already runs (implies --engine opa)."),
            click.option("--now", type=Timestamp(), help="The moment to judge at (default: the clock)."),
            click.option("--strict", is_flag=True, help="Unreadable files: exit 2; not judged: exit 3."),
        )
    ):
        command = option(command)
    return command


def talking(command: _Command) -> _Command:
    """--quiet, --verbose and --no-color."""
    for option in reversed(
        (
            click.option("-q", "--quiet", is_flag=True, help="Only the report; no remarks on stderr."),
            click.option("-v", "--verbose", is_flag=True, help="Everything at full length; tracebacks."),
            click.option("--no-color", is_flag=True, help="No colours (as NO_COLOR does)."),
        )
    ):
        command = option(command)
    return command


def effective_config(config_file: str | None, given: dict[str, Any], target: Path | None = None) -> Config:
    """The configuration with the command line laid over it.

    Without --config it is the nearest tenantlint.yaml in this folder or above, else the nearest beside the target
    or above that. Raises InputError for a configuration that cannot be read, UsageError for a missing path.
    """
    if config_file:
        path: Path | None = Path(config_file)
    else:
        path = configuration.find(Path.cwd())
        if path is None and target is not None:
            path = configuration.find(target.absolute().parent)
        path = _shortest(path) if path else None
    base = configuration.read(path) if path else Config()
    return over(base, given)


def _shortest(path: Path) -> Path:
    """The path as a person here would write it."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def over(base: Config, given: dict[str, Any]) -> Config:
    """The command line wins over the configuration; lists replace lists."""
    changes: dict[str, Any] = {}
    for name in ("fail_on", "engine", "profile"):
        if given.get(name):
            changes[name] = given[name]
    if given.get("opa_url"):
        changes["engine"] = "opa"
    if given.get("strict"):
        changes["strict"] = True
    for name in ("select", "ignore"):
        if given.get(name):
            changes[name] = tuple(part for one in given[name] for part in one.split(",") if part)
    if given.get("policies"):
        changes["policies"] = tuple(Path(one) for one in given["policies"])
    if given.get("exceptions"):
        changes["exceptions"] = Path(given["exceptions"])
    changed: Config = replace(base, **changes)
    for folder in changed.policies:
        if not folder.is_dir():
            raise UsageError(f"{folder.as_posix()}: there is no such folder of checks.")
    return changed


def moment(now: datetime | None) -> datetime:
    """`--now`, or the clock."""
    return now or datetime.now(UTC)

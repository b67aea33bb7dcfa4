"""What the commands of `tenantlint rules` share: the library that they look at, and how they print."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from tenantlint.checks.library import Library
    from tenantlint.config import Config

_Command = TypeVar("_Command", bound=Callable[..., Any])


def library_options(command: _Command) -> _Command:
    """--config and --policies."""
    for option in (
        click.option(
            "--config", "config_file", metavar="FILE", help="The configuration (else tenantlint.yaml here or above)."
        ),
        click.option("--policies", multiple=True, metavar="DIR", help="A folder with checks of your own (repeatable)."),
    ):
        command = option(command)
    return command


def load_config(config_file: str | None, policies: tuple[str, ...]) -> Config:
    """The configuration, with the folders of checks that the options name."""
    from tenantlint.cli.options import effective_config

    return effective_config(config_file, {"policies": policies}, Path.cwd())


def library_of(config: Config) -> Library:
    """The shipped checks and those of the configuration's folders."""
    from tenantlint.checks.catalog import load
    from tenantlint.facts import FACTS

    return load(config.policies, known_facts=frozenset(FACTS))


def load_library(config_file: str | None, policies: tuple[str, ...]) -> Library:
    """The shipped checks and those of the folders that the options or the configuration name."""
    return library_of(load_config(config_file, policies))


def known_framework(name: str) -> None:
    """Refuse a framework that mappings do not know, with near matches."""
    from tenantlint.checks.describe import FRAMEWORKS
    from tenantlint.checks.selection import unknown

    if name not in FRAMEWORKS:
        raise unknown(f"there is no framework `{name}`", name, FRAMEWORKS, listing="tenantlint schema check")


def print_json(value: Any) -> None:
    """A value as JSON on stdout."""
    click.echo(json.dumps(value, indent=2, ensure_ascii=False))

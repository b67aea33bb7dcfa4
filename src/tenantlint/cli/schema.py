"""`tenantlint schema`: print a JSON Schema."""

from __future__ import annotations

import json
from difflib import get_close_matches

import click

from tenantlint import shipped
from tenantlint.errors import UsageError

_NAMED = ("check", "config", "coverage", "exceptions", "report", "scenarios", "snapshot", "whatif-request")


@click.command("schema")
@click.argument("name", required=False)
def schema(*, name: str | None) -> int:
    """Print the JSON Schema NAME: check, config, coverage, exceptions, report, scenarios, snapshot, whatif-request,
    or one collection of a snapshot (for example conditional_access_policies). Without NAME: list them.
    """
    from tenantlint.snapshot import collection_names, collection_schema

    if name is None:
        click.echo("\n".join((*_NAMED, *collection_names())))
        return 0
    if name in _NAMED:
        click.echo((shipped.policies() / "schemas" / f"{name}.json").read_text(encoding="utf-8"), nl=False)
        return 0
    if name in collection_names():
        click.echo(json.dumps(collection_schema(name), indent=2, ensure_ascii=False))
        return 0
    near = get_close_matches(name, (*_NAMED, *collection_names()), n=3)
    hint = f"did you mean {' or '.join(near)}?" if near else "`tenantlint schema` lists them."
    raise UsageError(f"There is no schema `{name}`; {hint}")

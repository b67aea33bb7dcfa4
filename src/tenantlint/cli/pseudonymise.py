"""`tenantlint pseudonymise`: an existing snapshot without the people in it, to be passed on."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tenantlint.cli import collect_options as options
from tenantlint.cli.options import talking
from tenantlint.cli.output import writable, write_whole
from tenantlint.errors import EXIT_CLEAN, UsageError

if TYPE_CHECKING:
    from tenantlint.snapshot.redaction import Choice, Key


@click.command("pseudonymise")
@click.argument("snapshot", type=click.Path())
@click.option("--out", required=True, metavar="DIR", help="Where the new snapshot goes.")
@click.option("--key", "key_file", required=True, metavar="KEYFILE", help="The key; it is made if need be.")
@click.option("--text", "texts", multiple=True, metavar="FILE=OUT", help="Also a register or another text about it.")
@options.pseudonymising
@talking
def pseudonymise(
    *,
    snapshot: str,
    out: str,
    key_file: str,
    texts: tuple[str, ...],
    quiet: bool,
    verbose: bool,  # noqa: ARG001
    no_color: bool,  # noqa: ARG001
    **given: Any,
) -> int:
    """Write the native SNAPSHOT to --out with pseudonyms in the place of people, groups, addresses and domains.

    The same key gives the same pseudonyms, so that two snapshots can still be compared. SNAPSHOT is not changed.
    """
    from tenantlint import __version__
    from tenantlint.snapshot import pseudonymising

    files = [_file(one) for one in texts]
    key = key_of(Path(key_file), Path(out), quiet=quiet)
    redactor = pseudonymising.pseudonymise(Path(snapshot), Path(out), key, choice_of(given), tool_version=__version__)
    for text, target in files:
        write_whole(target, redactor.text(text))
    if not quiet:
        click.echo(f"Wrote {out} with pseudonyms under the key {key.fingerprint}.", err=True)
    return EXIT_CLEAN


def key_of(file: Path, out: Path, *, quiet: bool) -> Key:
    """The key in a file, with a word about one that was made or that others can read. Raises UsageError, InputError."""
    from tenantlint.snapshot.redaction import check_place, open_key

    check_place(file, out)
    key = open_key(file)
    if key.created and not quiet:
        click.echo(
            f"Made a new key in {file.as_posix()}. Keep it: only with it will the next snapshot have the same "
            "pseudonyms. Keep it to yourself: with it, names can be tried out.",
            err=True,
        )
    if key.readable_by_others:
        click.echo(f"{file.as_posix()} can be read by others: run `chmod 600 {file.as_posix()}`.", err=True)
    return key


def choice_of(given: Mapping[str, Any]) -> Choice:
    """What the options say is replaced beside names and addresses."""
    from tenantlint.snapshot.redaction import Choice, Names

    return Choice(Names(given["pseudonymise_names"]), ids=given["pseudonymise_ids"], ips=given["pseudonymise_ips"])


def _file(one: str) -> tuple[str, Path]:
    source, sign, target = one.partition("=")
    if not sign or not source or not target:
        raise UsageError(f"--text {one}: write it as FILE=OUT.")
    try:
        text = Path(source).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no UTF-8 text"
        raise UsageError(f"{source}: cannot be read: {reason}.") from None
    return text, writable(f"{source}={target}", target)

"""Read and validate an exception register (`exceptions.yaml`, contract)."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from tenantlint import shipped, yaml_document
from tenantlint.errors import InputError
from tenantlint.model import Exemption

FORMAT = "tenantlint.exceptions/1"


def schema() -> dict[str, Any]:
    """The JSON Schema of a register."""
    loaded: dict[str, Any] = json.loads((shipped.policies() / "schemas" / "exceptions.json").read_text("utf-8"))
    return loaded


def read_register(path: Path) -> tuple[Exemption, ...]:
    """The entries of a register, in its order.

    Raises InputError with file, line and one sentence: unreadable, unknown key, bad date, two entries with one id.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        problem = error.strerror if isinstance(error, OSError) and error.strerror else "it is not UTF-8 text"
        raise InputError(f"the exception register cannot be read: {problem}", file=path.as_posix()) from None
    return parse_register(text, file=path.as_posix())


def parse_register(text: str, *, file: str) -> tuple[Exemption, ...]:
    """`read_register` for text that is at hand."""
    document = yaml_document.parse(text, file=file)
    if document.data is None:
        raise InputError(
            "the register is empty", file=file, line=1, mend=f"write `format: {FORMAT}` and `exceptions: []`"
        )
    document.validate(schema())
    seen: dict[str, int] = {}
    entries = []
    for index, entry in enumerate(document.data["exceptions"]):
        place: tuple[str | int, ...] = ("exceptions", index)
        if entry["id"] in seen:
            first = document.place(("exceptions", seen[entry["id"]]))[0]
            raise document.error((*place, "id"), f"the id {entry['id']} stands twice (also on line {first})")
        seen[entry["id"]] = index
        created, expires = _date(document, place, entry, "created"), _date(document, place, entry, "expires")
        if created and expires and expires < created:
            raise document.error((*place, "expires"), f"{entry['id']} expires before it was created")
        if entry["kind"] != "break_glass" and not entry.get("checks"):
            raise document.error(place, f"{entry['id']} names no checks", "list the check ids that it bears on")
        entries.append(_exemption(entry, created, expires, file))
    return tuple(entries)


def _exemption(entry: dict[str, Any], created: date | None, expires: date | None, file: str) -> Exemption:
    return Exemption(
        id=entry["id"],
        kind=entry["kind"],
        checks=tuple(entry.get("checks", ())),
        principals=tuple(entry.get("principals", ())),
        resources=tuple((one["kind"], one["id"]) for one in entry.get("resources", ())),
        reason=entry["reason"],
        owner=entry.get("owner", ""),
        approved_by=entry.get("approved_by", ""),
        ticket=str(entry.get("ticket", "")),
        created=created,
        expires=expires,
        max_members=entry.get("max_members"),
        approved_members_sha256=entry.get("approved_members_sha256", ""),
        compensating_controls=tuple(entry.get("compensating_controls", ())),
        source=file,
    )


def _date(
    document: yaml_document.YamlDocument, place: tuple[str | int, ...], entry: dict[str, Any], key: str
) -> date | None:
    if entry.get(key) is None:
        return None
    try:
        return date.fromisoformat(entry[key])
    except ValueError:
        raise document.error((*place, key), f"`{entry[key]}` is not a date", "write it as 2026-12-31") from None

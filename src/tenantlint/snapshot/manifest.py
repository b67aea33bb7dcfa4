"""The manifest of a snapshot, `snapshot.json`: read with care, written canonically.

Checked by hand and not by its JSON Schema (policies/schemas/snapshot.json), since every run reads one and
jsonschema alone takes longer to import than the rest of the work. A test holds the two together.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from tenantlint.errors import InputError
from tenantlint.model import CollectionStatus, JsonObject, Notice, Position, Tenant
from tenantlint.snapshot import canonical, json_faults, json_text, names, positions

FORMAT = "tenantlint.snapshot/1"
LICENCES = frozenset(
    {
        "audit_premium",
        "defender_cloud_apps",
        "defender_office_p1",
        "defender_office_p2",
        "entra_p1",
        "entra_p2",
        "exchange_online",
        "intune",
        "sharepoint",
        "teams",
    }
)
_KEYS = ("format", "tenant", "collected_at", "tool_version", "licences", "collections", "redaction")
_ENTRY_KEYS = ("status", "count", "sha256", "source", "api_version", "detail", "left_out")
_TENANT_KEYS = ("id", "display_name", "initial_domain", "cloud")
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Entry:
    """What the manifest says of one collection. `sha256`: the collector's seal, "" when there is none."""

    status: CollectionStatus = CollectionStatus.OK
    count: int | None = None
    sha256: str = ""
    source: str = ""
    api_version: str = ""
    detail: str = ""
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Manifest:
    """`licences`: None when they are not known. `redaction`: what was taken out, None when nothing was."""

    tenant: Tenant
    collected_at: datetime | None = None
    tool_version: str = ""
    licences: frozenset[str] | None = None
    collections: Mapping[str, Entry] = field(default_factory=dict)
    redaction: JsonObject | None = None


def read(data: bytes, file: str) -> tuple[Manifest, tuple[Notice, ...]]:
    """The manifest, and notices about keys and licences that tenantlint does not know.

    Raises InputError for anything that is not as the format says, with the place of the value.
    """
    found = json_text.parse(json_text.decode(data, file), file)
    source = _Source(positions.SourceText(data), file)
    head = source.mapping(found, "")
    _check_format(source, head)
    source.note_unknown(head, _KEYS, "")
    tenant = source.mapping(head.get("tenant"), "/tenant", missing="the tenant is missing")
    source.note_unknown(tenant, _TENANT_KEYS, "/tenant")
    listed = {} if head.get("collections") is None else source.mapping(head["collections"], "/collections")
    redaction = head.get("redaction")
    manifest = Manifest(
        tenant=Tenant(**{key: source.text(tenant.get(key), f"/tenant/{key}") for key in _TENANT_KEYS}),
        collected_at=source.moment(head.get("collected_at"), "/collected_at"),
        tool_version=source.text(head.get("tool_version"), "/tool_version"),
        licences=_licences(source, head.get("licences")),
        collections={name: _entry(source, name, listed[name]) for name in listed},
        redaction=None if redaction is None else source.mapping(redaction, "/redaction"),
    )
    return manifest, tuple(source.notices)


def write(manifest: Manifest) -> bytes:
    """The canonical bytes of the manifest. Optional fields that say nothing are left out of the entries."""
    tenant = manifest.tenant
    return canonical.pretty(
        {
            "format": FORMAT,
            "tenant": {key: getattr(tenant, key) for key in _TENANT_KEYS},
            "collected_at": None if manifest.collected_at is None else _written(manifest.collected_at),
            "tool_version": manifest.tool_version,
            "licences": None if manifest.licences is None else sorted(manifest.licences),
            "collections": {name: _written_entry(entry) for name, entry in manifest.collections.items()},
            "redaction": manifest.redaction,
        }
    )


def listed(path: Path) -> frozenset[str]:
    """The names of the collections in a manifest on disk; none when it is not readable."""
    try:
        return frozenset(read(path.read_bytes(), str(path))[0].collections)
    except (InputError, OSError):
        return frozenset()


class _Source:
    """Reads typed values, and points at those that are of the wrong type."""

    def __init__(self, text: positions.SourceText, file: str) -> None:
        self._text = text
        self._file = file
        self.notices: list[Notice] = []

    def error(self, pointer: str, problem: str, mend: str) -> InputError:
        line, column = positions.locate(self._text, pointer)
        return InputError(problem, file=self._file, line=line, column=column, mend=mend)

    def mapping(self, value: Any, pointer: str, *, missing: str = "") -> dict[str, Any]:
        if not isinstance(value, dict):
            name = pointer[1:] or "the manifest"
            problem = missing if missing and value is None else f"{name} must be an object, not {_kind(value)}"
            raise self.error(pointer, problem, "`tenantlint schema snapshot` shows the form")
        return value

    def text(self, value: Any, pointer: str) -> str:
        if value is None:
            return ""
        if not isinstance(value, str):
            raise self.error(pointer, f"{pointer[1:]} must be text, not {_kind(value)}", "put it in quotes")
        return value

    def moment(self, value: Any, pointer: str) -> datetime | None:
        text = self.text(value, pointer)
        if not text:
            return None
        try:
            found = datetime.fromisoformat(text)
        except ValueError:
            found = None
        if found is None or found.tzinfo is None:
            raise self.error(
                pointer,
                f"{pointer[1:]} is not a moment with a time zone",
                "write it as 2026-12-31T08:00:00Z",
            )
        return found.astimezone(UTC)

    def note(self, kind: str, pointer: str, message: str) -> None:
        line, column = positions.locate(self._text, pointer)
        self.notices.append(
            Notice(kind=kind, message=message, position=Position(file=self._file, line=line, column=column))
        )

    def note_unknown(self, found: Mapping[str, Any], known: tuple[str, ...], pointer: str) -> None:
        for key in found:
            if key not in known:
                near = get_close_matches(key, known, n=1)
                hint = f"; did you mean `{near[0]}`?" if near and near[0] not in found else ""
                at = f"{pointer}/{key.replace('~', '~0').replace('/', '~1')}"
                self.note(
                    "unknown_key", at, f"The key `{key[:60]}` of the manifest is not known and has no effect{hint}"
                )


def _check_format(source: _Source, head: Mapping[str, Any]) -> None:
    named = head.get("format")
    if named == FORMAT:
        return
    if named is None:
        raise source.error("", "the manifest names no format", f'add `"format": "{FORMAT}"`')
    shown = str(named)[:60]
    if isinstance(named, str) and named.startswith("tenantlint.snapshot/"):
        raise source.error(
            "/format", f"the snapshot has format `{shown}`, this tenantlint reads `{FORMAT}`", "update tenantlint"
        )
    raise source.error("/format", f"`{shown}` is not the format of a snapshot", f"write `{FORMAT}`")


def _licences(source: _Source, value: Any) -> frozenset[str] | None:
    if value is None:
        return None
    if not isinstance(value, list):
        raise source.error(
            "/licences", f"licences must be a list, not {_kind(value)}", "leave it out when they are not known"
        )
    held: set[str] = set()
    for index, name in enumerate(value):
        held.add(source.text(name, f"/licences/{index}"))
        if name not in LICENCES:
            near = get_close_matches(str(name), sorted(LICENCES), n=1)
            hint = f"; did you mean `{near[0]}`?" if near else ""
            source.note("unknown_licence", f"/licences/{index}", f"No check knows the licence `{str(name)[:60]}`{hint}")
    return frozenset(held)


def _entry(source: _Source, name: str, value: Any) -> Entry:
    pointer = f"/collections/{name.replace('~', '~0').replace('/', '~1')}"
    if not names.is_collection_name(name):
        raise source.error(
            pointer, f"`{json_faults.shown(name)}` cannot be the name of a collection", "use a-z, 0-9 and _"
        )
    entry = source.mapping(value, pointer)
    source.note_unknown(entry, _ENTRY_KEYS, pointer)
    word = entry.get("status")
    if word not in list(CollectionStatus):
        known = ", ".join(CollectionStatus)
        problem = f"{name} has no status" if word is None else f"`{str(word)[:60]}` is not a status"
        raise source.error(f"{pointer}/status", problem, f"write one of {known}")
    numbers = {key: entry.get(key) for key in ("count", "left_out")}
    for key, number in numbers.items():
        if number is not None and (not isinstance(number, int) or isinstance(number, bool) or number < 0):
            problem = f"the {key} of {name} must be a whole number, not {_kind(number)}"
            raise source.error(f"{pointer}/{key}", problem, "leave it out")
    seal = source.text(entry.get("sha256"), f"{pointer}/sha256").lower()
    if seal and not _SHA256.fullmatch(seal):
        raise source.error(f"{pointer}/sha256", f"the sha256 of {name} is not 64 hexadecimal digits", "leave it out")
    return Entry(
        status=CollectionStatus(word),
        count=numbers["count"],
        left_out=numbers["left_out"] or 0,
        sha256=seal,
        **{key: source.text(entry.get(key), f"{pointer}/{key}") for key in ("source", "api_version", "detail")},
    )


def _written_entry(entry: Entry) -> dict[str, Any]:
    optional = {
        key: getattr(entry, key)
        for key in ("sha256", "source", "api_version", "detail", "left_out")
        if getattr(entry, key)
    }
    counted = {} if entry.count is None else {"count": entry.count}
    return {"status": entry.status.value, **counted, **optional}


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _kind(value: Any) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true or false"
        case int() | float():
            return f"the number {value}"
        case str():
            return "text"
        case list():
            return "a list"
        case _:
            return "an object"

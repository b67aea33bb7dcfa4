"""The last look at what is about to be written: no secrets, and, where asked, pseudonyms in the place of people.

Each collection is gone through twice, and no more than one object of a large one is held at a time: a first look
tells what there is (names that texts elsewhere hold, how many secrets), the second rewrites.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from tenantlint.model import JsonObject
from tenantlint.snapshot import canonical, secrets_scan
from tenantlint.snapshot.catalog import CollectionSpec, Storage, identity_of, spec_of
from tenantlint.snapshot.manifest import Manifest
from tenantlint.snapshot.redaction import Redactor
from tenantlint.snapshot.writing import Line, Part


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What `writing.write_parts` may write. `secrets`: by collection, how many strings of which kind were held back."""

    head: Manifest
    parts: tuple[Part, ...]
    secrets: Mapping[str, Mapping[str, int]]


def prepare(head: Manifest, parts: Iterable[Part], redactor: Redactor | None = None) -> Outgoing:
    """The parts without secrets, and with pseudonyms where there is a redactor, which must be new.

    The parts are asked for their objects twice, and must give the same. What was held back is told in the detail of
    its collection. Raises what the parts raise.
    """
    given = sorted(parts, key=lambda part: part.name)
    secrets = {part.name: _first_look(part, redactor) for part in given}
    prepared = tuple(_prepared(part, secrets[part.name], redactor) for part in given)
    if redactor is not None:
        head = replace(head, tenant=redactor.tenant(), redaction=redactor.document())
    return Outgoing(head, prepared, {name: kinds for name, kinds in secrets.items() if kinds})


def _first_look(part: Part, redactor: Redactor | None) -> Mapping[str, int]:
    kinds: Counter[str] = Counter()
    for item, suspicious in _looked_at(part, every=redactor is not None):
        cleaned, found = secrets_scan.without_secrets(item) if suspicious else (item, ())
        kinds.update(one.kind for one in found)
        if redactor is not None:
            redactor.learn(part.name, cleaned)
    return kinds


def _looked_at(part: Part, *, every: bool) -> Iterator[tuple[JsonObject, bool]]:
    """The objects, each with whether it may hold a secret; unless `every`, only those that may."""
    if spec_of(part.name).storage is not Storage.LINES:
        yield from ((item, True) for item in part.objects())
        return
    for _, line in part.lines():
        suspicious = secrets_scan.suspicious(line)
        if every or suspicious:
            yield json.loads(line), suspicious


def _prepared(part: Part, secrets: Mapping[str, int], redactor: Redactor | None) -> Part:
    detail = part.entry.detail
    if redactor is not None:
        detail = redactor.text(detail)
    elif not secrets:
        return part
    if secrets:
        detail = "; ".join(one for one in (detail, secrets_scan.sentence(secrets)) if one)
    return Part(
        part.name,
        replace(part.entry, detail=detail),
        lines=partial(_lines, part, redactor),
        objects=partial(_objects, part, redactor),
    )


def _objects(part: Part, redactor: Redactor | None) -> Sequence[JsonObject]:
    return [_rewritten(part.name, item, redactor, suspicious=True) for item in part.objects()]


def _rewritten(collection: str, item: JsonObject, redactor: Redactor | None, *, suspicious: bool) -> JsonObject:
    cleaned = secrets_scan.without_secrets(item)[0] if suspicious else item
    return cleaned if redactor is None else redactor.rewritten(collection, cleaned)


def _lines(part: Part, redactor: Redactor | None) -> Iterator[Line]:
    """Rewritten lines in the order of their new identities."""
    return _sorted(_rewritten_lines(spec_of(part.name), part, redactor))


def _rewritten_lines(spec: CollectionSpec, part: Part, redactor: Redactor | None) -> Iterator[Line]:
    for identity, line in part.lines():
        suspicious = secrets_scan.suspicious(line)
        if redactor is None and not suspicious:
            yield identity, line
            continue
        item = _rewritten(part.name, json.loads(line), redactor, suspicious=suspicious)
        yield identity_of(spec, item), canonical.line(item)


def _sorted(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines by identity: they go to a temporary file that has no name, and only their places are held."""
    places: list[tuple[str, int, int]] = []
    with tempfile.TemporaryFile() as file:
        at = 0
        for identity, line in lines:
            places.append((identity, at, len(line)))
            file.write(line)
            at += len(line)
        places.sort()
        for identity, start, length in places:
            file.seek(start)
            yield identity, file.read(length)

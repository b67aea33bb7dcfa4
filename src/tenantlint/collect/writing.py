"""From the spool to the snapshot: streamed, private, put in place in one step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from tenantlint.collect.run import CollectReport
from tenantlint.collect.spool import Spool
from tenantlint.model import CollectionStatus, JsonObject
from tenantlint.snapshot import manifest, outgoing
from tenantlint.snapshot.redaction import Redactor
from tenantlint.snapshot.writing import Part, write_parts


def write_collected(
    report: CollectReport,
    spool: Spool,
    out: Path,
    *,
    tool_version: str,
    left_out: Mapping[str, str] | None = None,
    redactor: Redactor | None = None,
) -> Mapping[str, Mapping[str, int]]:
    """Write the snapshot of a run in the place of the one that may be there, readable to its owner alone.

    `left_out`: why other collections are `not_collected`. `redactor`: puts pseudonyms in the place of people; a new
    one. Gives, by collection, how many strings of which kind were not written because they look like secrets. The
    spool stays: discard it when this returns. Raises InputError as `snapshot.writing` does; what was there is then
    as it was.
    """
    head = manifest.Manifest(
        tenant=report.tenant, collected_at=report.started, tool_version=tool_version, licences=report.licences
    )
    parts = [
        Part(
            name,
            manifest.Entry(
                status=ended.status,
                source=ended.source.shown,
                api_version=ended.source.api_version,
                detail=ended.detail,
                left_out=ended.left_out,
            ),
            lines=partial(spool.lines, name),
            objects=partial(_objects, spool, name),
        )
        for name, ended in report.collections.items()
    ]
    for name, why in (left_out or {}).items():
        entry = manifest.Entry(status=CollectionStatus.NOT_COLLECTED, detail=why)
        parts.append(Part(name, entry, lines=tuple, objects=tuple))
    last = outgoing.prepare(head, parts, redactor)
    write_parts(last.head, last.parts, out, private=True)
    return last.secrets


def _objects(spool: Spool, name: str) -> Sequence[JsonObject]:
    return list(spool.objects(name))

"""From the spool to the snapshot: streamed, private, put in place in one step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Protocol

from tenantlint.collect.run import CollectReport
from tenantlint.collect.spool import Spool
from tenantlint.model import CollectionStatus, JsonObject, Tenant
from tenantlint.snapshot import manifest
from tenantlint.snapshot.writing import Part, write_parts


class Rewriter(Protocol):
    """What changes a snapshot before it is written, object by object. It sees every object before it changes one."""

    def learn(self, collection: str, item: JsonObject) -> None: ...

    def rewritten(self, collection: str, item: JsonObject) -> JsonObject: ...

    def tenant(self) -> Tenant: ...

    def text(self, text: str) -> str: ...

    def document(self) -> JsonObject: ...


def write_collected(
    report: CollectReport,
    spool: Spool,
    out: Path,
    *,
    tool_version: str,
    left_out: Mapping[str, str] | None = None,
    rewriter: Rewriter | None = None,
) -> None:
    """Write the snapshot of a run in the place of the one that may be there, readable to its owner alone.

    `left_out`: why other collections are `not_collected`. The spool stays: discard it when this returns. Raises
    InputError as `snapshot.writing` does; what was there is then as it was.
    """
    if rewriter is not None:
        _rewrite(report, spool, rewriter)
    told = rewriter.text if rewriter is not None else str
    head = manifest.Manifest(
        tenant=report.tenant if rewriter is None else rewriter.tenant(),
        collected_at=report.started,
        tool_version=tool_version,
        licences=report.licences,
        redaction=None if rewriter is None else rewriter.document(),
    )
    parts = [
        _part(
            spool,
            name,
            manifest.Entry(
                status=ended.status,
                source=ended.source.shown,
                api_version=ended.source.api_version,
                detail=told(ended.detail),
                left_out=ended.left_out,
            ),
            stored=name if rewriter is None else _rewritten(name),
        )
        for name, ended in report.collections.items()
    ]
    for name, why in (left_out or {}).items():
        entry = manifest.Entry(status=CollectionStatus.NOT_COLLECTED, detail=why)
        parts.append(Part(name, entry, lines=tuple, objects=tuple))
    write_parts(head, parts, out, private=True)


def _part(spool: Spool, name: str, entry: manifest.Entry, *, stored: str) -> Part:
    return Part(name, entry, lines=partial(spool.lines, stored), objects=partial(_objects, spool, stored))


def _objects(spool: Spool, stored: str) -> Sequence[JsonObject]:
    return list(spool.objects(stored))


def _rewrite(report: CollectReport, spool: Spool, rewriter: Rewriter) -> None:
    """Other identities give another order, so the changed objects go through the spool as well."""
    for name in report.collections:
        for item in spool.objects(name):
            rewriter.learn(name, item)
    for name in report.collections:
        spool.begin(_rewritten(name))
        spool.add(name, _changed(spool, name, rewriter), stored=_rewritten(name))


def _changed(spool: Spool, name: str, rewriter: Rewriter) -> Iterator[JsonObject]:
    for item in spool.objects(name):
        yield rewriter.rewritten(name, item)


def _rewritten(name: str) -> str:
    return f"{name}/rewritten"

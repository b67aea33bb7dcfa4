"""Reader of Conditional Access policies alone: one file, or a folder of them at any depth, with the named
locations, authentication strengths and groups that lie beside them.
"""

from __future__ import annotations

from tenantlint.errors import InputError
from tenantlint.model import Notice, Tenant
from tenantlint.snapshot import Snapshot
from tenantlint.sources.readers.conditional_access import kinds
from tenantlint.sources.readers.conditional_access.gathering import Gathering
from tenantlint.sources.reading import Reading
from tenantlint.sources.registry import Reader
from tenantlint.sources.target import Document, Target, files_of


def _recognises(target: Target) -> bool:
    """One object of a known kind is enough; the other files may be anything, and are told."""
    if not target.is_folder:
        return _holds_some(target.document)
    paths, _ = target.tree
    for path in paths:
        try:
            if _holds_some(target.read(path)):
                return True
        except InputError:
            continue
    return False


def _holds_some(document: Document) -> bool:
    if kinds.empty_list_of(document.value):
        return True
    return any(found.kind not in ("", kinds.TABLE) for found in kinds.objects_in(document.value))


def _read(target: Target) -> Reading:
    gathering = Gathering()
    paths, problems = target.tree if target.is_folder else ((target.path,), ())
    gathering.problems += problems
    for path in paths:
        try:
            gathering.take(target.read(path))
        except InputError as error:
            gathering.problems.append(error)
    tenants = set(gathering.tenants)
    snapshot = Snapshot(
        tenant=Tenant(id=tenants.pop() if len(tenants) == 1 else ""),
        collections=gathering.collections(),
        digest=target.digest(gathering.documents),
        files=files_of(gathering.documents),
        notices=_notices(gathering),
        format="conditional_access",
    )
    return Reading(snapshot, tuple(gathering.problems))


def _notices(gathering: Gathering) -> tuple[Notice, ...]:
    if not gathering.templates:
        return ()
    count = gathering.templates
    many = f"{count} policy templates have no state" if count > 1 else "A policy template has no state"
    return (Notice(kind="template", message=f"{many} and enforce nothing until deployed: read as disabled."),)


READER = Reader(
    name="Conditional Access policies",
    looks_for="JSON objects with `conditions` and `state`, in one file or in files of a folder",
    recognises=_recognises,
    read=_read,
)

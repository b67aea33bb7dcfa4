"""The members and owners of one group. Ids wait on disk by kind: a million of them take no memory but a line."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from tenantlint.collect.catalog_units import resource_units
from tenantlint.collect.fetching import Context, IncompleteError, RestartNeededError
from tenantlint.collect.paging import pages
from tenantlint.collect.source import Source
from tenantlint.collect.spool import Encoded

_READINGS = 3  # of one list whose links expire, or in which ids come twice
_PERSON, _GROUP, _OTHER = 0, 1, 2
_EVERYBODY = (_PERSON, _GROUP, _OTHER)
_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_TRANSITIVE, _DIRECT, _OWNERS = "transitiveMembers", "members", "owners"
_COUNTED = frozenset({_TRANSITIVE, _DIRECT})
_KINDS = {"#microsoft.graph.group": _GROUP, "#microsoft.graph.orgContact": _OTHER}  # a contact cannot sign in


Chunks = Iterable[list[str]]


@dataclass(frozen=True, slots=True)
class Members:
    """Ids of one group, sorted, each list in chunks to be walked once. `direct` are of every kind, contacts too."""

    direct: Chunks = ()
    members: Chunks = ()
    nested: list[str] = field(default_factory=list)
    owners: Chunks = ()


@asynccontextmanager
async def members_of(context: Context, source: Source, identity: str) -> AsyncIterator[Members]:
    """Read the lists of a group. Raises CallError or IncompleteError: then nothing is known of it."""
    everybody, owners, direct = (_List(context, source, identity, what) for what in (_TRANSITIVE, _OWNERS, _DIRECT))
    try:
        for trouble in await asyncio.gather(everybody.read(), owners.read(), return_exceptions=True):
            if trouble is not None:
                raise trouble
        nested = [inner for chunk in everybody.heap.chunks(_GROUP) for inner in chunk if inner != identity]
        if nested:
            await direct.read()
        yield Members(
            direct=(direct if nested else everybody).heap.chunks(*_EVERYBODY),
            members=everybody.heap.chunks(_PERSON),
            nested=nested,
            owners=owners.heap.chunks(*_EVERYBODY),
        )
    finally:
        for one in (everybody, owners, direct):
            one.heap.clear()


def line_of(identity: str, status: str, members: Members | None = None) -> Encoded:
    """The canonical line of a group, put together without holding its ids as objects."""
    found = members or Members()
    line = bytearray(b"{")
    _put(line, "direct", found.direct)
    line += b',"group_id":' + _text(identity) + b","
    _put(line, "members", found.members)
    line += b","
    _put(line, "nested_groups", [found.nested])
    line += b","
    _put(line, "owners", found.owners)
    line += b',"status":' + _text(status) + b"}\n"
    return Encoded(identity, line)


class _List:
    """One list of a group, on the disk."""

    def __init__(self, context: Context, source: Source, identity: str, what: str) -> None:
        self.heap = context.spool.heap()
        self._context = context
        self._source = source
        self._request = f"/groups/{identity}/{what}?$select=id&$top=999" + ("&$count=true" if what in _COUNTED else "")

    async def read(self) -> None:
        """Read the list, again where a link expires, an id comes twice or fewer come than were counted."""
        cost = resource_units(self._request)
        sizes: list[int] = []
        why = ""
        for _ in range(_READINGS):
            self.heap.clear()
            given = 0
            counted: int | None = None
            try:
                async for page in pages(self._context, self._source, self._request, cost=cost):
                    counted = page.total if counted is None else counted
                    self.heap.put(
                        (_KINDS.get(str(item.get("@odata.type")), _PERSON), str(item["id"])) for item in page.items
                    )
                    given += len(page.items)
            except RestartNeededError as error:
                why = str(error)
                continue
            size = self.heap.distinct()
            whole = counted is None or size >= counted
            if whole and (size == given or size in sizes):  # the same repetition again: the list is so
                return
            sizes.append(size)
            why = "members moved between pages" if whole else "the service counts more members than it gave"
        raise IncompleteError(f"read {_READINGS} times, and each time {why}")


def _put(line: bytearray, key: str, chunks: Chunks) -> None:
    line += f'"{key}":['.encode()
    between = b""
    for chunk in chunks:
        if chunk:
            line += between + _ENCODE(chunk)[1:-1].encode("utf-8")
            between = b","
    line += b"]"


def _text(word: str) -> bytes:
    return _ENCODE(word).encode("utf-8")

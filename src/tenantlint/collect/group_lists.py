"""The members and owners of one group. Ids wait on disk by kind: a million of them take no memory but a line."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from tenantlint.collect.catalog_units import resource_units
from tenantlint.collect.fetching import Context, IncompleteError, RestartNeededError
from tenantlint.collect.paging import pages
from tenantlint.collect.source import Source
from tenantlint.collect.spool import Encoded, Spool
from tenantlint.model import JsonObject

_READINGS = 3  # of one list whose links expire, or in which ids come twice
_KINDS = ("everybody", "groups", "people")
_TRANSITIVE, _DIRECT, _OWNERS = "transitiveMembers", "members", "owners"
_COUNTED = frozenset({_TRANSITIVE, _DIRECT})
_GROUP = "#microsoft.graph.group"
_NOT_EXPANDED = frozenset({"#microsoft.graph.orgContact"})  # cannot sign in


@dataclass(frozen=True, slots=True)
class Members:
    """Ids of one group, sorted, each list to be walked once. `direct` are of every kind, contacts too."""

    direct: Iterable[str] = ()
    members: Iterable[str] = ()
    nested: Iterable[str] = ()
    owners: Iterable[str] = ()


@asynccontextmanager
async def members_of(context: Context, source: Source, identity: str) -> AsyncIterator[Members]:
    """Read the lists of a group. Raises CallError or IncompleteError: then nothing is known of it."""
    lists = _Lists(context, source, identity)
    try:
        for trouble in await asyncio.gather(lists.read(_TRANSITIVE), lists.read(_OWNERS), return_exceptions=True):
            if trouble is not None:
                raise trouble
        nested = [inner for inner in lists.noted(_TRANSITIVE, "groups") if inner != identity]
        if nested:
            await lists.read(_DIRECT)
        yield Members(
            direct=lists.noted(_DIRECT if nested else _TRANSITIVE, "everybody"),
            members=lists.noted(_TRANSITIVE, "people"),
            nested=nested,
            owners=lists.noted(_OWNERS, "everybody"),
        )
    finally:
        for what in (_TRANSITIVE, _DIRECT, _OWNERS):
            lists.forget(what)


def line_of(identity: str, status: str, members: Members | None = None) -> Encoded:
    """The canonical line of a group, put together without holding its ids as objects."""
    found = members or Members()
    line = bytearray(b"{")
    _put(line, "direct", found.direct)
    line += b',"group_id":' + _text(identity) + b","
    _put(line, "members", found.members)
    line += b","
    _put(line, "nested_groups", found.nested)
    line += b","
    _put(line, "owners", found.owners)
    line += b',"status":' + _text(status) + b"}\n"
    return Encoded(identity, line)


class _Lists:
    """The lists of one group on the disk."""

    def __init__(self, context: Context, source: Source, identity: str) -> None:
        self._context = context
        self._source = source
        self._identity = identity
        self._spool: Spool = context.spool

    async def read(self, what: str) -> None:
        """Read one list, again where a link expires, an id comes twice or fewer come than were counted."""
        request = f"/groups/{self._identity}/{what}?$select=id&$top=999" + ("&$count=true" if what in _COUNTED else "")
        sizes: list[int] = []
        why = ""
        for _ in range(_READINGS):
            self.forget(what)
            size = given = 0
            counted: int | None = None
            try:
                async for page in pages(self._context, self._source, request, cost=resource_units(request)):
                    counted = page.total if counted is None else counted
                    size += self._sort(what, page.items)
                    given += len(page.items)
            except RestartNeededError as error:
                why = str(error)
                continue
            whole = counted is None or size >= counted
            if whole and (size == given or size in sizes):  # the same repetition again: the list is so
                return
            sizes.append(size)
            why = "members moved between pages" if whole else "the service counts more members than it gave"
        raise IncompleteError(f"read {_READINGS} times, and each time {why}")

    def noted(self, what: str, kind: str) -> Iterable[str]:
        return self._spool.noted(self._set(what, kind))

    def forget(self, what: str) -> None:
        for kind in _KINDS:
            self._spool.forget(self._set(what, kind))

    def _sort(self, what: str, items: Iterable[JsonObject]) -> int:
        """Put a page onto the disk, and tell how many ids were new."""
        everybody, groups, people = [], [], []
        for item in items:
            one, kind = str(item.get("id")), item.get("@odata.type")
            everybody.append(one)
            if kind == _GROUP:
                groups.append(one)
            elif kind not in _NOT_EXPANDED:
                people.append(one)
        self._spool.note(self._set(what, "groups"), groups)
        self._spool.note(self._set(what, "people"), people)
        return len(self._spool.note(self._set(what, "everybody"), everybody))

    def _set(self, what: str, kind: str) -> str:
        return f"{self._identity}/{what}/{kind}"


def _put(line: bytearray, key: str, ids: Iterable[str]) -> None:
    line += f'"{key}":['.encode()
    line += b",".join(map(_text, ids))
    line += b"]"


def _text(word: str) -> bytes:
    return json.dumps(word, ensure_ascii=False).encode("utf-8")

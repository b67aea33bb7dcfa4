"""The groups that matter, and who is in them.

One walk serves three collections: it reads which groups are named as soon as each naming collection is there, reads
every group and its members, and goes on with the groups found inside. Ids of members wait on disk, so that a group of
a million takes no more memory than its line.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping

from tenantlint.collect.calls import CallError, Reason
from tenantlint.collect.cleaning import clean
from tenantlint.collect.fetching import Context, IncompleteError, RestartNeededError
from tenantlint.collect.group_lists import line_of, members_of
from tenantlint.collect.group_references import (
    GROUP_ELIGIBILITY,
    NAMING,
    ROLE_HOLDERS,
    Form,
    Reference,
    references,
)
from tenantlint.collect.lists import NOT_WHOLE, for_each
from tenantlint.collect.paging import graph_call, in_short, pages
from tenantlint.collect.source import Source
from tenantlint.collect.spool import Encoded
from tenantlint.model import CollectionStatus, JsonObject

_AT_ONCE = 8  # groups read at the same time; the transport paces the calls
_REFUSALS = frozenset({401, 403})
_MISSING = "missing"
_SHOWN = 3  # reasons that one sentence names


async def fetch_groups(context: Context, source: Source) -> AsyncIterator[list[JsonObject]]:
    """The objects of the groups that matter."""
    walk = context.shared(GroupWalk)
    await walk.done(source)
    for group in walk.groups:
        yield [group]
    walk.complain(walk.unread, "Not every group could be read", inside=walk.unexpanded)


async def fetch_group_members(context: Context, source: Source) -> AsyncIterator[list[JsonObject | Encoded]]:
    """One line a group that matters."""
    walk = context.shared(GroupWalk)
    walk.start(source)
    try:
        while (line := await walk.lines.get()) is not None:
            yield [line]
    finally:
        walk.stop_lines()
    await walk.done(source)
    walk.complain({**walk.unread, **walk.unexpanded}, "Not every group's members could be read")


async def fetch_group_eligibility(context: Context, source: Source) -> AsyncIterator[list[JsonObject]]:
    """Who may become a member or owner of the groups that hold roles."""
    held = await context.shared(GroupWalk).role_groups(source)
    async for batch in for_each(context, source, held, collection="groups"):
        yield batch
    lacking = [name for name in ROLE_HOLDERS if await context.finished(name) in NOT_WHOLE]
    if lacking:
        raise IncompleteError(f"{', '.join(lacking)} could not be read whole, and may name more groups with a role")


class GroupWalk:
    """`groups`: the objects read. `lines`: lines of group_members, None after the last. `unread`: why a group could
    not be read, by id; `unexpanded`: why its members could not.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self.groups: list[JsonObject] = []
        self.lines: asyncio.Queue[Encoded | None] = asyncio.Queue(maxsize=1)
        self.unread: dict[str, CallError | IncompleteError] = {}
        self.unexpanded: dict[str, CallError | IncompleteError] = {}
        self._objects: dict[str, asyncio.Task[JsonObject | None]] = {}
        self._named: set[str] = set()  # as groups: one that is gone is told
        self._gone: set[str] = set()
        self._not_whole: set[str] = set()  # naming collections
        self._without: dict[str, str] = {}  # groups without members to tell, and their status
        self._seen: set[str] = set()
        self._words: set[str] = set()
        self._room = asyncio.Semaphore(_AT_ONCE)
        self._work: asyncio.Task[None] | None = None
        self._telling = "group_members" in context.selected

    def start(self, source: Source) -> asyncio.Task[None]:
        """Begin the walk, unless it has begun."""
        if self._work is None:
            self._work = self._context.spawn(self._walk(source))
        return self._work

    async def done(self, source: Source) -> None:
        """Wait for its end. Raises what went wrong with it as a whole."""
        await asyncio.shield(self.start(source))

    def stop_lines(self) -> None:
        """Nobody takes lines any more."""
        self._telling = False
        while not self.lines.empty():
            self.lines.get_nowait()

    def complain(
        self,
        troubles: Mapping[str, CallError | IncompleteError],
        what: str,
        *,
        inside: Mapping[str, CallError | IncompleteError] | None = None,
    ) -> None:
        """Raise the error of the first group (by id) when there is one for each, IncompleteError when groups lack.

        `inside`: groups whose members are not known, so that groups among these are not known either.
        """
        hopeless = self._hopeless(troubles)
        if hopeless is not None:
            raise hopeless
        said = []
        if troubles:
            whys = _few(sorted({_why(error) for error in troubles.values()}), "; ")
            said.append(f"{what}: {len(troubles):,} of {self._total(troubles):,} groups ({whys})")
        if inside:
            whys = _few(sorted({_why(error) for error in inside.values()}), "; ")
            said.append(f"Groups inside {len(inside):,} of {self._total(inside):,} groups are not known ({whys})")
        if self._not_whole:
            said.append(f"{_few(sorted(self._not_whole), ', ')} could not be read whole, and may name more groups")
        if said:
            raise IncompleteError("; ".join(said))

    def _hopeless(self, troubles: Mapping[str, CallError | IncompleteError]) -> CallError | None:
        """The error of the first group when none could be read."""
        if not troubles or len(troubles) < self._total(troubles):
            return None
        first = troubles[min(troubles)]
        return first if isinstance(first, CallError) else None

    def _total(self, troubles: Mapping[str, object]) -> int:
        return len(self._seen - self._gone) + len(troubles.keys() & self._words)

    async def role_groups(self, source: Source) -> list[JsonObject]:
        """The groups that hold a directory role, by id. Raises CallError when that cannot be told."""
        held: set[str] = set()
        for collection in ROLE_HOLDERS:
            await self._context.finished(collection)
            held.update(one.word for item in self._context.items(collection) for one in references(collection, item))
        found = await asyncio.gather(*(self._object(identity, source) for identity in sorted(held)))
        return [group for group in found if group is not None]

    async def _walk(self, source: Source) -> None:
        try:
            async with asyncio.TaskGroup() as tasks:
                for collection in (*NAMING, GROUP_ELIGIBILITY):
                    tasks.create_task(self._read_references(tasks, source, collection))
            # An id that no policy names as a group is somebody else's, or a holder of a role who is gone.
            self._without |= dict.fromkeys(self._gone, _MISSING)
            for identity in (self._gone | self.unread.keys()) - self._named:
                self._without.pop(identity, None)
            if self._hopeless({**self.unread, **self.unexpanded}) is None:
                for identity, status in sorted(self._without.items()):
                    await self._give(line_of(identity, status))
        finally:
            self.groups.sort(key=lambda group: str(group.get("id")))
            if self._telling:
                await self.lines.put(None)

    async def _read_references(self, tasks: asyncio.TaskGroup, source: Source, collection: str) -> None:
        if await self._context.finished(collection) in NOT_WHOLE:
            self._not_whole.add(collection)
        for item in self._context.items(collection):
            for reference in references(collection, item):
                await self._add(tasks, source, reference)

    async def _add(self, tasks: asyncio.TaskGroup, source: Source, reference: Reference) -> None:
        if reference.form is Form.WORD:
            if reference.word not in self._words:
                self._words.add(reference.word)
                tasks.create_task(self._look_up(tasks, source, reference.word))
            return
        identity = reference.word.lower()
        if reference.form is Form.GROUP:
            self._named.add(identity)
        if identity not in self._seen:
            self._seen.add(identity)
            tasks.create_task(self._expand(tasks, source, identity))

    async def _look_up(self, tasks: asyncio.TaskGroup, source: Source, word: str) -> None:
        """Groups by mail address, or by name. A word that names none (a contact, a deleted list) is passed over."""
        quoted = word.replace("'", "''")
        request = f"/groups?$filter={'mail' if '@' in word else 'displayName'} eq '{quoted}'&$select=id"
        found: list[str] = []
        async with self._room:
            try:
                async for page in pages(self._context, source, request, cost=1):
                    found += [str(item.get("id")) for item in page.items]
            except (CallError, IncompleteError) as error:
                self.unread[word] = error
            except RestartNeededError as error:
                self.unread[word] = IncompleteError(str(error))
        for identity in found:
            await self._add(tasks, source, Reference(Form.GROUP, identity))

    async def _expand(self, tasks: asyncio.TaskGroup, source: Source, identity: str) -> None:
        try:
            group = await self._object(identity, source)
        except CallError as error:
            self.unread[identity] = error
            self._without[identity] = _status(error)
            return
        if group is None:
            self._gone.add(identity)
            return
        self.groups.append(group)
        async with self._room:
            try:
                async with members_of(self._context, source, identity) as members:
                    nested = members.nested
                    await self._give(line_of(identity, "ok", members))
            except (CallError, IncompleteError) as error:
                self.unexpanded[identity] = error
                self._without[identity] = _status(error)
                return
        for inner in nested:
            await self._add(tasks, source, Reference(Form.GROUP, inner))

    async def _object(self, identity: str, source: Source) -> JsonObject | None:
        if identity not in self._objects:
            self._objects[identity] = self._context.spawn(self._read(identity, source))
        return await asyncio.shield(self._objects[identity])

    async def _read(self, identity: str, source: Source) -> JsonObject | None:
        """The group, or None when there is none with that id."""
        groups = self._context.selected.get("groups", source)
        request = groups.request.replace("{id}", identity) if groups.collection == "groups" else f"/groups/{identity}"
        async with self._room:
            if self.unread and not self.groups:
                refused = next(iter(self.unread.values()))
                if isinstance(refused, CallError) and (refused.status in _REFUSALS or refused.reason is Reason.BUDGET):
                    raise refused
            try:
                return clean(await self._context.sender.send(graph_call(groups, request, cost=1)))
            except CallError as error:
                if error.reason is Reason.REFUSED and error.status == 404:
                    return None
                raise

    async def _give(self, line: Encoded) -> None:
        if self._telling:
            await self.lines.put(line)


def _few(words: list[str], between: str) -> str:
    return between.join(words[:_SHOWN] + (["and others"] if len(words) > _SHOWN else []))


def _why(error: CallError | IncompleteError) -> str:
    """What stood in the way of one group, without what differs from group to group."""
    cause = error.__cause__ if isinstance(error, IncompleteError) else error
    return in_short(cause) if isinstance(cause, CallError) else str(error)


def _status(error: CallError | IncompleteError) -> str:
    refused = isinstance(error, CallError) and error.reason is Reason.REFUSED and error.status in _REFUSALS
    return (CollectionStatus.DENIED if refused else CollectionStatus.FAILED).value

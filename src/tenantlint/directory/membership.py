"""Membership of groups, whole, with the path through nested groups. Reads only the groups that are asked for."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from tenantlint.model import JsonObject
from tenantlint.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Membership:
    """The members of one group: users, service principals and devices, direct or through nested groups.

    `status` is `ok`, or why the members are not known: the status of the collection or of this group's line,
    `missing` for a group that no longer exists, `not_collected` for one that has no line.
    """

    group_id: str
    ids: frozenset[str]
    status: str = "ok"

    @property
    def known(self) -> bool:
        return self.status == "ok"

    @property
    def missing(self) -> bool:
        """The group no longer exists, so that a reference to it matches nobody."""
        return self.status == "missing"


class Groups:
    """The group_members collection: an index by id, and sets that are made when a group is asked for.

    Ids are compared without regard to case, as the service does; the sets hold them in lower case.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        collection = snapshot.collection("group_members")
        self.status = collection.status.value
        self._lines: dict[str, JsonObject] = {}
        if collection.ok:
            self._lines = {_text(line, "group_id").lower(): line for line in collection.items}
        self._memberships: dict[str, Membership] = {}

    def has(self, group_id: str) -> bool:
        """Whether the collection has a line for the group, whatever its status."""
        return group_id.lower() in self._lines

    def members(self, group_id: str) -> Membership:
        """The membership of a group, with everything that its nested groups add."""
        key = group_id.lower()
        found = self._memberships.get(key)
        if found is None:
            found = self._memberships[key] = self._compute(group_id, key)
        return found

    def _compute(self, group_id: str, key: str) -> Membership:
        line = self._lines.get(key)
        if line is None:
            status = "not_collected" if self.status == "ok" else self.status
            return Membership(group_id, frozenset(), status)
        status = line.get("status") or "ok"
        if status != "ok":
            return Membership(group_id, frozenset(), str(status))
        ids: set[str] = set()
        seen = {key}
        waiting = deque([key])
        while waiting:
            current = self._lines[waiting.popleft()]
            own = {member.lower() for member in _ids(current, "members")}
            nested = {group.lower() for group in _ids(current, "nested_groups")}
            nested |= own & self._lines.keys()
            ids |= own - nested
            # The list of a line is whole by contract; a nested group's own line can only add to it.
            fresh = [group for group in nested if group in self._lines and group not in seen]
            seen.update(fresh)
            waiting.extend(sorted(fresh))
        return Membership(group_id, frozenset(ids))

    def path(self, member_id: str, group_id: str) -> tuple[str, ...]:
        """How a principal is in a group: the groups from the one asked for down to the one that holds it.

        Empty when it is not a member as far as the snapshot tells. Steps between nested groups are skipped
        where no line says which group contains which directly.
        """
        member = member_id.lower()
        start = group_id.lower()
        if member not in self.members(start).ids:
            return ()
        trail: dict[str, tuple[str, ...]] = {start: (start,)}
        waiting = deque([start])
        while waiting:
            current = waiting.popleft()
            line = self._lines[current]
            direct = {item.lower() for item in _ids(line, "direct")}
            if member in direct:
                return trail[current]
            below = {group.lower() for group in _ids(line, "nested_groups")}
            for group in sorted(direct & below if direct else below):
                if group in trail or group not in self._lines or member not in self.members(group).ids:
                    continue
                trail[group] = (*trail[current], group)
                waiting.append(group)
        # No line lists its direct members: the deepest group that holds the principal is the best that is known.
        return max(trail.values(), key=lambda steps: (len(steps), steps))


def _ids(line: JsonObject, name: str) -> list[str]:
    value = line.get(name)
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _text(line: JsonObject, name: str) -> str:
    value = line.get(name)
    return value if isinstance(value, str) else ""

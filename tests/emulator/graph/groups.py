"""Members and owners of groups."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from tests.emulator import permissions
from tests.emulator.core import broken
from tests.emulator.graph import errors
from tests.emulator.graph.store import Store
from tests.emulator.world import World

from tenantlint.model import CollectionStatus

_MISSING = "missing"


class Groups:
    """What the snapshot's lines say, as relationships.

    A line without `direct` has no nested structure to tell: its members count as direct.
    """

    def __init__(self, world: World, store: Store) -> None:
        self._world = world
        self._store = store
        self._lines = {str(line.get("group_id")).lower(): line for line in store.stored("group_members")}
        self._lists: dict[tuple[str, str], list[str]] = {}
        self._plain: dict[str, bytes] = {}

    def line(self, identity: str) -> Mapping[str, Any]:
        """The line of a group. Raises GraphError for a group that is not there; an empty line for one without."""
        found = self._lines.get(identity.lower())
        if found is not None and found.get("status") == _MISSING:
            raise errors.not_found(identity)
        if found is None and self._store.find("groups", identity, "v1.0") is None:
            raise errors.not_found(identity)
        return found or {}

    def check(self, identity: str, granted: Collection[str]) -> None:
        """Raises what reading this group's members comes to, when it does not succeed."""
        status = self.line(identity).get("status") or CollectionStatus.OK
        group = self._store.find("groups", identity, "v1.0") or {}
        hidden = group.get("visibility") == "HiddenMembership" and permissions.HIDDEN_MEMBERS not in granted
        if status == CollectionStatus.DENIED or (hidden and status != CollectionStatus.OK):
            raise errors.denied()
        if status == CollectionStatus.FAILED:
            raise broken("503")

    def ids(self, identity: str, relation: str, only: str | None) -> Sequence[str]:
        """Ids of a relation's objects: `members`, `transitiveMembers`, `owners`; `only` of one type."""
        key = (identity.lower(), relation)
        if key not in self._lists:
            line = self.line(identity)
            everyone = [*(line.get("members") or ()), *(line.get("nested_groups") or ())]
            found = {
                "members": line["direct"] if line.get("direct") is not None else everyone,
                "transitiveMembers": everyone,
                "owners": line.get("owners") or (),
            }[relation]
            self._lists[key] = self._store.shuffled("/".join(key), found)
        ids = self._lists[key]
        return ids if only is None else [one for one in ids if self._kind(one) == only]

    def truncated(self, identity: str) -> bool:
        """Whether the rest of the list cannot be had."""
        return self.line(identity).get("status") == CollectionStatus.TRUNCATED

    def plain(self, identity: str) -> bytes:
        """A member of which only the id was asked for, as it is sent."""
        found = self._plain.get(identity)
        if found is None:
            typed = {"@odata.type": f"#microsoft.graph.{self._kind(identity)}", "id": identity}
            found = self._plain[identity] = json.dumps(typed, separators=(",", ":")).encode()
        return found

    def shown(self, identity: str, granted: Collection[str]) -> Mapping[str, Any]:
        """A member as an object; without a permission for its type only id and type are told."""
        kind = self._kind(identity)
        typed = {"@odata.type": f"#microsoft.graph.{kind}", "id": identity}
        _, item = self._store.principals.get(identity.lower(), (kind, {}))
        if not any(one in granted for one in permissions.TYPES.get(kind, ())):
            return {**typed, **{name: None for name in item if name != "id"}}
        return {**typed, **item}

    def _kind(self, identity: str) -> str:
        """The type; an id that the snapshot does not know is a user whom it did not keep, or a group that it lists."""
        found = self._store.principals.get(identity.lower())
        if found is not None:
            return found[0]
        return "group" if identity.lower() in self._lines else "user"

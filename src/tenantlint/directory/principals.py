"""Principals by id: users, groups and service principals, with what is known of each."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from tenantlint.model import JsonObject, Principal
from tenantlint.snapshot import Snapshot

GUEST_TYPES = (
    "internalGuest",
    "b2bCollaborationGuest",
    "b2bCollaborationMember",
    "b2bDirectConnectUser",
    "otherExternalUser",
    "serviceProvider",
)
"""Graph's conditionalAccessGuestOrExternalUserTypes. The last three have no account in the directory."""

_KINDS = {
    "#microsoft.graph.user": "user",
    "#microsoft.graph.group": "group",
    "#microsoft.graph.serviceprincipal": "servicePrincipal",
}


class Accounts:
    """Users, groups and service principals of one snapshot, by id.

    Each collection is read on first use, in one pass. Objects of a collection that is not `ok` still give names
    and kinds, but their absence there says nothing. Ids are compared without regard to case.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._users: dict[str, Principal] = {}

    @cached_property
    def users(self) -> dict[str, JsonObject]:
        """The Graph objects of the users, by id in lower case."""
        return _by_id(self._snapshot.collection("users").items)

    @cached_property
    def groups(self) -> dict[str, JsonObject]:
        """The Graph objects of the groups, by id in lower case."""
        return _by_id(self._snapshot.collection("groups").items)

    @cached_property
    def service_principals(self) -> dict[str, JsonObject]:
        """The Graph objects of the service principals, by object id in lower case."""
        return _by_id(self._snapshot.collection("service_principals").items)

    def principal(self, principal_id: str, hint: object = None) -> Principal:
        """What is known of a principal. `hint`: the expanded object that came with a reference to it, if any.

        `enabled` is None where the snapshot does not tell; a group is neither enabled nor disabled.
        """
        key = principal_id.lower()
        if key in self.users:
            if key not in self._users:
                self._users[key] = _account(self.users[key], "user")
            return self._users[key]
        if key in self.groups:
            group = self.groups[key]
            return Principal(id=str(group["id"]), kind="group", name=_name(group))
        if key in self.service_principals:
            return _account(self.service_principals[key], "servicePrincipal")
        return _from_hint(principal_id, hint)

    def guests(self, guest_type: str) -> list[str]:
        """The ids of the users of one guest type, in lower case, as far as the directory holds such."""
        return self._guests.get(guest_type, [])

    @cached_property
    def _guests(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for key, user in self.users.items():
            guest_type = guest_type_of(user)
            if guest_type:
                found.setdefault(guest_type, []).append(key)
        return found


def guest_type_of(user: JsonObject) -> str | None:
    """The guest or external type of a user object, or None for an ordinary member.

    External is whoever was invited from elsewhere: an invitation state, an invited creation type, or `#EXT#`
    in the user principal name.
    """
    external = bool(
        user.get("externalUserState")
        or str(user.get("creationType") or "").lower() == "invitation"
        or "#ext#" in str(user.get("userPrincipalName") or "").lower()
    )
    if str(user.get("userType") or "").lower() == "guest":
        return "b2bCollaborationGuest" if external else "internalGuest"
    return "b2bCollaborationMember" if external else None


def guest_types_of(condition: object) -> tuple[str, ...]:
    """The types named by an include/excludeGuestsOrExternalUsers object: a comma-joined string of flags."""
    if not isinstance(condition, dict):
        return ()
    named = str(condition.get("guestOrExternalUserTypes") or "")
    return tuple(part.strip() for part in named.split(",") if part.strip() not in ("", "none"))


def _by_id(items: Iterable[JsonObject]) -> dict[str, JsonObject]:
    found = {}
    for item in items:
        identity = item.get("id")
        if isinstance(identity, str):
            found[identity.lower()] = item
    return found


def _name(item: JsonObject) -> str:
    name = item.get("displayName") or item.get("userPrincipalName") or ""
    return name if isinstance(name, str) else ""


def _account(item: JsonObject, kind: str) -> Principal:
    enabled = item.get("accountEnabled")
    return Principal(
        id=str(item["id"]),
        kind=kind,
        name=_name(item),
        enabled=enabled if isinstance(enabled, bool) else None,
    )


def _from_hint(principal_id: str, hint: Any) -> Principal:
    if not isinstance(hint, dict):
        return Principal(id=principal_id, kind="unknown")
    kind = _KINDS.get(str(hint.get("@odata.type") or "").lower(), "unknown")
    enabled = hint.get("accountEnabled")
    return Principal(
        id=principal_id,
        kind=kind,
        name=_name(hint),
        enabled=enabled if kind != "group" and isinstance(enabled, bool) else None,
    )

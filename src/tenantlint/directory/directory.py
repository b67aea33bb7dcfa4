"""The directory of one snapshot: principals, groups and roles behind one door."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property

from tenantlint.directory.membership import Groups, Membership
from tenantlint.directory.principals import Accounts
from tenantlint.directory.roles import Roles
from tenantlint.model import JsonObject, Principal
from tenantlint.snapshot import Snapshot


class Directory:
    """Principals, group membership and roles of one snapshot.

    Everything is read on first use, and only what is asked for, so that a tenant with 100,000 users costs one
    pass over them. Ids are compared without regard to case; sets hold them in lower case.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._accounts = Accounts(snapshot)
        self._groups = Groups(snapshot)
        self._roles: dict[datetime | None, Roles] = {}

    @cached_property
    def user_ids(self) -> frozenset[str]:
        """The ids of all users in the snapshot."""
        return frozenset(self._accounts.users)

    @cached_property
    def disabled_ids(self) -> frozenset[str]:
        """The ids of the users whose accounts are disabled."""
        return frozenset(key for key, user in self._accounts.users.items() if user.get("accountEnabled") is False)

    @property
    def users_known(self) -> bool:
        """Whether the list of users is whole."""
        return self.snapshot.collection("users").ok

    def user(self, user_id: str) -> JsonObject | None:
        """The Graph object of a user, or None."""
        return self._accounts.users.get(user_id.lower())

    def principal(self, principal_id: str, hint: object = None) -> Principal:
        """What is known of a principal; `hint` is the expanded object that came with a reference to it."""
        return self._accounts.principal(principal_id, hint)

    def guests(self, guest_type: str) -> list[str]:
        """The ids of the users of one of GUEST_TYPES."""
        return self._accounts.guests(guest_type)

    def members(self, group_id: str) -> Membership:
        """The membership of a group, nested groups included."""
        return self._groups.members(group_id)

    def path(self, member_id: str, group_id: str) -> tuple[str, ...]:
        """How a principal is in a group: the groups from the one asked for down to the one that holds it."""
        return self._groups.path(member_id, group_id)

    def roles(self, at: datetime | None) -> Roles:
        """The role assignments that have not ended at `at`."""
        if at not in self._roles:
            self._roles[at] = Roles(self.snapshot, self._accounts, self._groups, at)
        return self._roles[at]

    def expand(self, principal_id: str) -> frozenset[str] | None:
        """Who stands behind an id: the members of a group, nested ones included, or the holders of a role.

        Empty for anything else, except that an id in another spelling than its object's own gives that one.
        None when it is a group or role whose members the snapshot does not tell.
        """
        key = principal_id.lower()
        roles = self.roles(self.snapshot.collected_at)
        if key in roles.names:
            holders = roles.active_holders(key)
            return None if holders is None else frozenset(self.principal(one).id for one in holders)
        membership = self.members(key)
        if membership.known:
            return frozenset(self.principal(one).id for one in membership.ids)
        own = self.principal(principal_id)
        if own.kind == "group" and not membership.missing:
            return None
        return frozenset() if own.id == principal_id else frozenset({own.id})

"""Whom the user conditions of each Conditional Access policy include and exclude, as sets of ids.

A set holds ids of users in lower case, and one stand-in for each guest type that has no account to count
(`guestType:serviceProvider`). Conditional Access matches a role by its active, tenant-wide holders
(learn.microsoft.com/entra/identity/conditional-access/concept-conditional-access-users-groups).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from tenantlint.directory import GUEST_TYPES, guest_types_of
from tenantlint.facts.interface import FactContext
from tenantlint.facts.privileged_roles import role_names
from tenantlint.model import JsonObject, Principal
from tenantlint.snapshot import identity_of, spec_of

_GUEST = "guestType:"
_WITHOUT_ACCOUNT = frozenset({"b2bDirectConnectUser", "otherExternalUser", "serviceProvider"})
_ALL_GUESTS = "GuestsOrExternalUsers"


@dataclass(frozen=True, slots=True)
class Part:
    """One entry of an include or exclude list, with the ids behind it. `status`: `ok`, or why they are unknown."""

    principal: Principal
    ids: frozenset[str]
    status: str = "ok"

    @property
    def unknown(self) -> bool:
        return self.status not in ("ok", "missing")


@dataclass(frozen=True, slots=True)
class PolicyUsers:
    """The user conditions of one policy. `everyone`: it includes all users. `grants`: it has a grant control.

    `source`: the policy as it stands in the snapshot.
    """

    policy_id: str
    name: str
    source: JsonObject
    everyone: bool
    grants: bool
    included: tuple[Part, ...]
    excluded: tuple[Part, ...]
    included_ids: frozenset[str]
    excluded_ids: frozenset[str]

    def applies(self, user: str) -> bool | None:
        """Whether the policy's user conditions match; None when that hangs on a group or role that is not known."""
        if user in self.excluded_ids:
            return False
        if not self.everyone and user not in self.included_ids:
            return None if any(part.unknown for part in self.included) else False
        return None if any(part.unknown for part in self.excluded) else True


def policy_users(context: FactContext) -> list[PolicyUsers]:
    """The user conditions of every enabled policy that is about users, in the snapshot's order."""
    if __name__ not in context.shared:
        resolver = _Resolver(context)
        context.shared[__name__] = [
            resolver.policy(policy)
            for policy in context.snapshot.items("conditional_access_policies")
            if policy.get("state") == "enabled" and _block(policy, "users")
        ]
    found: list[PolicyUsers] = context.shared[__name__]
    return found


def is_stand_in(user: str) -> bool:
    """Whether an id of a set stands for a guest type without accounts to count."""
    return user.startswith(_GUEST)


def as_principal(context: FactContext, user: str) -> Principal:
    """The principal that an id of a set stands for: a user, where the snapshot does not tell otherwise."""
    if user.startswith(_GUEST):
        guest_type = user.removeprefix(_GUEST)
        return Principal(id=guest_type, kind="guestType", name=guest_type)
    found = context.directory.principal(user)
    return replace(found, kind="user") if found.kind == "unknown" else found


class _Resolver:
    """Parts by kind and id; each group and role is resolved once for all policies."""

    def __init__(self, context: FactContext) -> None:
        self._context = context
        self._directory = context.directory
        self._known: dict[tuple[str, str], Part] = {}

    def policy(self, policy: JsonObject) -> PolicyUsers:
        users = _block(policy, "users")
        included = tuple(self._parts(users, "include"))
        excluded = tuple(self._parts(users, "exclude"))
        return PolicyUsers(
            policy_id=identity_of(spec_of("conditional_access_policies"), policy) or "unknown",
            name=str(policy.get("displayName") or ""),
            source=policy,
            everyone="All" in _strings(users, "includeUsers"),
            grants=bool(policy.get("grantControls")),
            included=included,
            excluded=excluded,
            included_ids=frozenset().union(*(part.ids for part in included)),
            excluded_ids=frozenset().union(*(part.ids for part in excluded)),
        )

    def _parts(self, users: JsonObject, verb: str) -> Iterator[Part]:
        guest_types = set(guest_types_of(users.get(f"{verb}GuestsOrExternalUsers")))
        for user in _strings(users, f"{verb}Users"):
            if user == _ALL_GUESTS:
                guest_types.update(GUEST_TYPES)
            elif user not in ("All", "None"):
                yield self._part("user", user, self._user)
        for group in _strings(users, f"{verb}Groups"):
            yield self._part("group", group, self._group)
        for role in _strings(users, f"{verb}Roles"):
            yield self._part("role", role, self._role)
        for guest_type in sorted(guest_types):
            yield self._part("guestType", guest_type, self._guest_type)

    def _part(self, kind: str, identity: str, resolve: Callable[[str], Part]) -> Part:
        key = (kind, identity.lower())
        if key not in self._known:
            self._known[key] = resolve(identity)
        return self._known[key]

    def _user(self, identity: str) -> Part:
        found = self._directory.principal(identity)
        known = found if found.kind == "user" else Principal(id=identity, kind="user", name=found.name)
        gone = self._directory.users_known and found.kind == "unknown"
        return Part(known, frozenset() if gone else frozenset({identity.lower()}), "missing" if gone else "ok")

    def _group(self, identity: str) -> Part:
        membership = self._directory.members(identity)
        name = self._directory.principal(identity).name
        principal = Principal(id=identity, kind="group", name=name)
        return Part(principal, self._who_sign_in(membership.ids), membership.status)

    def _role(self, identity: str) -> Part:
        roles = self._directory.roles(self._context.judged_at)
        holders = roles.active_holders(identity)
        name = roles.names.get(identity.lower()) or role_names().get(identity.lower(), "")
        principal = Principal(id=identity, kind="role", name=name)
        if holders is None:
            return Part(principal, frozenset(), "not_collected")
        return Part(principal, self._who_sign_in(holders))

    def _who_sign_in(self, ids: frozenset[str]) -> frozenset[str]:
        """Without the service principals and devices that groups also hold: the question is about users."""
        if not self._directory.users_known:
            return ids
        return ids & self._directory.user_ids

    def _guest_type(self, guest_type: str) -> Part:
        principal = Principal(id=guest_type, kind="guestType", name=guest_type)
        ids = set(self._directory.guests(guest_type))
        if guest_type in _WITHOUT_ACCOUNT or not self._directory.users_known:
            ids.add(_GUEST + guest_type)
        return Part(principal, frozenset(ids))


def _block(policy: JsonObject, name: str) -> Mapping[str, Any]:
    conditions = policy.get("conditions")
    found = conditions.get(name) if isinstance(conditions, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def _strings(block: JsonObject, name: str) -> list[str]:
    value = block.get(name)
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []

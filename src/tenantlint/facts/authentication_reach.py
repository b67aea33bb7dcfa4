"""Whom a target of the authentication methods policy reaches: people for certain, and people who may be reached.

A target is a group, `all_users`, or one user; methods name several and exclude several, a feature of a method names
one of each. Where the members of a group are not known, whoever it may hold is reached perhaps.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tenantlint.facts.interface import FactContext
from tenantlint.facts.population import as_user
from tenantlint.model import JsonObject

ALL_USERS = "all_users"
NOBODY = "00000000-0000-0000-0000-000000000000"
# Stands for users whom the snapshot does not list, where its list of users is not whole.
OTHERS = "*"


@dataclass(frozen=True, slots=True)
class Reach:
    """Ids in lower case: `sure` are reached, `maybe` may be. `unknown`: what would tell."""

    sure: frozenset[str] = frozenset()
    maybe: frozenset[str] = frozenset()
    unknown: frozenset[str] = frozenset()

    def __or__(self, other: Reach) -> Reach:
        sure = self.sure | other.sure
        return Reach(sure, (self.maybe | other.maybe) - sure, self.unknown | other.unknown)

    def __sub__(self, other: Reach) -> Reach:
        sure = self.sure - other.sure - other.maybe
        maybe = (self.sure & other.maybe) | (self.maybe - other.sure)
        return Reach(sure, maybe, self.unknown | other.unknown)

    def without(self, ids: frozenset[str]) -> Reach:
        return Reach(self.sure - ids, self.maybe - ids, self.unknown)

    def perhaps(self, why: str) -> Reach:
        """The same people, none of them for certain."""
        return Reach(frozenset(), self.sure | self.maybe, self.unknown | {why})


class Targets:
    """Targets of one snapshot, as people."""

    def __init__(self, context: FactContext) -> None:
        self._context = context
        self._told: dict[Reach, dict[str, Any]] = {}
        self._ones: dict[tuple[str, str], Reach] = {}

    @cached_property
    def everybody(self) -> frozenset[str]:
        directory = self._context.directory
        return directory.user_ids if directory.users_known else directory.user_ids | {OTHERS}

    @cached_property
    def guests(self) -> frozenset[str]:
        users = self._context.snapshot.items("users")
        return frozenset(str(user.get("id")).lower() for user in users if str(user.get("userType")).lower() == "guest")

    @cached_property
    def members(self) -> Reach:
        """Everybody but guests."""
        return Reach(self.everybody - self.guests)

    @cached_property
    def _existing_groups(self) -> frozenset[str] | None:
        groups = self._context.snapshot.collection("groups")
        return frozenset(str(group.get("id")).lower() for group in groups.items) if groups.ok else None

    def status(self, target: JsonObject) -> str:
        """`ok`, `missing` for a group or user that no longer exists, `unknown` where its members are not known."""
        identity = _id(target)
        if identity in (ALL_USERS, NOBODY):
            return "ok"
        directory = self._context.directory
        if kind_of(target) == "user":
            if directory.user(identity) is not None:
                return "ok"
            return "missing" if directory.users_known else "unknown"
        membership = directory.members(identity)
        existing = self._existing_groups
        if membership.missing or (existing is not None and identity not in existing and not membership.known):
            return "missing"
        return "ok" if membership.known else "unknown"

    def exists(self, target: JsonObject) -> bool | None:
        """Whether the group or user is there; None where neither its members nor the list that it would be in tell."""
        status, identity = self.status(target), _id(target)
        if status != "unknown":
            return status == "ok"
        if kind_of(target) == "user" or self._existing_groups is None:
            return None
        return identity in self._existing_groups

    def name(self, target: JsonObject) -> str:
        principal = self._context.directory.principal(str(target.get("id") or ""))
        return principal.name or principal.id

    def one(self, target: JsonObject) -> Reach:
        """Whom one target reaches."""
        key = (kind_of(target), _id(target))
        if key not in self._ones:
            self._ones[key] = self._one(target)
        return self._ones[key]

    def _one(self, target: JsonObject) -> Reach:
        identity = _id(target)
        if identity == ALL_USERS:
            return Reach(self.everybody)
        if identity in ("", NOBODY):
            return Reach()
        status = self.status(target)
        if kind_of(target) == "user":
            return Reach(frozenset({identity})) if status != "missing" else Reach()
        if status == "unknown":
            return Reach(frozenset(), self.everybody, frozenset({f"the members of the group {self.name(target)}"}))
        return Reach(self._people(self._context.directory.members(identity).ids))

    def all(self, include: Iterable[JsonObject], exclude: Iterable[JsonObject]) -> Reach:
        """Whom the included targets reach, without those of the excluded ones."""
        found = Reach()
        for target in include:
            found |= self.one(target)
        for target in exclude:
            found -= self.one(target)
        return found

    def _people(self, ids: frozenset[str]) -> frozenset[str]:
        directory = self._context.directory
        if directory.users_known:
            return ids & directory.user_ids
        return frozenset(one for one in ids if directory.principal(one).kind in ("user", "unknown"))

    def told(self, reach: Reach) -> dict[str, Any]:
        """People as rules see them.

        `state`: `some` when anybody is reached for certain, else `perhaps`, else `nobody`. `count`: enabled accounts
        of the sure ones; `uncounted` when there are others whom the snapshot does not list; `everybody` when nobody
        is left out. `population`: the handle of the sure ones, of the possible ones where nobody is sure.
        """
        if reach not in self._told:
            self._told[reach] = self._tell(reach, f"authentication/{len(self._told)}")
        return self._told[reach]

    def _tell(self, reach: Reach, handle: str) -> dict[str, Any]:
        disabled = self._context.directory.disabled_ids
        sure, maybe = reach.sure - disabled, reach.maybe - disabled
        accounts = (sure or maybe) - {OTHERS}
        self._context.populations.later(handle, lambda: tuple(as_user(self._context, one) for one in sorted(accounts)))
        return {
            "state": "some" if sure else "perhaps" if maybe else "nobody",
            "everybody": bool(sure) and sure >= self.everybody - disabled,
            "count": len(sure - {OTHERS}),
            "uncounted": OTHERS in sure,
            "population": handle,
            "depends_on": [] if sure or not maybe else sorted(reach.unknown),
        }


def kind_of(target: Mapping[str, Any]) -> str:
    """`user` or `group`; a target without a type is a group, as the portal makes them."""
    return "user" if str(target.get("targetType")).lower() == "user" else "group"


def _id(target: Mapping[str, Any]) -> str:
    return str(target.get("id") or "").lower()

"""The people of a scenario: from names to cells, groups of people whom no policy tells apart.

A cell holds users of the directory, or stands for somebody whom the snapshot does not list: a member of a group
whose members are not known is then a person who is in this group and in no other that a policy names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from heapq import nsmallest

from tenantlint.conditional_access.applications import OTHER
from tenantlint.conditional_access.evaluate import Evaluator
from tenantlint.conditional_access.identities import Match
from tenantlint.conditional_access.people import Name, Side, names_of
from tenantlint.conditional_access.people import People as Universe
from tenantlint.conditional_access.policy import Policy, State
from tenantlint.conditional_access.scenarios.cells import Cell, Found
from tenantlint.conditional_access.scenarios.names import is_guid, unknown_name
from tenantlint.conditional_access.scenarios.scenario_file import People
from tenantlint.conditional_access.sign_in import NOBODY, SignIn
from tenantlint.conditional_access.tenant import Tenant
from tenantlint.directory import GUEST_TYPES
from tenantlint.directory.role_names import built_in_role_names
from tenantlint.yaml_document import Path as Place
from tenantlint.yaml_document import YamlDocument

# Guests and external users who have no account in this directory.
_OUTSIDE = ("b2bDirectConnectUser", "otherExternalUser", "serviceProvider")
# A home tenant that no policy names.
_ANOTHER_TENANT = "00000000-0000-0000-0000-000000000001"


class Persons:
    """Resolves people in one tenant. `emergency`: ids of the emergency accounts; None when none are declared."""

    def __init__(self, tenant: Tenant, emergency: frozenset[str] | None, document: YamlDocument) -> None:
        self._tenant = tenant
        self._emergency = emergency
        self._document = document
        self._cells: dict[People, tuple[Cell, ...]] = {}
        self._known: dict[People, Found] = {}
        self._matches: dict[Cell, Match] = {}
        self._shown: dict[str, str] = {}

    def cells(self, people: People) -> tuple[Cell, ...]:
        """The people in cells, in a fixed order; none when there is nobody. Raises InputError for an unknown name."""
        if people not in self._cells:
            self._cells[people] = tuple(self._divided(self._found(people)))
        return self._cells[people]

    def match(self, cell: Cell, evaluator: Evaluator) -> Match:
        """The policies that these people are in."""
        found = self._matches.get(cell)
        if found is None:
            nowhere = cell.signing_in(SignIn(resources=(OTHER,)))
            found = self._matches[cell] = evaluator.matches(nowhere)[0][1]
        return found

    def first_names(self, ids: Sequence[str], count: int) -> tuple[str, ...]:
        """The first of these users by name, as people know them."""
        names = nsmallest(count, ((self._name(one), one) for one in ids), key=lambda one: (one[0].casefold(), one))
        return tuple(name for name, _ in names)

    def _name(self, user_id: str) -> str:
        if user_id not in self._shown:
            directory = self._tenant.directory
            self._shown[user_id] = (directory.principal(user_id).name if directory else "") or user_id
        return self._shown[user_id]

    def _found(self, people: People) -> Found:
        if people not in self._known:
            found = self._named(people)
            self._known[people] = found - self._found(people.without) if people.without else found
        return self._known[people]

    def _named(self, people: People) -> Found:
        found = self._everyone() if people.everyone else Found()
        if people.emergency_accounts:
            found |= self._emergency_accounts(people.place)
        for value, place in people.users:
            found |= Found(frozenset({self._user(value, place)}))
        for value, place in people.groups:
            found |= self._members(self._group(value, place))
        for value, place in people.roles:
            found |= self._holders(self._role(value, place))
        for persona in people.personas:
            found |= self._found(persona.people)
        for kind in dict.fromkeys(GUEST_TYPES if "any" in people.guests else people.guests):
            found |= self._guests(kind)
        return found

    def _everyone(self) -> Found:
        universe = self._universe
        ids = frozenset(one for group in universe.classes for one in group.ids)
        names = {name for group in universe.classes if not group.ids and len(group.names) == 1 for name in group.names}
        names = {name for name in names if name[0] != "guest"}
        found = Found(ids, frozenset(names), others=not universe.known)
        for kind in _OUTSIDE if universe.known else GUEST_TYPES:
            found |= self._guests(kind)
        return found

    def _emergency_accounts(self, place: Place) -> Found:
        if not self._emergency:
            raise self._document.error(
                place,
                "no emergency accounts are declared",
                "declare them as exceptions of kind break_glass and give the register with --exceptions",
            )
        return Found(frozenset(one.casefold() for one in self._emergency))

    def _user(self, value: str, place: Place) -> str:
        key = value.casefold()
        directory = self._tenant.directory
        if directory is not None and directory.user(key) is not None:
            return key
        if key in self._users:
            return self._users[key]
        if is_guid(key) and (directory is None or not directory.users_known):
            return key
        if directory is None or not directory.users_known:
            raise self._document.error(
                place,
                f"the snapshot does not list users, so that `{value}` is not known",
                "write the object id of the user",
            )
        raise unknown_name(self._document, place, "user", value, sorted(self._users))

    @cached_property
    def _users(self) -> Mapping[str, str]:
        """User principal names to ids, both in lower case."""
        directory = self._tenant.directory
        items = directory.snapshot.collection("users").items if directory else ()
        return {
            name.casefold(): identity.casefold()
            for one in items
            if isinstance(name := one.get("userPrincipalName"), str) and isinstance(identity := one.get("id"), str)
        }

    def _group(self, value: str, place: Place) -> str:
        key = value.casefold()
        if key in self._group_names:
            return key
        found = sorted(one for one, name in self._group_names.items() if name.casefold() == key)
        if len(found) == 1:
            return found[0]
        if found:
            raise self._document.error(
                place, f"{len(found)} groups are named `{value}`", f"write one of the ids {', '.join(found)}"
            )
        directory = self._tenant.directory
        whole = directory is not None and directory.snapshot.collection("groups").ok
        if is_guid(key) and (not whole or key in self._ids_of("group")):
            return key
        raise unknown_name(self._document, place, "group", value, sorted({*self._group_names.values()} - {""}))

    @cached_property
    def _group_names(self) -> Mapping[str, str]:
        """Group ids in lower case to names."""
        directory = self._tenant.directory
        items = directory.snapshot.collection("groups").items if directory else ()
        return {
            identity.casefold(): str(one.get("displayName") or "")
            for one in items
            if isinstance(identity := one.get("id"), str)
        }

    def _members(self, group: str) -> Found:
        directory = self._tenant.directory
        membership = directory.members(group) if directory else None
        if membership is not None and (membership.known or membership.missing):
            return Found(membership.ids)
        return Found(names=frozenset({("group", group)}))

    def _role(self, value: str, place: Place) -> str:
        key = value.casefold()
        if key in self._role_names:
            return key
        found = sorted(one for one, name in self._role_names.items() if name.casefold() == key)
        if found:
            return found[0]
        if is_guid(key):
            return key
        raise unknown_name(self._document, place, "role", value, sorted({*self._role_names.values()} - {""}))

    @cached_property
    def _role_names(self) -> Mapping[str, str]:
        """Role template ids to names: of the snapshot, then the published ones."""
        directory = self._tenant.directory
        own = directory.roles(directory.snapshot.collected_at).names if directory else {}
        return built_in_role_names() | {key: name for key, name in own.items() if name}

    def _holders(self, role: str) -> Found:
        directory = self._tenant.directory
        holders = directory.roles(directory.snapshot.collected_at).active_holders(role) if directory else None
        return Found(names=frozenset({("role", role)})) if holders is None else Found(holders)

    def _guests(self, kind: str) -> Found:
        """The accounts of a guest type; and a person of each kind that policies tell apart, who has none."""
        directory = self._tenant.directory
        known = directory is not None and directory.users_known
        ids = frozenset(directory.guests(kind)) if directory is not None and known else frozenset()
        if known and kind not in _OUTSIDE:
            return Found(ids)
        own = {("guest", kind)} | {name for name in self._names if name[:2] == ("guest", kind)}
        return Found(ids, frozenset(own))

    def _divided(self, found: Found) -> Iterator[Cell]:
        classes: dict[int, list[str]] = {}
        strangers = []
        for one in found.ids:
            index = self._class_of.get(one)
            if index is not None:
                classes.setdefault(index, []).append(one)
            elif not self._universe.known:
                strangers.append(one)
        # Where the users are not known, people in nothing that a policy names are alike.
        lists = sorted(tuple(sorted(ids)) for ids in (*classes.values(), strangers) if ids)
        yield from (Cell(SignIn(user_id=ids[0]), ids) for ids in lists)
        if found.others:
            yield Cell(SignIn(member_of=(), roles=(), external_user_type=NOBODY), label="any other user")
        for name in sorted(found.names):
            yield Cell(self._somebody(name), label=self._label(name))

    def _somebody(self, name: Name) -> SignIn:
        kind, identity = name[0], name[1]
        if kind == "user":
            return SignIn(user_id=identity)
        if kind == "guest":
            tenants = any(len(one) == 3 and one[1] == identity for one in self._names)
            tenant = name[2] if len(name) == 3 else _ANOTHER_TENANT if tenants else None
            return SignIn(member_of=(), roles=(), external_user_type=identity, external_tenant_id=tenant)
        return SignIn(
            member_of=(identity,) if kind == "group" else (),
            roles=(identity,) if kind == "role" else (),
            external_user_type=NOBODY,
        )

    def _label(self, name: Name) -> str:
        kind, identity = name[0], name[1]
        if kind == "group":
            return f"a member of {self._group_names.get(identity) or identity}"
        if kind == "role":
            return f"a holder of {self._role_names.get(identity) or identity}"
        if kind == "guest":
            one = f"{'an' if identity[0] in 'aeio' else 'a'} {identity}"
            return f"{one} of {name[2]}" if len(name) == 3 else one
        return identity

    @cached_property
    def _names(self) -> frozenset[Name]:
        return frozenset(
            name for one in self._policies for part in (one.include, one.exclude) for name in names_of(part)
        )

    def _ids_of(self, kind: str) -> frozenset[str]:
        return frozenset(name[1] for name in self._names if name[0] == kind)

    @cached_property
    def _policies(self) -> tuple[Policy, ...]:
        """Every policy for users that somebody has switched on, if only to report."""
        own = [one for one in self._tenant.policies if one.state is not State.DISABLED and one.subject == "users"]
        return (*own, *(one for one in self._tenant.enforced if one not in own))

    @cached_property
    def _universe(self) -> Universe:
        return Universe([Side(self._policies, self._tenant.directory)])

    @cached_property
    def _class_of(self) -> Mapping[str, int]:
        return {one: index for index, group in enumerate(self._universe.classes) for one in group.ids}

"""The tenant's objects, indexed once, in an order that means nothing."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from tests.emulator.graph import shapes, sign_ins
from tests.emulator.world import World

from tenantlint.snapshot import identity_of, spec_of
from tenantlint.sources.licences import licences_of

Item = Mapping[str, Any]

# Collections whose objects can be members of groups, and their types.
_PRINCIPALS = {"users": "user", "groups": "group", "service_principals": "servicePrincipal"}
_BLANKED = "You have 0 of 0 users that are not covered."


class Store:
    """Objects by collection and version. What is asked for first is prepared first, and kept."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._changed: dict[str, Sequence[Item]] = {}
        self._forget()

    def _forget(self) -> None:
        self._orders: dict[str, Sequence[Item]] = {}
        self._groups: dict[str, Sequence[Item]] = {}
        self._shaped: dict[tuple[str, str, bool], Sequence[Item]] = {}
        self._by_id: dict[tuple[str, str, bool], dict[str, Item]] = {}
        self._by_parent: dict[tuple[str, str], dict[str, list[Item]]] = {}
        for name in ("activity", "sign_ins", "principals"):
            self.__dict__.pop(name, None)

    def change(self, collection: str, items: Sequence[Item]) -> None:
        """Put other objects, in this order, in the place of a collection's: the tenant has changed this moment."""
        self._forget()
        self._changed[collection] = items

    def stored(self, collection: str) -> Sequence[Item]:
        """The objects as the snapshot has them, or as they were changed."""
        found = self._changed.get(collection)
        return self._world.items(collection) if found is None else found

    def items(self, collection: str, version: str, *, whole: bool = True) -> Sequence[Item]:
        """All objects as the version shows them. `whole`: with enum members newer than the client."""
        key = (collection, version, whole or collection not in shapes.EVOLVING)
        if key not in self._shaped:
            shown = [shapes.version_of(collection, item, version) for item in self._ordered(collection)]
            self._shaped[key] = shown if key[2] else [shapes.older(item) for item in shown]
        return self._shaped[key]

    def find(self, collection: str, identity: str, version: str, *, whole: bool = True) -> Item | None:
        key = (collection, version, whole)
        if key not in self._by_id:
            spec = spec_of(collection)
            self._by_id[key] = {
                identity_of(spec, item).lower(): item for item in self.items(collection, version, whole=whole)
            }
        return self._by_id[key].get(identity.lower())

    def of_parent(self, collection: str, key: str, parent: str) -> Sequence[Item]:
        """Objects of a collection whose member `key` names this parent, as stored."""
        index = (collection, key)
        if index not in self._by_parent:
            found: dict[str, list[Item]] = {}
            for item in self._ordered(collection):
                found.setdefault(str(item.get(key)).lower(), []).append(item)
            self._by_parent[index] = found
        return self._by_parent[index].get(parent.lower(), ())

    def groups_with(self, collection: str) -> Sequence[Item]:
        """The groups, and those that only this list by type has: each once, with all that is known of it."""
        if collection not in self._groups:
            found: dict[str, Item] = {}
            for item in (*self._ordered(collection), *self._ordered("groups")):
                identity = str(item.get("id")).lower()
                found[identity] = {**item, **found.get(identity, {})}
            self._groups[collection] = list(found.values())
        return self._groups[collection]

    @cached_property
    def activity(self) -> Sequence[Item]:
        """Users with their last sign-in; those who never signed in have none."""
        rows = {str(row.get("id")).lower(): row for row in self.stored("user_sign_in_activity")}
        known = [{**user, **rows.pop(str(user.get("id")).lower(), {})} for user in self._ordered("users")]
        return [*known, *rows.values()]

    @cached_property
    def sign_ins(self) -> sign_ins.Records:
        return sign_ins.Records(self.stored("sign_ins"), self._world.snapshot.collected_at)

    @cached_property
    def principals(self) -> Mapping[str, tuple[str, Item]]:
        """Type and object of everything that can be a member, by id."""
        found: dict[str, tuple[str, Item]] = {}
        for collection, kind in _PRINCIPALS.items():
            for item in self.stored(collection):
                found[str(item.get("id")).lower()] = (kind, item)
        return found

    def shuffled(self, name: str, items: Sequence[Any]) -> list[Any]:
        """The same objects in an order that the seed and the name decide."""
        mixed = list(items)
        random.Random(f"{self._world.seed}/{name}").shuffle(mixed)
        return mixed

    def _ordered(self, collection: str) -> Sequence[Item]:
        if collection not in self._orders:
            items = self.stored(collection)
            if collection == "secure_scores":
                self._orders[collection] = _days(items)
            elif collection == "subscribed_skus" and self._world.lost:
                self._orders[collection] = [_without(sku, self._world.lost) for sku in items]
            else:
                changed = collection in self._changed
                self._orders[collection] = items if changed else self.shuffled(collection, items)
        return self._orders[collection]


def _days(items: Sequence[Item]) -> list[Item]:
    """Newest first; on older days the texts of controls have lost their numbers."""
    days = sorted(items, key=lambda item: str(item.get("createdDateTime")), reverse=True)
    return [*days[:1], *(_older(day) for day in days[1:])]


def _older(day: Item) -> Item:
    controls = [
        {**one, "implementationStatus": one.get("implementationStatus") or _BLANKED}
        for one in day.get("controlScores") or ()
    ]
    return {**day, "controlScores": controls}


def _without(sku: Item, lost: frozenset[str]) -> Item:
    """A subscription whose plans for these licences are switched off."""
    plans = [
        {**plan, "provisioningStatus": "Disabled"} if licences_of([plan["servicePlanName"]]) & lost else plan
        for plan in sku.get("servicePlans") or ()
    ]
    return {**sku, "servicePlans": plans}

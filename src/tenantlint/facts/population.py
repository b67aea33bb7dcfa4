"""How a fact speaks of many principals: count, a few names, and a handle under which all of them are kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from tenantlint.facts.interface import FactContext
from tenantlint.model import Principal

NAMES_SHOWN = 10


def population(context: FactContext, handle: str, principals: Iterable[Principal]) -> dict[str, Any]:
    """Keep the principals under the handle, and say how many they are.

    `count` leaves disabled accounts out (`disabled` has those); accounts of which the snapshot does not tell
    whether they are enabled are counted, and told again as `enabled_unknown`.
    """
    members = tuple(sorted(set(principals), key=lambda one: (one.kind, one.name.casefold(), one.id)))
    context.populations[handle] = members
    disabled = sum(one.enabled is False for one in members)
    return {
        "population": handle,
        "count": len(members) - disabled,
        "disabled": disabled,
        "enabled_unknown": sum(one.enabled is None for one in members),
        "names": [one.name or one.id for one in members if one.enabled is not False][:NAMES_SHOWN],
    }


def as_user(context: FactContext, user: str) -> Principal:
    """The principal behind an id that a condition for users names: a user, where the snapshot does not tell."""
    found = context.directory.principal(user)
    return replace(found, kind="user") if found.kind == "unknown" else found


def as_json(principal: Principal) -> dict[str, Any]:
    """A principal as rules see it, and as a finding may give it back."""
    return {"id": principal.id, "kind": principal.kind, "name": principal.name, "enabled": principal.enabled}

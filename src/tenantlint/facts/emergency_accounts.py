"""The fact `emergency_accounts`: the accounts that the exception register declares as break glass."""

from __future__ import annotations

from typing import Any

from tenantlint.facts.interface import Fact, FactContext


def emergency_ids(context: FactContext) -> frozenset[str]:
    """The declared emergency accounts, in lower case; a declared group stands for its members as well."""
    found: set[str] = set()
    for declared in context.break_glass:
        found.add(declared.lower())
        found |= context.directory.members(declared).ids
    return frozenset(found)


def compute(context: FactContext) -> list[dict[str, Any]]:
    """One object a declared id: what it is, and what the snapshot tells of it.

    `exists` is None where the list of users is not whole; `cloud_only` and `enabled` where the account's object
    does not tell.
    """
    found = []
    for declared in sorted(context.break_glass, key=str.lower):
        principal = context.directory.principal(declared)
        user = context.directory.user(declared)
        if principal.kind != "unknown":
            exists: bool | None = True
        elif context.directory.members(declared).known:
            exists = True
        else:
            exists = False if context.directory.users_known else None
        found.append(
            {
                "id": principal.id,
                "kind": principal.kind,
                "name": principal.name,
                "enabled": principal.enabled,
                "exists": exists,
                "cloud_only": None
                if user is None or "onPremisesSyncEnabled" not in user
                else user["onPremisesSyncEnabled"] is not True,
            }
        )
    return found


FACTS = (Fact("emergency_accounts", ("users", "groups", "group_members"), compute),)

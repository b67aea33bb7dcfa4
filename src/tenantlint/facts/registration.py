"""The fact `registration`: who registered methods, by Microsoft's report of registered methods.

```
{"members": n,                # enabled members that the report lists
 "mfa": {"without": PEOPLE, "new": n, "untold": n},
 "reset": {"without": PEOPLE, "new": n, "untold": n},
 "unlisted": PEOPLE,          # enabled members, no newcomers, whom the report does not list
 "accounts_known": bool}      # whether the list of users is whole, so that disabled accounts are known
```

PEOPLE is a population (facts/population.py). `new`: accounts made within the last 14 days before the snapshot, who may
still be on their way through registration; they are in `without` of neither. `untold`: rows that do not say.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from tenantlint.directory import moment
from tenantlint.facts.interface import Fact, FactContext
from tenantlint.facts.population import as_user, population
from tenantlint.model import JsonObject, Principal

_REPORT = "user_registration_details"
GRACE = timedelta(days=14)


def compute(context: FactContext) -> dict[str, Any]:
    """Members of the report by what they registered; guests register in their own tenants."""
    rows = [row for row in context.snapshot.items(_REPORT) if _member(context, row)]
    listed = {_id(row) for row in rows}
    return {
        "members": len(rows),
        "mfa": _about(context, rows, "isMfaCapable", "mfa"),
        "reset": _about(context, rows, "isSsprCapable", "reset"),
        "unlisted": population(context, "registration/unlisted", _unlisted(context, listed)),
        "accounts_known": context.directory.users_known,
    }


def _about(context: FactContext, rows: Iterable[JsonObject], switch: str, name: str) -> dict[str, Any]:
    without: list[Principal] = []
    new = untold = 0
    for row in rows:
        value = row.get(switch)
        if value is True:
            continue
        if not isinstance(value, bool):
            untold += 1
        elif _new(context, _id(row)):
            new += 1
        else:
            without.append(_principal(context, row))
    return {"without": population(context, f"registration/{name}", without), "new": new, "untold": untold}


def _member(context: FactContext, row: JsonObject) -> bool:
    """An enabled member; where the account is not known, by what the report says of it."""
    user = context.directory.user(_id(row))
    if user is None:
        return bool(_id(row)) and not context.directory.users_known and not _guest(row)
    return user.get("accountEnabled") is not False and not _guest(user)


def _unlisted(context: FactContext, listed: set[str]) -> list[Principal]:
    return [
        as_user(context, str(user["id"]))
        for user in context.snapshot.items("users")
        if _id(user)
        and _id(user) not in listed
        and user.get("accountEnabled") is True
        and not _guest(user)
        and not _new(context, _id(user))
    ]


def _new(context: FactContext, identity: str) -> bool:
    user = context.directory.user(identity)
    created = moment(user.get("createdDateTime")) if user is not None else None
    return created is not None and created > context.judged_at - GRACE


def _principal(context: FactContext, row: JsonObject) -> Principal:
    """The account; where the snapshot has none, what the report calls it."""
    if context.directory.user(_id(row)) is not None:
        return as_user(context, _id(row))
    name = row.get("userDisplayName") or row.get("userPrincipalName") or ""
    return Principal(id=str(row.get("id")), kind="user", name=str(name))


def _guest(item: JsonObject) -> bool:
    return str(item.get("userType")).lower() == "guest"


def _id(item: JsonObject) -> str:
    return str(item.get("id") or "").lower()


FACTS = (Fact("registration", (_REPORT, "users"), compute),)

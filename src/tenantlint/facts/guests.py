"""The fact `guests`: guest accounts that nobody uses, and outsiders who were made members.

```
{"enabled": n,
 "pending": [{"id", "name", "days": n}],          # invited so many days ago and never accepted
 "idle": [{"id", "name", "days": n, "never": bool}],  # days since the last sign-in, or since the account was made
 "untold": PEOPLE,                                # accepted, and the snapshot does not tell when they signed in
 "members": [{"id", "name", "domain"}],           # outsiders whose account is a member's
 "users_known": bool}
```

Only enabled accounts; lists leave out who was invited within the last `PENDING_FROM` days, or signed in within the
last `IDLE_FROM`: checks ask for more than that. An outsider's account has `#EXT#` in its user principal name; `domain`
is that of the mail address. PEOPLE is a population (facts/population.py).
"""

from __future__ import annotations

from typing import Any

from tenantlint.facts.interface import Fact, FactContext
from tenantlint.facts.population import as_user, population
from tenantlint.facts.sign_in_activity import Activity, days_since
from tenantlint.model import JsonObject

PENDING_FROM = 7
IDLE_FROM = 14
_OUTSIDER = "#ext#"


def compute(context: FactContext) -> dict[str, Any]:
    """The fact, as the module describes it."""
    activity = Activity(context)
    pending, idle, untold, members = [], [], [], []
    enabled = 0
    for user in context.snapshot.items("users"):
        if user.get("accountEnabled") is False:
            continue
        if str(user.get("userType")).lower() != "guest":
            if _OUTSIDER in str(user.get("userPrincipalName")).lower():
                members.append({**_about(user), "domain": _domain(user)})
            continue
        enabled += 1
        made = days_since(context, user.get("createdDateTime"))
        if str(user.get("externalUserState")).lower() == "pendingacceptance":
            if made is not None and made > PENDING_FROM:
                pending.append({**_about(user), "days": made})
            continue
        row = _idle(context, activity, user, made)
        if row is None:
            untold.append(as_user(context, str(user.get("id"))))
        elif row["days"] > IDLE_FROM:
            idle.append(row)
    return {
        "enabled": enabled,
        "pending": sorted(pending, key=_order),
        "idle": sorted(idle, key=_order),
        "untold": population(context, "guests/untold", untold),
        "members": sorted(members, key=_order),
        "users_known": context.directory.users_known,
    }


def _idle(context: FactContext, activity: Activity, user: JsonObject, made: int | None) -> dict[str, Any] | None:
    """How long an account was not used; one that never was is as old as itself."""
    identity = str(user.get("id"))
    if not activity.told(identity):
        return None
    last = days_since(context, activity.last(identity))
    days = made if last is None else last
    return None if days is None else {**_about(user), "days": days, "never": last is None}


def _about(user: JsonObject) -> dict[str, Any]:
    return {"id": str(user.get("id")), "name": str(user.get("displayName") or user.get("userPrincipalName") or "")}


def _domain(user: JsonObject) -> str:
    return str(user.get("mail") or "").rpartition("@")[2].lower()


def _order(row: dict[str, Any]) -> tuple[str, str]:
    return str(row["name"]).casefold(), str(row["id"])


FACTS = (Fact("guests", ("users", "user_sign_in_activity"), compute),)

"""The fact `application_owners`: who owns applications, and whether they can answer an MFA request.

```
{"of_principal": {ID in lower case: [OWNER with "of": ["application" | "servicePrincipal", ...]]},
 "people": [OWNER with "applications": [names], "guest": bool, "mfa": bool | null]}
OWNER: {"id", "kind", "name", "enabled": bool | null}
```

`of_principal` joins the owners of a service principal with those of its registration: either may add a secret, by
which the application signs in. A registration without a principal here has power nowhere in the tenant. `people` are
users (and ids of which the snapshot does not tell what they are) who own anything; `mfa` is isMfaCapable of
Microsoft's report, null where the report does not list them or does not say.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tenantlint.facts.interface import Fact, FactContext
from tenantlint.facts.population import as_json
from tenantlint.model import JsonObject

_OWNED = (("applications", "application"), ("service_principals", "servicePrincipal"))
_OWNERS = {"application": "application_owners", "servicePrincipal": "service_principal_owners"}


def compute(context: FactContext) -> dict[str, Any]:
    """The fact, as the module describes it."""
    principal_of = {str(item.get("appId")).lower(): _id(item) for item in context.snapshot.items("service_principals")}
    of_principal: dict[str, dict[str, set[str]]] = {}
    owned: dict[str, set[str]] = {}
    for kind, item, owners in _lists(context):
        principal = _id(item) if kind == "servicePrincipal" else principal_of.get(str(item.get("appId")).lower())
        for owner in owners:
            if principal is not None:
                of_principal.setdefault(principal, {}).setdefault(owner, set()).add(kind)
            owned.setdefault(owner, set()).add(str(item.get("displayName") or item.get("id")))
    return {
        "of_principal": {
            principal: sorted(
                ({**_owner(context, owner), "of": sorted(kinds)} for owner, kinds in found.items()), key=_order
            )
            for principal, found in sorted(of_principal.items())
        },
        "people": list(_people(context, owned)),
    }


def _lists(context: FactContext) -> Iterator[tuple[str, JsonObject, list[str]]]:
    """Kind, object and owners' ids of everything that is owned and still there."""
    for collection, kind in _OWNED:
        lines = {_id(line): line.get("owners") for line in context.snapshot.items(_OWNERS[kind])}
        for item in context.snapshot.items(collection):
            owners = lines.get(_id(item))
            if isinstance(owners, list):
                yield kind, item, [one.lower() for one in owners if isinstance(one, str) and one]


def _people(context: FactContext, owned: dict[str, set[str]]) -> Iterator[dict[str, Any]]:
    rows = {_id(row): row for row in context.snapshot.items("user_registration_details")}
    people = [(owner, names) for owner, names in owned.items() if _owner(context, owner)["kind"] in ("user", "unknown")]
    for owner, names in sorted(people, key=lambda one: _order(_owner(context, one[0]))):
        capable = rows.get(owner, {}).get("isMfaCapable")
        user = context.directory.user(owner) or {}
        yield {
            **_owner(context, owner),
            "applications": sorted(names, key=str.casefold),
            "guest": str(user.get("userType")).lower() == "guest",
            "mfa": capable if isinstance(capable, bool) else None,
        }


def _owner(context: FactContext, owner: str) -> dict[str, Any]:
    return as_json(context.directory.principal(owner))


def _order(owner: dict[str, Any]) -> tuple[str, str]:
    return str(owner["name"]).casefold(), str(owner["id"])


def _id(item: JsonObject) -> str:
    return str(item.get("id") or "").lower()


FACTS = (
    Fact(
        "application_owners",
        (
            "applications",
            "application_owners",
            "service_principals",
            "service_principal_owners",
            "user_registration_details",
            "users",
        ),
        compute,
    ),
)

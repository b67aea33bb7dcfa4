"""The fact `delegated_grants`: what applications were granted for everybody who signs in to them.

```
{"applications": [{"id", "name", "enabled": bool | null, "origin": "own" | "foreign" | "microsoft" | "unknown",
                   "grants": [...], "takeover": [scopes], "data": [scopes]}]}
```

Only grants for all users (consentType AllPrincipals) with a scope of policies/data/application_permissions.json count;
what single users granted is theirs. A client that the snapshot does not have is named by its id.
"""

from __future__ import annotations

from typing import Any

from tenantlint.facts.application_permissions import permissions_data
from tenantlint.facts.application_power import MICROSOFT_TENANTS
from tenantlint.facts.interface import Fact, FactContext
from tenantlint.model import JsonObject


def compute(context: FactContext) -> dict[str, Any]:
    """Applications with strong scopes for everybody, by name."""
    kinds = {scope.lower(): kind for kind, scopes in permissions_data()["scopes"].items() for scope in scopes}
    found: dict[str, dict[str, set[str]]] = {}
    for grant in context.snapshot.items("oauth2_permission_grants"):
        if str(grant.get("consentType")).lower() != "allprincipals":
            continue
        strong = {scope for scope in str(grant.get("scope") or "").split() if scope.lower() in kinds}
        if strong:
            client = found.setdefault(
                str(grant.get("clientId")).lower(), {"grants": set(), "takeover": set(), "data": set()}
            )
            client["grants"].add(str(grant.get("id")))
            for scope in strong:
                client[kinds[scope.lower()]].add(scope)
    principals = {
        str(one.get("id")).lower(): one
        for one in (context.snapshot.items("service_principals") if found else ())
        if str(one.get("id")).lower() in found
    }
    rows = [
        {**_about(context, client, principals.get(client)), **{name: sorted(of) for name, of in told.items()}}
        for client, told in found.items()
    ]
    return {"applications": sorted(rows, key=lambda row: (row["name"].casefold(), row["id"]))}


def _about(context: FactContext, client: str, principal: JsonObject | None) -> dict[str, Any]:
    if principal is None:
        return {"id": client, "name": "", "enabled": None, "origin": "unknown"}
    owner = str(principal.get("appOwnerOrganizationId") or "").lower()
    own = owner == context.snapshot.tenant.id.lower()
    enabled = principal.get("accountEnabled")
    return {
        "id": str(principal.get("id")),
        "name": str(principal.get("displayName") or ""),
        "enabled": enabled if isinstance(enabled, bool) else None,
        "origin": ("microsoft" if owner in MICROSOFT_TENANTS else "own" if own else "foreign") if owner else "unknown",
    }


FACTS = (Fact("delegated_grants", ("oauth2_permission_grants", "service_principals"), compute),)

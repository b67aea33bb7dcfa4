"""The facts `application_power`, `application_credentials` and `third_party_storage`: what applications can do.

```
application_power: {"applications": [POWER], "unknown_permissions": [UNKNOWN], "roles_known": bool}
POWER: {"id", "name", "app_id", "enabled": bool | null, "origin": "own" | "foreign" | "microsoft" | "unknown",
        "permissions": [{"id", "name", "resource", "path": "direct" | "indirect" | "data", "because"}],
        "roles": [{"template_id", "name", "tier", "state", "via": [...]}],
        "passwords": [CREDENTIAL], "certificates": [CREDENTIAL], "credentials_known": bool}
UNKNOWN: {"id", "name", "app_id", "enabled": bool | null, "origin", "permissions": [{"id", "resource"}]}

application_credentials: {"holders": [{"kind", "id", "name", "app_id", "enabled": bool | null, "origin",
                                       "passwords": [CREDENTIAL], "untold": [names of lists]}]}
third_party_storage: {"id": str | null, "name", "enabled": bool | null}
CREDENTIAL: {"key_id", "name", "holder": kind, "ends": str | null, "days": n | null, "expired": bool}
```

`applications` are service principals that hold a directory role that is privileged, or an application permission of
policies/data/application_permissions.json. Their credentials are those of the principal and of its registration;
`unknown_permissions` are principals with permissions of which the shipped lists do not tell what they reach.
`credentials_known` is false where the registration of one of the tenant's own is not in the snapshot. `origin` goes by
the tenant that publishes the application. `days` is the length from start to end, null where either is missing.
Passwords of a principal that signs SAML tokens protect its signing key and open no door; they are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tenantlint.directory import moment
from tenantlint.facts.application_permissions import granted
from tenantlint.facts.interface import Fact, FactContext
from tenantlint.facts.privileged_access import role_tiers
from tenantlint.model import JsonObject

# The tenants under which Microsoft publishes its own applications.
MICROSOFT_TENANTS = frozenset({"f8cdef31-a31e-4b4a-93e4-5f571e91255a", "72f988bf-86f1-41af-91ab-2d7cd011db47"})
_SECONDS_A_DAY = 86_400
_THIRD_PARTY_STORAGE = "c1f33bc0-bdb4-4248-ba9b-096807ddb43e"


def power(context: FactContext) -> dict[str, Any]:
    """The fact `application_power`."""
    held = granted(context)
    permissions = {principal: _ordered(one.strong) for principal, one in held.items() if one.strong}
    unknown = {principal: _ordered(one.unknown) for principal, one in held.items() if one.unknown}
    roles = _held_roles(context)
    registrations = _registrations(context)
    registered = context.snapshot.collection("applications").ok
    return {
        "applications": [
            _power(context, principal, permissions.get(_id(principal), []), roles.get(_id(principal), []))
            | _credentials(context, principal, registrations.get(_app_id(principal)), whole=registered)
            for principal in sorted(context.snapshot.items("service_principals"), key=_order)
            if _id(principal) in permissions or _id(principal) in roles
        ],
        "unknown_permissions": [
            {**_about(context, principal, "servicePrincipal"), "permissions": unknown[_id(principal)]}
            for principal in sorted(context.snapshot.items("service_principals"), key=_order)
            if _id(principal) in unknown
        ],
        "roles_known": context.directory.roles(context.judged_at).sources.active is not None,
    }


def credentials(context: FactContext) -> dict[str, Any]:
    """The fact `application_credentials`: every registration and principal that has a password, or may have one."""
    holders = []
    for name, kind in (("applications", "application"), ("service_principals", "servicePrincipal")):
        for item in sorted(context.snapshot.items(name), key=_order):
            untold = [] if isinstance(item.get("passwordCredentials"), list) else ["passwordCredentials"]
            passwords = _passwords(context, item, kind)
            if passwords or untold:
                holders.append(
                    {
                        **_about(context, item, kind),
                        "passwords": passwords,
                        "untold": untold,
                    }
                )
    return {"holders": holders}


def third_party_storage(context: FactContext) -> dict[str, Any]:
    """The principal by which Microsoft 365 on the web opens storage of others; no id where the tenant has none."""
    for item in context.snapshot.items("service_principals"):
        if _app_id(item) == _THIRD_PARTY_STORAGE:
            enabled = item.get("accountEnabled")
            name = str(item.get("displayName") or "")
            return {"id": str(item.get("id")), "name": name, "enabled": enabled if isinstance(enabled, bool) else None}
    return {"id": None, "name": "", "enabled": None}


def _about(context: FactContext, item: JsonObject, kind: str) -> dict[str, Any]:
    enabled = item.get("accountEnabled")
    return {
        "kind": kind,
        "id": str(item.get("id") or ""),
        "name": str(item.get("displayName") or ""),
        "app_id": _app_id(item),
        "enabled": enabled if isinstance(enabled, bool) else None,
        "origin": "own" if kind == "application" else _origin(context, item),
    }


def _origin(context: FactContext, principal: JsonObject) -> str:
    owner = str(principal.get("appOwnerOrganizationId") or "").lower()
    if owner in MICROSOFT_TENANTS:
        return "microsoft"
    if not owner:
        own = str(principal.get("servicePrincipalType")) in ("ManagedIdentity", "Legacy")
        return "own" if own else "unknown"
    return "own" if owner == context.snapshot.tenant.id.lower() else "foreign"


def _power(
    context: FactContext,
    principal: JsonObject,
    permissions: list[dict[str, str]],
    roles: list[dict[str, Any]],
) -> dict[str, Any]:
    return {**_about(context, principal, "servicePrincipal"), "permissions": permissions, "roles": roles}


def _ordered(permissions: Mapping[tuple[str, str], dict[str, str]]) -> list[dict[str, str]]:
    return sorted(permissions.values(), key=lambda one: (one.get("name", ""), one["resource"], one["id"]))


def _held_roles(context: FactContext) -> dict[str, list[dict[str, Any]]]:
    """Id of a principal to its privileged directory roles for the whole tenant, direct or through groups."""
    tiers = role_tiers(context)
    roles = context.directory.roles(context.judged_at)
    found: dict[str, dict[tuple[str, str], dict[str, Any]]] = {}
    for item in roles.assignments:
        if item.role_template_id not in tiers or not item.tenant_wide:
            continue
        name, tier = tiers[item.role_template_id]
        for holding in roles.holders(item):
            if holding.principal.kind == "servicePrincipal":
                found.setdefault(holding.principal.id.lower(), {}).setdefault(
                    (item.role_template_id, holding.kind),
                    {
                        "template_id": item.role_template_id,
                        "name": name,
                        "tier": tier,
                        "state": holding.kind,
                        "via": list(holding.via),
                    },
                )
    return {
        principal: sorted(held.values(), key=lambda one: (one["name"], one["state"]))
        for principal, held in found.items()
    }


def _registrations(context: FactContext) -> dict[str, JsonObject]:
    return {_app_id(item): item for item in context.snapshot.items("applications") if _app_id(item)}


def _credentials(
    context: FactContext, principal: JsonObject, registration: JsonObject | None, *, whole: bool
) -> dict[str, Any]:
    holders = [(principal, "servicePrincipal")]
    if registration is not None:
        holders.append((registration, "application"))
    elsewhere = _origin(context, principal) in ("foreign", "microsoft")
    own_lists = isinstance(principal.get("passwordCredentials"), list)
    return {
        "passwords": [one for item, kind in holders for one in _passwords(context, item, kind)],
        "certificates": [one for item, kind in holders for one in _listed(context, item, "keyCredentials", kind)],
        "credentials_known": own_lists and (registration is not None or elsewhere or whole),
    }


def _passwords(context: FactContext, item: JsonObject, kind: str) -> list[dict[str, Any]]:
    if kind == "servicePrincipal" and any(one.get("usage") == "Sign" for one in _objects(item, "keyCredentials")):
        return []
    return _listed(context, item, "passwordCredentials", kind)


def _listed(context: FactContext, item: JsonObject, name: str, kind: str) -> list[dict[str, Any]]:
    return [_credential(context, one, kind) for one in _objects(item, name)]


def _objects(item: JsonObject, name: str) -> Iterator[JsonObject]:
    listed = item.get(name)
    return (one for one in (listed if isinstance(listed, list) else ()) if isinstance(one, Mapping))


def _credential(context: FactContext, one: JsonObject, kind: str) -> dict[str, Any]:
    starts, ends = moment(one.get("startDateTime")), moment(one.get("endDateTime"))
    length = None if starts is None or ends is None else int((ends - starts).total_seconds() // _SECONDS_A_DAY)
    return {
        "key_id": str(one.get("keyId") or ""),
        "name": str(one.get("displayName") or ""),
        "holder": kind,
        "ends": None if ends is None else str(one.get("endDateTime")),
        "days": length,
        "expired": ends is not None and ends <= context.judged_at,
    }


def _id(item: JsonObject) -> str:
    return str(item.get("id") or "").lower()


def _app_id(item: JsonObject) -> str:
    return str(item.get("appId") or "").lower()


def _order(item: JsonObject) -> tuple[str, str]:
    return str(item.get("displayName") or "").casefold(), _id(item)


FACTS = (
    Fact(
        "application_power",
        (
            "service_principals",
            "applications",
            "app_role_assignments",
            "role_assignments",
            "role_assignment_schedule_instances",
            "role_eligibility_schedule_instances",
            "role_definitions",
            "groups",
            "group_members",
        ),
        power,
    ),
    Fact("application_credentials", ("applications", "service_principals"), credentials),
    Fact("third_party_storage", ("service_principals",), third_party_storage),
)

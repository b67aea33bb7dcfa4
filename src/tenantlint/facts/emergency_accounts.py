"""The fact `emergency_accounts`: the accounts that the exception register declares as break glass.

```
[{"id", "kind", "name", "enabled", "exists": bool | null, "cloud_only": bool | null,
  "anchored": bool | null, "upn": str, "federated": bool | null, "initial_domain": bool | null,
  "global_administrator": "active" | "timed" | "eligible" | "none" | null, "roles_known": bool,
  "methods": [...] | null, "last_sign_in": str | null, "idle_days": n | null, "age_days": n | null,
  "activity_told": bool, "controls": [...]}]
```

One object a declared id; of a declared group its members have one each, too. `exists` is null where the list of users
is not whole; what the account's object does not tell is null as well. `initial_domain`: the account is in the tenant's
own first domain, which no registrar and no federation can take away. `global_administrator`: how the account holds the
role for the whole tenant (`timed`: active with an end); null where role assignments are not known, or a group whose
members are not known holds the role. `methods` are those registered (userRegistrationDetails), null where the report
was not read or does not have the account. `controls` are the compensating controls of the account's register entries.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tenantlint.facts.interface import Fact, FactContext
from tenantlint.facts.sign_in_activity import Activity, days_since
from tenantlint.model import JsonObject

_GLOBAL_ADMINISTRATOR = "62e90394-69f5-4237-9190-012177145e10"


def emergency_ids(context: FactContext) -> frozenset[str]:
    """The declared emergency accounts, in lower case; a declared group stands for its members as well."""
    found: set[str] = set()
    for declared in context.break_glass:
        found.add(declared.lower())
        found |= context.directory.members(declared).ids
    return frozenset(found)


def compute(context: FactContext) -> list[dict[str, Any]]:
    """The fact, as the module describes it."""
    declared = {one.lower(): one for one in sorted(context.break_glass)}
    ids = sorted({*declared, *emergency_ids(context)})
    about = _About(
        activity=Activity(context),
        methods=_methods(context, frozenset(ids)),
        held=_held(context),
        domains={str(one.get("id")).lower(): one for one in context.snapshot.items("domains")},
    )
    return [_row(context, declared.get(one, one), about) for one in ids]


@dataclass(frozen=True)
class _About:
    """What other collections say of the accounts, by id or domain in lower case."""

    activity: Activity
    methods: Mapping[str, list[str]]
    held: Mapping[str, str] | None
    domains: Mapping[str, JsonObject]


def _row(context: FactContext, declared: str, about: _About) -> dict[str, Any]:
    principal = context.directory.principal(declared)
    user = context.directory.user(declared)
    told: JsonObject = user or {}
    key = declared.lower()
    name = told.get("userPrincipalName")
    upn = name if isinstance(name, str) else ""
    domain = upn.rpartition("@")[2].lower()
    last = about.activity.last(key)
    return {
        "id": principal.id,
        "kind": principal.kind,
        "name": principal.name,
        "enabled": principal.enabled,
        "exists": _exists(context, declared),
        "cloud_only": None if "onPremisesSyncEnabled" not in told else told["onPremisesSyncEnabled"] is not True,
        "anchored": None if "onPremisesImmutableId" not in told else bool(told["onPremisesImmutableId"]),
        "upn": upn,
        "federated": _federated(about.domains.get(domain)),
        "initial_domain": _initial(context, domain, about.domains),
        "global_administrator": None if about.held is None else about.held.get(key, "none"),
        "methods": about.methods.get(key),
        "last_sign_in": last,
        "idle_days": days_since(context, last),
        "age_days": days_since(context, told.get("createdDateTime")),
        "activity_told": about.activity.told(key),
        "controls": list(context.break_glass_controls.get(key, ())),
    }


def _exists(context: FactContext, declared: str) -> bool | None:
    if context.directory.principal(declared).kind != "unknown" or context.directory.members(declared).known:
        return True
    return False if context.directory.users_known else None


def _held(context: FactContext) -> dict[str, str] | None:
    """Account, in lower case, to how it holds Global Administrator; None when that is not known of everybody."""
    roles = context.directory.roles(context.judged_at)
    if roles.sources.active is None:
        return None
    found: dict[str, str] = {}
    for item in roles.assignments:
        if item.role_template_id != _GLOBAL_ADMINISTRATOR or not item.tenant_wide:
            continue
        if item.principal.kind == "group":
            membership = context.directory.members(item.principal.id)
            if not (membership.known or membership.missing):
                return None
        for holding in roles.holders(item):
            how = "active" if holding.standing else "eligible" if holding.kind == "eligible" else "timed"
            key = holding.principal.id.lower()
            found[key] = min(found.get(key, how), how, key=("active", "timed", "eligible").index)
    return found


def _methods(context: FactContext, wanted: frozenset[str]) -> dict[str, list[str]]:
    found = {}
    for item in context.snapshot.items("user_registration_details"):
        key = str(item.get("id")).lower()
        methods = item.get("methodsRegistered")
        if key in wanted and isinstance(methods, list):
            found[key] = sorted(one for one in methods if isinstance(one, str))
    return found


def _federated(domain: JsonObject | None) -> bool | None:
    kind = (domain or {}).get("authenticationType")
    return kind.lower() == "federated" if isinstance(kind, str) and kind else None


def _initial(context: FactContext, domain: str, domains: Mapping[str, JsonObject]) -> bool | None:
    """Whether the domain is the tenant's first, by the list of domains, else by what the snapshot calls it."""
    if not domain:
        return None
    listed = domains.get(domain)
    if listed is not None and isinstance(listed.get("isInitial"), bool):
        return bool(listed["isInitial"])
    own = context.snapshot.tenant.initial_domain
    return domain == own.lower() if own else None


FACTS = (
    Fact(
        "emergency_accounts",
        (
            "users",
            "groups",
            "group_members",
            "role_assignments",
            "role_assignment_schedule_instances",
            "role_eligibility_schedule_instances",
            "privileged_access_group_eligibility_schedule_instances",
            "domains",
            "user_registration_details",
            "user_sign_in_activity",
        ),
        compute,
    ),
)

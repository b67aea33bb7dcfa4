"""The fact `privileged_access`: who holds privileged roles, how, and until when.

```
{"source": "role_assignment_schedule_instances" | "role_assignments" | null,
 "eligibility_known": bool, "group_eligibility_known": bool, "users_known": bool,
 "assignments": [{"id", "collection", "resource_kind", "role", "role_name", "tier", "state", "starts", "ends",
                  "starts_told": bool, "days", "tenant_wide", "scope", "principal": {...}, "emergency": bool,
                  "members": null | {"status", "pim": bool, ...population without emergency accounts}}],
 "roles": {TEMPLATE_ID: {"name", "tier", "active": {...}, "eligible": {...}, "all": {...}, "emergency": {...},
                         "named": {...}, "service_principals": {...}, "unidentified": {...},
                         "unknown_groups": [{...}]}},
 "names_holders": bool}
```

Privileged are the roles of policies/data/privileged_roles.json, custom roles that the Graph marks isPrivileged (tier
`limited`), and roles that ScubaGear lists as highly privileged (tier `takeover`). `state` is `active`, `activated`
(through PIM, for hours) or `eligible`; `days` is the length of an active assignment from its start (from the snapshot
where it has none) to its end, null without an end. `starts_told`: whether the source has a start at all, be it null,
which is how PIM lists an assignment that was made without it. `roles` counts the users who hold a role for the whole
tenant, each once: `active` now, `eligible` only eligible, `named` those of whom the source says that they hold it and
not how (`names_holders`: the collection role_holders, which has active and eligible holders, through groups too),
`all` of them. `unidentified` are holders of whom the snapshot does not tell whether they are users, groups or
applications.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from tenantlint.directory import RoleAssignment, RoleHolding
from tenantlint.facts.emergency_accounts import emergency_ids
from tenantlint.facts.interface import Fact, FactContext
from tenantlint.facts.population import as_json, as_user, population
from tenantlint.facts.privileged_roles import privileged_roles
from tenantlint.model import JsonObject, Principal
from tenantlint.snapshot import spec_of

_SECONDS_A_DAY = 86_400


def compute(context: FactContext) -> dict[str, Any]:
    """The fact, as the module describes it."""
    roles = context.directory.roles(context.judged_at)
    tiers = role_tiers(context)
    emergency = emergency_ids(context)
    named = named_holders(context)
    assignments = [item for item in roles.assignments if item.role_template_id in tiers]
    by_role: dict[str, list[RoleAssignment]] = {}
    for item in assignments:
        by_role.setdefault(item.role_template_id, []).append(item)
    return {
        "source": roles.sources.active,
        "eligibility_known": roles.sources.eligibility_known,
        "group_eligibility_known": roles.sources.group_eligibility_known,
        "users_known": context.directory.users_known,
        "assignments": [_assignment(context, index, item, tiers, emergency) for index, item in enumerate(assignments)],
        "roles": {
            role: _role(
                context,
                role,
                called=tiers[role],
                assignments=by_role.get(role, []),
                named=named.get(tiers[role][0], []),
                emergency=emergency,
            )
            for role in sorted(tiers)
        },
        "names_holders": bool(named),
    }


def named_holders(context: FactContext) -> dict[str, list[Principal]]:
    """Role name to the users whom the source itself names as its holders, without saying how they hold it."""
    found: dict[str, list[Principal]] = {}
    for holder in sorted(context.snapshot.items("role_holders"), key=lambda one: str(one.get("id"))):
        names = holder.get("roles")
        for name in sorted({one for one in names if isinstance(one, str)} if isinstance(names, list) else ()):
            found.setdefault(name, []).append(as_user(context, str(holder.get("id"))))
    return found


def role_tiers(context: FactContext) -> dict[str, tuple[str, str]]:
    """Template id of every privileged role to its name and tier.

    A built-in role under an id that is not its own (in fragments and made-up tenants) goes by its name.
    """
    found = {role: (entry["name"], entry["tier"]) for role, entry in privileged_roles().items()}
    by_name = dict(found.values())
    for definition in context.snapshot.items("role_definitions"):
        template_id = template_of(definition)
        name = str(definition.get("displayName") or template_id)
        if not template_id or template_id in found:
            continue
        if name in by_name and definition.get("isBuiltIn") is True:
            found[template_id] = (name, by_name[name])
        elif definition.get("isHighlyPrivileged") is True:  # the reader of ScubaGear's exports says so
            found[template_id] = (name, "takeover")
        elif definition.get("isPrivileged") is True:
            found[template_id] = (name, "limited")
    return found


def template_of(definition: JsonObject) -> str:
    """The template id of a role definition, in lower case."""
    return str(definition.get("templateId") or definition.get("id") or "").lower()


def _assignment(
    context: FactContext,
    index: int,
    item: RoleAssignment,
    tiers: dict[str, tuple[str, str]],
    emergency: frozenset[str],
) -> dict[str, Any]:
    name, tier = tiers[item.role_template_id]
    return {
        "id": item.id,
        "collection": item.collection,
        "resource_kind": spec_of(item.collection).kind,
        "role": item.role_template_id,
        "role_name": name,
        "tier": tier,
        "state": item.kind,
        "starts": _text(item.starts),
        "ends": _text(item.ends),
        "starts_told": "startDateTime" in _raw(context, item),
        "days": _days(item, context.judged_at),
        "tenant_wide": item.tenant_wide,
        "scope": item.scope,
        "principal": as_json(item.principal),
        "emergency": item.principal.id.lower() in emergency,
        "members": _members(context, index, item, emergency) if item.principal.kind == "group" else None,
    }


def _raw(context: FactContext, item: RoleAssignment) -> JsonObject:
    """The object that an assignment was read from."""
    collection = context.snapshot.collection(item.collection)
    index = collection.find(item.id)
    return {} if index is None else collection.items[index]


def _members(context: FactContext, index: int, item: RoleAssignment, emergency: frozenset[str]) -> dict[str, Any]:
    group = item.principal.id
    membership = context.directory.members(group)
    principals = (context.directory.principal(one) for one in membership.ids - emergency)
    return {
        "status": membership.status,
        "pim": group.lower() in context.directory.roles(context.judged_at).pim_groups,
        **population(context, f"privileged_access/members/{index}", principals),
    }


def _role(
    context: FactContext,
    role: str,
    *,
    called: tuple[str, str],
    assignments: Iterable[RoleAssignment],
    named: Iterable[Principal],
    emergency: frozenset[str],
) -> dict[str, Any]:
    roles = context.directory.roles(context.judged_at)
    users: dict[str, Principal] = {}
    active: set[str] = set()
    applications: set[Principal] = set()
    unidentified: set[Principal] = set()
    unknown_groups: dict[str, dict[str, Any]] = {}
    for item in assignments:
        if not item.tenant_wide:
            continue
        if item.principal.kind == "group":
            membership = context.directory.members(item.principal.id)
            if not (membership.known or membership.missing):
                unknown_groups[item.principal.id] = {**as_json(item.principal), "status": membership.status}
        for holding in roles.holders(item):
            _sort(holding, users, active, applications, unidentified)
    eligible = users.keys() - active
    only_named = {one.id.lower(): one for one in named if one.id.lower() not in users}
    users |= only_named
    lists = {
        "active": [users[one] for one in active],
        "eligible": [users[one] for one in eligible],
        "named": only_named.values(),
        "all": users.values(),
        "emergency": [users[one] for one in users.keys() & emergency],
        "service_principals": applications,
        "unidentified": unidentified,
    }
    return {
        "name": called[0],
        "tier": called[1],
        "unknown_groups": [unknown_groups[one] for one in sorted(unknown_groups)],
        **{name: population(context, f"privileged_access/{role}/{name}", found) for name, found in lists.items()},
    }


def _sort(
    holding: RoleHolding,
    users: dict[str, Principal],
    active: set[str],
    applications: set[Principal],
    unidentified: set[Principal],
) -> None:
    principal = holding.principal
    if principal.kind == "servicePrincipal":
        applications.add(principal)
    elif principal.kind == "user":
        users[principal.id.lower()] = principal
        if holding.kind != "eligible":
            active.add(principal.id.lower())
    else:
        unidentified.add(principal)


def _text(when: datetime | None) -> str | None:
    return None if when is None else when.isoformat(timespec="seconds").replace("+00:00", "Z")


def _days(item: RoleAssignment, at: datetime) -> int | None:
    if item.ends is None:
        return None
    return int(((item.ends - (item.starts or at)).total_seconds() + _SECONDS_A_DAY - 1) // _SECONDS_A_DAY)


READS = (
    "role_assignments",
    "role_assignment_schedule_instances",
    "role_eligibility_schedule_instances",
    "privileged_access_group_eligibility_schedule_instances",
    "role_definitions",
    "role_holders",
    "users",
    "groups",
    "group_members",
    "service_principals",
)
FACTS = (Fact("privileged_access", READS, compute),)

"""The fact `privileged_holders`: one row for each account that holds or may activate a privileged role.

```
{"holders": [HOLDER], "unknown_groups": [{id, kind, name, enabled, "roles": [...], "tiers": [...]}],
 "unidentified": [{id, kind, name, enabled, "roles": [...], "tiers": [...], "missing": bool}],
 "eligibility_known": bool}

HOLDER: {"id", "kind", "name", "enabled", "tiers": [...], "roles": [...], "own_ids": [...], "takeover_roles": [...],
         "states": [...], "via": [...], "emergency": bool, "told": bool, "upn": str,
         "synchronized": bool | null, "anchored": bool | null, "federated": bool | null,
         "guest": bool | null, "licences": [{"sku_id", "sku", "plans": [...]}] | null, "mailbox": bool | null,
         "created": str | null, "last_sign_in": str | null, "idle_days": n | null, "age_days": n | null,
         "activity_told": bool}
```

Roles are those of `privileged_access`, held for the whole tenant or a part of it. `told`: whether the snapshot has the
account's own object. `synchronized`: from an on-premises directory now; `anchored`: the account carries the anchor of
an on-premises object (onPremisesImmutableId); `federated`: somebody else signs the account's domain in. `licences` has
the enabled service plans by name; `sku` is null for a licence that the list of subscriptions does not have. `mailbox`
is null where mailboxes were not read. `last_sign_in` is null for an account that never signed in, and where
`activity_told` is false. `unidentified` are holders of whom the snapshot does not tell what they are;
`missing` when users, groups and applications are all there and the holder is none of them. A source that itself names
every user with a privileged role (role_holders) leaves neither them nor unknown groups.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tenantlint.directory.principals import guest_type_of
from tenantlint.facts.emergency_accounts import emergency_ids
from tenantlint.facts.interface import Fact, FactContext
from tenantlint.facts.population import as_json
from tenantlint.facts.privileged_access import READS as HOLDERS_READ
from tenantlint.facts.privileged_access import named_holders, role_tiers
from tenantlint.facts.privileged_roles import privileged_roles
from tenantlint.facts.sign_in_activity import Activity, days_since
from tenantlint.model import JsonObject, Principal

_KINDS = ("users", "groups", "service_principals")


@dataclass
class _Holder:
    principal: Principal
    roles: set[str] = field(default_factory=set)
    states: set[str] = field(default_factory=set)
    via: set[str] = field(default_factory=set)


def compute(context: FactContext) -> dict[str, Any]:
    """The fact, as the module describes it."""
    found = {one.principal.id.lower(): one for one in _held(context)}
    tiers = role_tiers(context)
    missing = all(context.snapshot.collection(name).ok for name in _KINDS)
    about = _About(context)
    users = [one for one in found.values() if one.principal.kind == "user"]
    named_all = context.snapshot.collection("role_holders").ok
    others = [one for one in found.values() if one.principal.kind == "unknown" and not named_all]
    return {
        "holders": [_row(about, one, tiers) for one in sorted(users, key=_order)],
        "unknown_groups": [] if named_all else _unknown_groups(context, tiers),
        "unidentified": [
            {**as_json(one.principal), **_held_roles(one.roles, tiers), "missing": missing}
            for one in sorted(others, key=_order)
        ],
        "eligibility_known": context.directory.roles(context.judged_at).sources.eligibility_known
        or bool(named_holders(context)),
    }


def _held(context: FactContext) -> Iterator[_Holder]:
    found: dict[str, _Holder] = {}

    def of(principal: Principal) -> _Holder:
        return found.setdefault(principal.id.lower(), _Holder(principal))

    roles = context.directory.roles(context.judged_at)
    tiers = role_tiers(context)
    for item in roles.assignments:
        if item.role_template_id not in tiers:
            continue
        for holding in roles.holders(item):
            one = of(holding.principal)
            one.roles.add(item.role_template_id)
            one.states.add(holding.kind)
            if holding.via:
                one.via.add(item.principal.name or item.principal.id)
    by_name = {name: role for role, (name, _) in tiers.items()}
    for name, principals in named_holders(context).items():
        for principal in principals if name in by_name else ():
            one = of(principal)
            if by_name[name] not in one.roles:
                one.roles.add(by_name[name])
                one.states.add("named")
    yield from found.values()


def _order(one: _Holder) -> tuple[str, str]:
    return one.principal.name.casefold(), one.principal.id


def _unknown_groups(context: FactContext, tiers: Mapping[str, tuple[str, str]]) -> list[dict[str, Any]]:
    """Groups with a privileged role whose members the snapshot does not tell."""
    found: dict[str, tuple[Principal, set[str]]] = {}
    for item in context.directory.roles(context.judged_at).assignments:
        if item.role_template_id in tiers and item.principal.kind == "group":
            membership = context.directory.members(item.principal.id)
            if not (membership.known or membership.missing):
                found.setdefault(item.principal.id.lower(), (item.principal, set()))[1].add(item.role_template_id)
    return [{**as_json(one), **_held_roles(roles, tiers)} for _, (one, roles) in sorted(found.items())]


def _held_roles(roles: set[str], tiers: Mapping[str, tuple[str, str]]) -> dict[str, list[str]]:
    return {
        "roles": sorted({tiers[role][0] for role in roles}),
        "tiers": sorted({tiers[role][1] for role in roles}),
    }


class _About:
    """What other collections say of an account; each is read once, and only for the holders."""

    def __init__(self, context: FactContext) -> None:
        self.context = context
        snapshot = context.snapshot
        self.emergency = emergency_ids(context)
        self.own_ids = {entry["name"]: role for role, entry in privileged_roles().items()}
        self.federated = {
            str(one.get("id")).lower(): str(one.get("authenticationType")).lower() == "federated"
            for one in snapshot.items("domains")
            if one.get("authenticationType")
        }
        self.skus = {str(one.get("skuId")).lower(): one for one in snapshot.items("subscribed_skus")}
        self.activity = Activity(context)
        self.mailboxes = {str(one.get("ExternalDirectoryObjectId")).lower() for one in snapshot.items("mailboxes")}
        self.mailboxes_known = snapshot.collection("mailboxes").ok


def _row(about: _About, one: _Holder, tiers: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
    context = about.context
    key = one.principal.id.lower()
    user = context.directory.user(key)
    told: JsonObject = user or {}
    names = {role: name for role, (name, _) in tiers.items()}
    upn = told.get("userPrincipalName") if isinstance(told.get("userPrincipalName"), str) else ""
    last = about.activity.last(key)
    return {
        **as_json(one.principal),
        **_held_roles(one.roles, tiers),
        "own_ids": sorted({about.own_ids.get(names[role], role) for role in one.roles}),
        "takeover_roles": sorted({names[role] for role in one.roles if tiers[role][1] == "takeover"}),
        "states": sorted(one.states),
        "via": sorted(one.via),
        "emergency": key in about.emergency,
        "told": user is not None,
        "upn": upn,
        "synchronized": _told(told, "onPremisesSyncEnabled"),
        "anchored": _told(told, "onPremisesImmutableId"),
        "federated": about.federated.get(str(upn).rpartition("@")[2].lower()),
        "guest": _guest(user),
        "licences": _licences(about, told),
        "mailbox": key in about.mailboxes if about.mailboxes_known else None,
        "created": told.get("createdDateTime") if isinstance(told.get("createdDateTime"), str) else None,
        "last_sign_in": last,
        "idle_days": days_since(context, last),
        "age_days": days_since(context, told.get("createdDateTime")),
        "activity_told": about.activity.told(key),
    }


def _told(user: JsonObject, name: str) -> bool | None:
    """Whether a property is true or holds a text; None where the object does not have it at all."""
    if name not in user:
        return None
    value = user[name]
    return value is True or (isinstance(value, str) and value.strip() != "")


def _guest(user: JsonObject | None) -> bool | None:
    if user is None or not ("userType" in user or "userPrincipalName" in user):
        return None
    return guest_type_of(user) is not None


def _licences(about: _About, user: JsonObject) -> list[dict[str, Any]] | None:
    assigned = user.get("assignedLicenses")
    if not isinstance(assigned, list):
        return None
    found = []
    for one in assigned:
        licence: Mapping[str, Any] = one if isinstance(one, Mapping) else {}
        sku = about.skus.get(str(licence.get("skuId")).lower())
        plans = (sku or {}).get("servicePlans")
        off = {str(plan).lower() for plan in licence.get("disabledPlans") or ()}
        found.append(
            {
                "sku_id": str(licence.get("skuId") or ""),
                "sku": (sku or {}).get("skuPartNumber"),
                "plans": sorted(
                    str(plan.get("servicePlanName"))
                    for plan in (plans if isinstance(plans, list) else ())
                    if isinstance(plan, Mapping) and str(plan.get("servicePlanId")).lower() not in off
                ),
            }
        )
    return found


FACTS = (
    Fact(
        "privileged_holders",
        (*HOLDERS_READ, "domains", "subscribed_skus", "mailboxes", "user_sign_in_activity"),
        compute,
    ),
)

"""The facts `lockout.*` about people: who has no way in.

```
lockout.users: {"known": bool, "exact": bool, "groups": [
    {"key", "outright": bool, "certain": bool, "depends_on": [..], "policies": [{"id", "name"}], "labels": [..],
     "population", "count", "names": [..]}]}
lockout.administrators: {"known": bool, "unknown_groups": [..], "exact": bool, "groups": [
    {"group": "global" | "conditional_access", "active": n, "eligible": n, "resources": [
        {"resource", "reach": n, "reach_beside_emergency": n, "perhaps": n, "names": [..], "policies": [..],
         "depends_on": [..]}]}]}
lockout.emergency_accounts: {"declared": n, "caught": [
    {"policy", "accounts": [..], "blocks": bool, "controls": [..], "where": {..}, "everyday": bool,
     "certain": bool, "depends_on": [..]}]}
lockout.synchronization: {"accounts": [..], "caught": [as above]}
```

`where` names the dimensions that are narrowed, in the tokens of the contract. Counts are of enabled users; people
whom the snapshot does not list appear by `labels` only.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tenantlint.conditional_access import emergency, lockout
from tenantlint.conditional_access.applications import OTHER, targets
from tenantlint.conditional_access.ground import Ground
from tenantlint.conditional_access.policy import PLATFORMS
from tenantlint.conditional_access.universe import DIMENSIONS
from tenantlint.conditional_access.walk import TooHardError
from tenantlint.facts.emergency_accounts import emergency_ids
from tenantlint.facts.interface import Fact, FactContext
from tenantlint.facts.lockout_ground import (
    CAPABLE,
    EMERGENCY,
    GROUPS,
    READS,
    SYNCHRONIZATION,
    ground,
    named,
    people,
    synchronization_accounts,
)
from tenantlint.facts.population import as_json, as_user
from tenantlint.facts.privileged_access import named_holders

_REGISTRATIONS = "user_registration_details"
# What Entra Connect signs in to: the directory (Azure AD Graph), and the synchronization service.
_SYNCHRONIZATION_RESOURCES = ("00000002-0000-0000-c000-000000000000", "6bf85cfa-ac8a-4be5-b5de-425a0d0dc016")


def users(context: FactContext) -> dict[str, Any]:
    """The fact `lockout.users`."""
    here = ground(context)
    try:
        groups = lockout.locked_out(here)
    except TooHardError:
        return {"known": here.people.known, "exact": False, "groups": []}
    return {
        "known": here.people.known,
        "exact": not here.space.caveats,
        "groups": [
            {
                "key": ",".join(sorted(one.identity for one in found.policies)),
                "outright": found.outright,
                "certain": found.certain,
                "depends_on": list(found.unknowns),
                "policies": [named(one) for one in found.policies],
                **people(context, f"lockout/users/{index}", found.users),
            }
            for index, found in enumerate(groups)
        ],
    }


def administrators(context: FactContext) -> dict[str, Any]:
    """The fact `lockout.administrators`."""
    here = ground(context)
    roles = context.directory.roles(context.judged_at)
    unknown = sorted(
        {
            item.principal.name or item.principal.id
            for item in roles.assignments
            if item.role_template_id in CAPABLE and item.tenant_wide and item.principal.kind == "group"
            if not (context.directory.members(item.principal.id).known)
            and not context.directory.members(item.principal.id).missing
        }
    )
    told: dict[str, Any] = {
        "known": roles.sources.active is not None or bool(named_holders(context)),
        "unknown_groups": unknown,
        "exact": True,
        "groups": [],
    }
    for group in GROUPS:
        active, eligible = here.marked(f"{group}_active"), here.marked(f"{group}_eligible")
        try:
            found = lockout.administrators(here, active, eligible)
        except TooHardError:
            told["exact"] = False
            continue
        told["groups"].append(
            {
                "group": group,
                "active": here.people.counted(active),
                "eligible": here.people.counted(eligible),
                "resources": [_access(context, one) for one in found],
            }
        )
    return told


def _access(context: FactContext, access: lockout.Access) -> dict[str, Any]:
    here = ground(context)
    reach = here.people.ids(access.reach)
    rescue = emergency_ids(context)
    return {
        "resource": access.resource,
        "reach": len(reach),
        "reach_beside_emergency": len([one for one in reach if one not in rescue]),
        "perhaps": here.people.counted(access.may_reach),
        "names": [as_user(context, one).name or one for one in reach][:10],
        "policies": [named(one) for one in access.policies],
        "depends_on": list(access.unknowns),
    }


def emergency_accounts(context: FactContext) -> dict[str, Any]:
    """The fact `lockout.emergency_accounts`."""
    here = ground(context)
    rescue = emergency_ids(context)
    methods = _methods(context)
    found = emergency.caught(here, {one: methods.get(one) for one in sorted(rescue)}, EMERGENCY)
    return {"declared": len(context.break_glass), "caught": _caught(context, found)}


def synchronization(context: FactContext) -> dict[str, Any]:
    """The fact `lockout.synchronization`: a service can answer no prompt, so that MFA stops it, too.

    Only policies for the directory or for all applications concern it, on a Windows server. Where that stands nobody
    knows, so that policies for some places only are left aside.
    """
    here = ground(context)
    accounts = synchronization_accounts(context)
    found = emergency.caught(here, dict.fromkeys(sorted(accounts), frozenset[str]()), SYNCHRONIZATION)
    return {
        "accounts": [as_json(as_user(context, one)) for one in sorted(accounts)],
        "caught": _caught(context, [one for one in found if _about_synchronization(here, one)]),
    }


def _about_synchronization(here: Ground, caught: emergency.Caught) -> bool:
    at, on = DIMENSIONS.index("locations"), DIMENSIONS.index("platforms")
    anywhere = caught.masks[at] == here.full[at] and bool(caught.masks[on] >> PLATFORMS.index("windows") & 1)
    return (
        caught.everyday
        and anywhere
        and any(perhaps for _, perhaps in (targets(caught.policy, one) for one in (OTHER, *_SYNCHRONIZATION_RESOURCES)))
    )


def _caught(context: FactContext, found: Sequence[emergency.Caught]) -> list[dict[str, Any]]:
    here = ground(context)
    return [
        {
            "policy": named(one.policy),
            "accounts": [as_json(as_user(context, account)) for account in one.accounts],
            "blocks": one.blocks,
            "controls": list(one.controls),
            "where": here.told(one.masks),
            "everyday": one.everyday,
            "certain": one.certain,
            "depends_on": list(one.unknowns),
        }
        for one in found
    ]


def _methods(context: FactContext) -> dict[str, frozenset[str]]:
    """The registered methods of each account in lower case, where the snapshot has them."""
    found = {}
    for item in context.snapshot.items(_REGISTRATIONS):
        methods = item.get("methodsRegistered")
        if isinstance(item.get("id"), str) and isinstance(methods, list):
            found[str(item["id"]).lower()] = frozenset(one for one in methods if isinstance(one, str))
    return found


FACTS = (
    Fact("lockout.administrators", READS, administrators),
    Fact("lockout.emergency_accounts", (*READS, _REGISTRATIONS), emergency_accounts),
    Fact("lockout.synchronization", READS, synchronization),
    Fact("lockout.users", READS, users),
)

"""What the facts `lockout.*` share: one universe of sign-ins and people, and words for people and policies."""

from __future__ import annotations

from heapq import nsmallest
from itertools import chain
from typing import Any

from tenantlint.conditional_access.ground import Ground
from tenantlint.conditional_access.people import bits_of
from tenantlint.conditional_access.policy import Policy
from tenantlint.facts.answers import tenant
from tenantlint.facts.emergency_accounts import emergency_ids
from tenantlint.facts.interface import CONDITIONAL_ACCESS, FactContext
from tenantlint.facts.population import NAMES_SHOWN, as_user
from tenantlint.facts.privileged_access import named_holders
from tenantlint.facts.privileged_roles import privileged_roles

EMERGENCY = "emergency"
SYNCHRONIZATION = "synchronization"
# The roles of the accounts of Entra Connect: as it was set up before 2024, and since.
SYNCHRONIZATION_ROLES = frozenset({"d29b2b05-8046-44ba-8758-1e26182fcf32", "a92aed5d-d78a-4d16-b381-09adb37eb3b0"})
_GLOBAL = "62e90394-69f5-4237-9190-012177145e10"
# Roles that can mend Conditional Access: Global, Conditional Access and Security Administrator.
CAPABLE = frozenset({_GLOBAL, "b1be1c3e-b65d-4f19-8427-f6fa0d97feb9", "194ae4cb-b126-40b2-bd5b-6091b380977d"})
GROUPS = {"global": frozenset({_GLOBAL}), "conditional_access": CAPABLE}
READS = (*CONDITIONAL_ACCESS, "role_eligibility_schedule_instances")


def ground(context: FactContext) -> Ground:
    """The universe that these facts share."""
    key = (__name__, "ground")
    if key not in context.shared:
        marks = {EMERGENCY: emergency_ids(context), SYNCHRONIZATION: synchronization_accounts(context)}
        for group, roles in GROUPS.items():
            for kind, ids in _holders(context, roles).items():
                marks[f"{group}_{kind}"] = ids
        context.shared[key] = Ground(tenant(context), marks)
    found: Ground = context.shared[key]
    return found


def people(context: FactContext, handle: str, bits: int) -> dict[str, Any]:
    """How many, a few names, words for people who are no accounts of the snapshot, and a handle for all of them."""
    found = ground(context).people
    context.populations.later(handle, lambda: tuple(as_user(context, one) for one in found.ids(bits)))
    classes = [found.classes[index] for index in bits_of(bits)]
    first = nsmallest(NAMES_SHOWN, chain.from_iterable(one.ids[:NAMES_SHOWN] for one in classes))
    return {
        "population": handle,
        "count": found.counted(bits),
        "names": [name(context, one) for one in first],
        "labels": [one.label for one in classes if one.label],
    }


def name(context: FactContext, user: str) -> str:
    """The name of a user, else the id."""
    return context.directory.principal(user).name or user


def named(policy: Policy) -> dict[str, str]:
    """The policy as checks name it: an id in the spelling of the snapshot, else the name."""
    return {"id": str(policy.raw.get("id") or policy.name), "name": policy.name}


def synchronization_accounts(context: FactContext) -> frozenset[str]:
    """The users who hold a role of directory synchronization now, in lower case."""
    roles = context.directory.roles(context.judged_at)
    return frozenset().union(*(roles.active_holders(role) or () for role in SYNCHRONIZATION_ROLES))


def _holders(context: FactContext, templates: frozenset[str]) -> dict[str, frozenset[str]]:
    """Users who hold one of the roles for the whole tenant: `active` now, and `eligible`."""
    found: dict[str, set[str]] = {"active": set(), "eligible": set()}
    roles = context.directory.roles(context.judged_at)
    for item in roles.assignments:
        if item.role_template_id in templates and item.tenant_wide:
            for holding in roles.holders(item):
                if holding.principal.kind in ("user", "unknown"):
                    kind = "eligible" if holding.kind == "eligible" else "active"
                    found[kind].add(holding.principal.id.lower())
    names = {privileged_roles()[one]["name"] for one in templates}
    for name, principals in named_holders(context).items():
        if name in names:
            found["active"] |= {one.id.lower() for one in principals}
    return {kind: frozenset(ids) for kind, ids in found.items()}

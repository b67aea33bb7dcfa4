"""The fact `exclusions`: whom Conditional Access policies leave out, and from what else those people are left out.

```
{"users_known": bool,
 "policies": {POLICY_ID: {
    "name", "everyone": bool, "in_classes": bool,
    "parts": [{"kind", "id", "name", "status", "count", "disabled", "beyond_emergency": n, "taken_up": bool}],
    "left_out": {"count", ..., "population"},            # by parts that no other policy takes up
    "unknown": [{"kind", "id", "name", "status"}],       # excluded groups and roles whose members are not known
    "included_unknown": bool, "excludes_others": bool}},
 "classes": [{"exempt": [POLICY_ID], "covered_by": [POLICY_ID], "maybe_covered_by": [POLICY_ID],
              "emergency": bool, "symbolic": bool, "count", ..., "population"}]}
```

`policies` has the enabled policies that are about users; `parts` are what each excludes. A part is `taken_up` when
another enabled policy with a grant control includes the same user, group, role or guest type by name.
`excludes_others`: it leaves out, or may leave out, somebody beside the emergency accounts.

A class is a set of users whom exactly the same policies leave out (module user_classes): `exempt` are policies for
all users that do not apply to them, `covered_by` those for chosen users that do, or that demand the same as one that
does. Only policies with `in_classes` stand there: those that reach all applications without a condition. So a rule
that found the set Q of policies that count, all of them with `in_classes`, knows who is open: the classes whose
`exempt` holds every policy for all users in Q, and whose `covered_by` holds none of Q. `symbolic` classes stand for
guest types that have no account in the directory.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tenantlint.facts.emergency_accounts import emergency_ids
from tenantlint.facts.interface import Fact, FactContext
from tenantlint.facts.policy_users import Part, PolicyUsers, as_principal, policy_users
from tenantlint.facts.population import population
from tenantlint.facts.user_classes import unconditional, user_classes


def compute(context: FactContext) -> dict[str, Any]:
    """The fact, as the module describes it."""
    emergency = emergency_ids(context)
    policies = policy_users(context)
    parts = {_key(part): _part(context, part, emergency) for policy in policies for part in policy.excluded}
    included_by: dict[tuple[str, str], set[str]] = {}
    for policy in policies:
        for part in policy.included:
            if policy.grants:
                included_by.setdefault(_key(part), set()).add(policy.policy_id)
    return {
        "users_known": context.directory.users_known,
        "policies": {policy.policy_id: _policy(context, policy, parts, included_by, emergency) for policy in policies},
        "classes": user_classes(context, policies, emergency),
    }


def _policy(
    context: FactContext,
    policy: PolicyUsers,
    parts: Mapping[tuple[str, str], dict[str, Any]],
    included_by: Mapping[tuple[str, str], set[str]],
    emergency: frozenset[str],
) -> dict[str, Any]:
    taken_up = {_key(part) for part in policy.excluded if included_by.get(_key(part), set()) - {policy.policy_id}}
    left_out: set[str] = set()
    for part in policy.excluded:
        if _key(part) not in taken_up:
            left_out |= part.ids
    if not policy.everyone:
        left_out &= policy.included_ids
    return {
        "name": policy.name,
        "everyone": policy.everyone,
        "in_classes": unconditional(policy.source),
        "parts": [{**parts[_key(part)], "taken_up": _key(part) in taken_up} for part in policy.excluded],
        "left_out": _people(context, f"exclusions/policy/{policy.policy_id}", frozenset(left_out - emergency)),
        "unknown": [
            {"kind": part.principal.kind, "id": part.principal.id, "name": part.principal.name, "status": part.status}
            for part in policy.excluded
            if part.unknown
        ],
        "included_unknown": any(part.unknown for part in policy.included),
        "excludes_others": bool(policy.excluded_ids - emergency) or any(part.unknown for part in policy.excluded),
    }


def _people(context: FactContext, handle: str, ids: frozenset[str]) -> dict[str, Any]:
    """The population of these ids. Policies that leave out the same people share the work."""
    key = (__name__, ids)
    if key not in context.shared:
        context.shared[key] = population(context, handle, (as_principal(context, one) for one in ids))
    told: dict[str, Any] = context.shared[key]
    return told


def _key(part: Part) -> tuple[str, str]:
    return part.principal.kind, part.principal.id.lower()


def _part(context: FactContext, part: Part, emergency: frozenset[str]) -> dict[str, Any]:
    disabled = part.ids & context.directory.disabled_ids
    return {
        "kind": part.principal.kind,
        "id": part.principal.id,
        "name": part.principal.name,
        "status": part.status,
        "count": len(part.ids - disabled),
        "disabled": len(disabled),
        "beyond_emergency": len(part.ids - disabled - emergency),
    }


FACTS = (
    Fact(
        "exclusions",
        (
            "conditional_access_policies",
            "users",
            "groups",
            "group_members",
            "role_assignments",
            "role_assignment_schedule_instances",
            "role_definitions",
        ),
        compute,
    ),
)

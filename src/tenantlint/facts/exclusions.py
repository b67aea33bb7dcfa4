"""The fact `exclusions`: whom Conditional Access policies leave out, and from what else those people are left out.

```
{"users_known": bool,
 "policies": {POLICY_ID: {
    "name", "everyone": bool,
    "parts": [{"kind", "id", "name", "status", "beyond_emergency": n, "taken_up": bool,
               "count", "disabled", "enabled_unknown", "names", "population"}],
    "left_out": {"count", ..., "population"},            # by parts that no other policy takes up
    "unknown": [{"kind", "id", "name", "status"}],       # excluded groups and roles whose members are not known
    "included_unknown": bool, "excludes_others": bool}},
 "classes": [{"exempt": [POLICY_ID], "covered_by": [POLICY_ID], "maybe_covered_by": [POLICY_ID],
              "emergency": bool, "symbolic": bool, "count", ..., "population"}]}
```

`policies` has the enabled policies that are about users; `parts` are what each excludes. A part is `taken_up` when
another enabled policy with a grant control includes the same user, group, role or guest type by name.
`excludes_others`: it leaves out, or may leave out, somebody beside the emergency accounts.

A class is a set of users whom exactly the same policies leave out: `exempt` are the policies for all users that do
not apply to them, `covered_by` those for chosen users that do. Every user in no class is left out by no policy for
all users. So a rule that found the set Q of policies that count knows who is open: the classes whose `exempt` holds
every policy for all users in Q, and whose `covered_by` holds none of Q. `symbolic` classes stand for guest types that
have no account in the directory.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tenantlint.facts.emergency_accounts import emergency_ids
from tenantlint.facts.interface import Fact, FactContext
from tenantlint.facts.policy_users import Part, PolicyUsers, as_principal, policy_users
from tenantlint.facts.population import population

_Signature = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], bool, bool]


def compute(context: FactContext) -> dict[str, Any]:
    """The fact, as the module describes it."""
    emergency = emergency_ids(context)
    policies = policy_users(context)
    included_by: dict[tuple[str, str], set[str]] = {}
    for policy in policies:
        for part in policy.included:
            if policy.grants:
                included_by.setdefault(_key(part), set()).add(policy.policy_id)
    return {
        "users_known": context.directory.users_known,
        "policies": {policy.policy_id: _policy(context, policy, included_by, emergency) for policy in policies},
        "classes": _classes(context, policies, emergency),
    }


def _policy(
    context: FactContext,
    policy: PolicyUsers,
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
    principals = (as_principal(context, one) for one in left_out - emergency)
    return {
        "name": policy.name,
        "everyone": policy.everyone,
        "parts": [{**_part(context, part, emergency), "taken_up": _key(part) in taken_up} for part in policy.excluded],
        "left_out": population(context, f"exclusions/policy/{policy.policy_id}", principals),
        "unknown": [
            {"kind": part.principal.kind, "id": part.principal.id, "name": part.principal.name, "status": part.status}
            for part in policy.excluded
            if part.unknown
        ],
        "included_unknown": any(part.unknown for part in policy.included),
        "excludes_others": bool(policy.excluded_ids - emergency) or any(part.unknown for part in policy.excluded),
    }


def _key(part: Part) -> tuple[str, str]:
    return part.principal.kind, part.principal.id.lower()


def _part(context: FactContext, part: Part, emergency: frozenset[str]) -> dict[str, Any]:
    handle = f"exclusions/{part.principal.kind}/{part.principal.id.lower()}"
    beyond = [as_principal(context, one) for one in part.ids - emergency]
    return {
        "kind": part.principal.kind,
        "id": part.principal.id,
        "name": part.principal.name,
        "status": part.status,
        "beyond_emergency": sum(one.enabled is not False for one in beyond),
        **population(context, handle, (as_principal(context, one) for one in part.ids)),
    }


def _classes(context: FactContext, policies: Sequence[PolicyUsers], emergency: frozenset[str]) -> list[dict[str, Any]]:
    for_all = [policy for policy in policies if policy.everyone]
    for_some = [policy for policy in policies if not policy.everyone]
    exempt: dict[str, list[str]] = {}
    for policy in for_all:
        for user in policy.excluded_ids:
            exempt.setdefault(user, []).append(policy.policy_id)
    found: dict[_Signature, list[str]] = {}
    for user, left_out_by in exempt.items():
        verdicts = [(policy.policy_id, policy.applies(user)) for policy in for_some]
        signature = (
            tuple(sorted(left_out_by)),
            tuple(sorted(policy_id for policy_id, applies in verdicts if applies)),
            tuple(sorted(policy_id for policy_id, applies in verdicts if applies is None)),
            user in emergency,
            user.startswith("guestType:"),
        )
        found.setdefault(signature, []).append(user)
    return [
        {
            "exempt": list(signature[0]),
            "covered_by": list(signature[1]),
            "maybe_covered_by": list(signature[2]),
            "emergency": signature[3],
            "symbolic": signature[4],
            **population(
                context, f"exclusions/class/{number}", (as_principal(context, one) for one in found[signature])
            ),
        }
        for number, signature in enumerate(sorted(found))
    ]


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

"""The fact `administrators`: the users who hold privileged roles, and which policies' user conditions match each.

```
{"known": bool,
 "holders": [{"id", "kind", "name", "enabled", "emergency": bool, "roles": [TEMPLATE_ID],
              "policies": [POLICY_ID], "maybe_policies": [POLICY_ID]}],
 "unknown": [{"id", "kind", "name", "role"}]}           # groups with a role whose members are not known
```

Every user who holds a privileged role for the whole tenant, active or eligible; and holders of whom the snapshot
does not tell whether they are users. `policies` are the enabled
Conditional Access policies whose user conditions match that user while one of the roles is active; for
`maybe_policies` that hangs on a group or role whose members are not known.
"""

from __future__ import annotations

from typing import Any

from tenantlint.facts.emergency_accounts import emergency_ids
from tenantlint.facts.interface import Fact, FactContext
from tenantlint.facts.policy_users import Part, PolicyUsers, policy_users
from tenantlint.facts.population import as_json
from tenantlint.facts.privileged_access import named_holders, role_tiers
from tenantlint.model import Principal


def compute(context: FactContext) -> dict[str, Any]:
    """The fact, as the module describes it."""
    roles = context.directory.roles(context.judged_at)
    tiers = role_tiers(context)
    emergency = emergency_ids(context)
    people: dict[str, Principal] = {}
    held: dict[str, set[str]] = {}
    unknown = []
    for item in roles.assignments:
        if item.role_template_id not in tiers or not item.tenant_wide:
            continue
        if item.principal.kind == "group":
            membership = context.directory.members(item.principal.id)
            if not (membership.known or membership.missing):
                unknown.append({**as_json(item.principal), "role": item.role_template_id})
        for holding in roles.holders(item):
            if holding.principal.kind in ("user", "unknown"):
                people[holding.principal.id.lower()] = holding.principal
                held.setdefault(holding.principal.id.lower(), set()).add(item.role_template_id)
    by_name = {name: role for role, (name, _) in tiers.items()}
    for name, principals in named_holders(context).items():
        for principal in principals if name in by_name else ():
            people.setdefault(principal.id.lower(), principal)
            held.setdefault(principal.id.lower(), set()).add(by_name[name])
    policies = policy_users(context)
    holders = []
    for key in sorted(people):
        verdicts = [(policy.policy_id, _applies(policy, key, held[key])) for policy in policies]
        holders.append(
            {
                **as_json(people[key]),
                "emergency": key in emergency,
                "roles": sorted(held[key]),
                "policies": [policy_id for policy_id, applies in verdicts if applies],
                "maybe_policies": [policy_id for policy_id, applies in verdicts if applies is None],
            }
        )
    return {"known": roles.sources.active is not None, "holders": holders, "unknown": unknown}


def _applies(policy: PolicyUsers, user: str, held: set[str]) -> bool | None:
    """`PolicyUsers.applies` with every role of the user active, as when an eligible role is used."""
    if user in policy.excluded_ids or _names_role(policy.excluded, held):
        return False
    if not policy.everyone and user not in policy.included_ids and not _names_role(policy.included, held):
        return None if _uncertain(policy.included) else False
    return None if _uncertain(policy.excluded) else True


def _names_role(parts: tuple[Part, ...], held: set[str]) -> bool:
    return any(part.principal.kind == "role" and part.principal.id.lower() in held for part in parts)


def _uncertain(parts: tuple[Part, ...]) -> bool:
    """Whether a group's members are not known. Roles are known here: they are what the question is about."""
    return any(part.unknown and part.principal.kind != "role" for part in parts)


FACTS = (
    Fact(
        "administrators",
        (
            "conditional_access_policies",
            "role_assignments",
            "role_assignment_schedule_instances",
            "role_eligibility_schedule_instances",
            "role_definitions",
            "users",
            "groups",
            "group_members",
        ),
        compute,
    ),
)

"""Users whom exactly the same Conditional Access policies leave out, as the fact `exclusions` tells of them.

Only policies that can answer for a whole tenant make classes: those that reach all applications without a condition.
Policies that are alike in all but their users, names and dates form a shape: whatever a rule demands, they meet it
together. So users are told apart by shapes, not by policies, and even 240 policies make few classes. Nobody is in a
class whom at least one policy of every shape for all users reaches.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tenantlint.facts.interface import FactContext
from tenantlint.facts.policy_users import PolicyUsers, as_principal, is_stand_in
from tenantlint.facts.population import population
from tenantlint.model import JsonObject

_Signature = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], bool, bool]

# What differs between policies that demand the same of whom they reach.
_OWN = frozenset(
    {"id", "displayName", "description", "createdDateTime", "modifiedDateTime", "deletedDateTime", "templateId"}
)
_RISKS = (
    "userRiskLevels",
    "signInRiskLevels",
    "servicePrincipalRiskLevels",
    "insiderRiskLevels",
    "agentIdRiskLevels",
)


def unconditional(policy: JsonObject) -> bool:
    """Whether a policy reaches all applications, and no condition that we know narrows it.

    Conditions that we do not know are left to the rules, which tell findings that hang on them.
    """
    conditions = _mapping(policy.get("conditions"))
    applications = _mapping(conditions.get("applications"))
    if "All" not in _listed(applications, "includeApplications") or applications.get("applicationFilter"):
        return False
    if any(conditions.get(name) not in (None, "", "none", []) for name in _RISKS):
        return False
    if _limited(conditions, "platforms", "Platforms", "all") or _limited(conditions, "locations", "Locations", "All"):
        return False
    return not any(
        value not in (None, "", "none", False, [], {})
        for name in ("devices", "authenticationFlows", "clientApplications")
        for value in _mapping(conditions.get(name)).values()
    )


def user_classes(
    context: FactContext, policies: Sequence[PolicyUsers], emergency: frozenset[str]
) -> list[dict[str, Any]]:
    """The classes of users whom every policy for all users of some shape leaves out, in a fixed order."""
    alike: dict[str, list[PolicyUsers]] = {}
    for policy in policies:
        if unconditional(policy.source):
            alike.setdefault(_shape(policy.source), []).append(policy)
    exempt: dict[str, list[str]] = {}
    covered: dict[str, list[str]] = {}
    perhaps: dict[str, list[str]] = {}
    for members in alike.values():
        for_all = [policy for policy in members if policy.everyone]
        left_out = frozenset.intersection(*(policy.excluded_ids for policy in for_all)) if for_all else ()
        _note(exempt, left_out, for_all)
    for members in alike.values():
        for_some = [policy for policy in members if not policy.everyone]
        _note(covered, _reached(for_some, exempt.keys()), for_some)
        _note(perhaps, _perhaps_reached(for_some, exempt.keys()), for_some)
    found: dict[_Signature, list[str]] = {}
    for user, left_out_by in exempt.items():
        signature = (
            tuple(sorted(left_out_by)),
            tuple(sorted(covered.get(user, ()))),
            tuple(sorted(perhaps.get(user, ()))),
            user in emergency,
            is_stand_in(user),
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


def _note(noted: dict[str, list[str]], users: Iterable[str], policies: Sequence[PolicyUsers]) -> None:
    ids = [policy.policy_id for policy in policies]
    for user in users:
        noted.setdefault(user, []).extend(ids)


def _reached(policies: Sequence[PolicyUsers], users: Iterable[str]) -> set[str]:
    """Those of the users whom one of the policies surely reaches."""
    wanted = set(users)
    found: set[str] = set()
    for policy in policies:
        found |= {user for user in wanted & policy.included_ids if policy.applies(user)}
    return found


def _perhaps_reached(policies: Sequence[PolicyUsers], users: Iterable[str]) -> set[str]:
    """Those of the users of whom it is not known whether one of the policies reaches them."""
    uncertain = [policy for policy in policies if any(part.unknown for part in (*policy.included, *policy.excluded))]
    return {user for user in users if any(policy.applies(user) is None for policy in uncertain)} if uncertain else set()


def _shape(policy: JsonObject) -> str:
    conditions = {name: value for name, value in _mapping(policy.get("conditions")).items() if name != "users"}
    rest = {name: value for name, value in policy.items() if name not in _OWN}
    return json.dumps({**rest, "conditions": conditions}, sort_keys=True)


def _limited(conditions: JsonObject, name: str, suffix: str, everything: str) -> bool:
    block = _mapping(conditions.get(name))
    included = _listed(block, f"include{suffix}")
    return bool(_listed(block, f"exclude{suffix}")) or bool(included and everything not in included)


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _listed(block: JsonObject, name: str) -> list[Any]:
    value = block.get(name)
    return value if isinstance(value, list) else []

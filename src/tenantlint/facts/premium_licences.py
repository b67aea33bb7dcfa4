"""The fact `premium_licences`: how many people a premium feature protects, and for how many there are licences.

```
{"entra_p1": FEATURE, "entra_p2": FEATURE}
FEATURE: {"people": n, "known": bool, "seats": n | null, "without": PEOPLE | null, "policies": [names]}
```

`people`: enabled accounts of this tenant that an enabled Conditional Access policy is about (P1), or one that asks
about risk (P2). Guests are billed by their activity and not counted. `seats`: bought licences with the plan that work
(`prepaidUnits.enabled` and `.warning`); null where the snapshot has none of them. `without`: those of the people to
whom no licence with the plan is assigned. PEOPLE is that of facts/coverage.py.
"""

from __future__ import annotations

from typing import Any

from tenantlint.conditional_access.people import bits_of
from tenantlint.conditional_access.policy import Policy
from tenantlint.facts.answers import everybody, marks, tenant
from tenantlint.facts.interface import CONDITIONAL_ACCESS, Fact, FactContext
from tenantlint.facts.population import as_user, population
from tenantlint.model import JsonObject

# P2 holds what P1 does.
_PLANS = {"entra_p1": frozenset({"AAD_PREMIUM", "AAD_PREMIUM_P2"}), "entra_p2": frozenset({"AAD_PREMIUM_P2"})}
_WORKING = {"enabled", "warning"}


def compute(context: FactContext) -> dict[str, Any]:
    """The fact, as the module describes it."""
    return {feature: _feature(context, feature) for feature in _PLANS}


def _feature(context: FactContext, feature: str) -> dict[str, Any]:
    people = everybody(context)
    policies = [one for one in tenant(context).policies if one.enforced and one.subject == "users"]
    if feature == "entra_p2":
        policies = [one for one in policies if _asks_risk(one)]
    protected = 0
    for policy in policies:
        protected |= people.reach(0, policy).must
    protected &= people.listed & ~people.reach(0, marks(context).guests).must
    plans = _licences(context, _PLANS[feature])
    without = None
    if plans is not None and people.known:
        lacking = [one for at in bits_of(protected) for one in people.classes[at].ids if not _has(context, one, plans)]
        told = population(context, f"premium_licences/{feature}", (as_user(context, one) for one in lacking))
        without = {**told, "without_account": []}
    return {
        "people": people.counted(protected),
        "known": people.known,
        "seats": _seats(context, _PLANS[feature]),
        "without": without,
        "policies": sorted(one.name for one in policies),
    }


def _asks_risk(policy: Policy) -> bool:
    return bool(policy.sign_in_risk or policy.user_risk)


def _skus(context: FactContext, plans: frozenset[str]) -> list[tuple[JsonObject, set[str]]] | None:
    """The subscriptions with one of the plans, and the ids of those plans in each."""
    collection = context.snapshot.collection("subscribed_skus")
    if not collection.ok:
        return None
    found = []
    for sku in collection.items:
        given = sku.get("servicePlans")
        held = {
            str(plan.get("servicePlanId") or "").casefold()
            for plan in (given if isinstance(given, list) else [])
            if plan.get("servicePlanName") in plans and plan.get("provisioningStatus") == "Success"
        }
        if held:
            found.append((sku, held))
    return found


def _seats(context: FactContext, plans: frozenset[str]) -> int | None:
    skus = _skus(context, plans)
    if skus is None:
        return None
    units = [sku["prepaidUnits"] for sku, _ in skus if isinstance(sku.get("prepaidUnits"), dict)]
    numbers = [unit.get(state) for unit in units for state in sorted(_WORKING)]
    return sum(one for one in numbers if isinstance(one, int)) if len(units) == len(skus) else None


def _licences(context: FactContext, plans: frozenset[str]) -> dict[str, set[str]] | None:
    """Ids of subscriptions with a plan, with the ids of those plans."""
    skus = _skus(context, plans)
    return None if skus is None else {str(sku.get("skuId") or "").casefold(): held for sku, held in skus}


def _has(context: FactContext, identity: str, licences: dict[str, set[str]]) -> bool:
    assigned = (context.directory.user(identity) or {}).get("assignedLicenses")
    for one in assigned if isinstance(assigned, list) else []:
        held = licences.get(str(one.get("skuId") or "").casefold())
        if held and held - {str(plan).casefold() for plan in one.get("disabledPlans") or ()}:
            return True
    return False


FACTS = (Fact("premium_licences", (*CONDITIONAL_ACCESS, "subscribed_skus"), compute),)

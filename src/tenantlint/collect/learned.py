"""What the first collections of a run tell about the tenant: whose it is, and what it is licensed for."""

from __future__ import annotations

from collections.abc import Iterable

from tenantlint.model import JsonObject, Tenant
from tenantlint.sources.licences import licences_of

_PAID = frozenset({"enabled", "warning"})  # a subscription in its grace period still works


def tenant_of(organization: JsonObject, known: Tenant) -> Tenant:
    """The tenant by its `organization` object; what that does not tell stays as it was known."""
    domains = [one for one in organization.get("verifiedDomains") or () if isinstance(one, dict)]
    initial = next((str(one.get("name")) for one in domains if one.get("isInitial")), "")
    return Tenant(
        id=str(organization.get("id") or known.id),
        display_name=str(organization.get("displayName") or known.display_name),
        initial_domain=initial or known.initial_domain,
        cloud=known.cloud,
    )


def licences_from(skus: Iterable[JsonObject]) -> frozenset[str] | None:
    """The contract's licence names, by the plans of subscriptions in force; None when one does not list its plans."""
    found = list(skus)
    if any(not isinstance(sku.get("servicePlans"), list) for sku in found):
        return None
    return licences_of(
        str(plan.get("servicePlanName"))
        for sku in found
        if str(sku.get("capabilityStatus", "Enabled")).lower() in _PAID
        for plan in sku["servicePlans"]
        if isinstance(plan, dict) and str(plan.get("provisioningStatus")).lower() == "success"
    )

"""From Microsoft's service plans to the licence names of the contract.

Plan names: Microsoft's list of product names and service plan identifiers for licensing. A tenant is said to
have a licence when one of its subscriptions brings a provisioned plan that gives it.
"""

from __future__ import annotations

from collections.abc import Iterable

# Sovereign clouds put suffixes to the same names (`_GOV`, `_DOD`, `_GCCHIGH`, `_USGOV…`): beginnings are compared.
_BEGINNINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("AAD_PREMIUM_P2", ("entra_p1", "entra_p2")),
    ("AAD_PREMIUM", ("entra_p1",)),
    ("ATP_ENTERPRISE", ("defender_office_p1",)),
    ("THREAT_INTELLIGENCE", ("defender_office_p1", "defender_office_p2")),
    ("ADALLOM_S_STANDALONE", ("defender_cloud_apps",)),
    ("M365_ADVANCED_AUDITING", ("audit_premium",)),
    ("INTUNE_A", ("intune",)),
    ("EXCHANGE_S_STANDARD", ("exchange_online",)),
    ("EXCHANGE_S_ENTERPRISE", ("exchange_online",)),
    ("EXCHANGE_S_DESKLESS", ("exchange_online",)),
    ("EXCHANGE_S_ESSENTIALS", ("exchange_online",)),
    ("EXCHANGE_B_STANDARD", ("exchange_online",)),
    ("EXCHANGE_L_STANDARD", ("exchange_online",)),
    ("SHAREPOINTSTANDARD", ("sharepoint",)),
    ("SHAREPOINTENTERPRISE", ("sharepoint",)),
    ("SHAREPOINTDESKLESS", ("sharepoint",)),
    ("TEAMS1", ("teams",)),
    ("TEAMS_GOV", ("teams",)),
    ("TEAMS_AR_", ("teams",)),
)


def licences_of(plans: Iterable[str]) -> frozenset[str]:
    """The contract's licence names that provisioned service plans give, by `servicePlanName`."""
    found: set[str] = set()
    for plan in plans:
        for beginning, licences in _BEGINNINGS:
            if plan.upper().startswith(beginning):
                found.update(licences)
                break
    return frozenset(found)

"""Security defaults as policies, so that one analysis serves both.

What Microsoft documents: legacy authentication is blocked for everybody; a fixed list of administrator roles needs MFA
at every sign-in, everybody needs it for Azure management; other users need it when Microsoft finds it necessary,
which is no guarantee. (learn.microsoft.com/entra/fundamentals/security-defaults, stored 2024-04; the exemption of the
directory synchronization account is not modelled.)
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

from tenantlint.conditional_access.policy import Policy, parse_policy

_ROLES = (
    "62e90394-69f5-4237-9190-012177145e10",  # Global Administrator
    "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3",  # Application Administrator
    "c4e39bd9-1100-46d3-8c65-fb160da0071f",  # Authentication Administrator
    "b0f54661-2d74-4c50-afa3-1ec803f12efe",  # Billing Administrator
    "158c047a-c907-4556-b7ef-446551a6b5f7",  # Cloud Application Administrator
    "b1be1c3e-b65d-4f19-8427-f6fa0d97feb9",  # Conditional Access Administrator
    "29232cdf-9323-42fd-ade2-1d097af3e4de",  # Exchange Administrator
    "729827e3-9c14-49f7-bb1b-9608f156bbb8",  # Helpdesk Administrator
    "966707d0-3269-4727-9be2-8c3a10f19b9d",  # Password Administrator
    "7be44c8a-adaf-4e2a-84d6-ab2649e08a13",  # Privileged Authentication Administrator
    "e8611ab8-c189-46e8-94e1-60213ab1f814",  # Privileged Role Administrator
    "194ae4cb-b126-40b2-bd5b-6091b380977d",  # Security Administrator
    "f28a1f50-f6e7-4571-818b-6a12f2af6b6c",  # SharePoint Administrator
    "fe930be7-5e62-47db-91af-98c3a49a38b1",  # User Administrator
)
_AZURE_MANAGEMENT = "797f4846-ba00-4fd7-ba43-dac1f8f63013"
_EVERYBODY = {"includeUsers": ["All"]}
_EVERYTHING = {"includeApplications": ["All"]}


@cache
def default_policies() -> tuple[Policy, ...]:
    """Security defaults that are on, as enabled policies."""
    necessary = _policy("MFA when Microsoft finds it necessary", _EVERYBODY, _EVERYTHING, "mfa")
    return (
        _policy("legacy authentication", _EVERYBODY, _EVERYTHING, "block", clients=["exchangeActiveSync", "other"]),
        _policy("MFA for administrators", {"includeRoles": list(_ROLES)}, _EVERYTHING, "mfa"),
        _policy("MFA for Azure management", _EVERYBODY, {"includeApplications": [_AZURE_MANAGEMENT]}, "mfa"),
        replace(necessary, unknowns=("when Microsoft asks for MFA under security defaults",)),
    )


def _policy(name: str, users: Any, applications: Any, control: str, clients: list[str] | None = None) -> Policy:
    raw = {
        "displayName": f"Security defaults: {name}",
        "state": "enabled",
        "conditions": {"users": users, "applications": applications, "clientAppTypes": clients or ["all"]},
        "grantControls": {"operator": "OR", "builtInControls": [control]},
    }
    return parse_policy(raw)

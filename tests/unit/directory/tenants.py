"""Small snapshots for tests of the directory and of facts."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from tenantlint.model import CollectionStatus, Tenant
from tenantlint.snapshot import Collection, Snapshot

AT = datetime(2026, 6, 1, tzinfo=UTC)
GA = "62e90394-69f5-4237-9190-012177145e10"
UA = "fe930be7-5e62-47db-91af-98c3a49a38b1"


def snapshot(**collections: Sequence[dict[str, Any]] | CollectionStatus | Collection) -> Snapshot:
    """A snapshot of AT; a collection is given by its objects, or by its status alone."""
    made = {}
    for name, given in collections.items():
        if isinstance(given, Collection):
            made[name] = given
        elif isinstance(given, CollectionStatus):
            made[name] = Collection(name, given)
        else:
            made[name] = Collection(name, items=given)
    return Snapshot(Tenant(id="t"), made, collected_at=AT)


def user(user_id: str, *, enabled: bool | None = True, **more: Any) -> dict[str, Any]:
    return {"id": user_id, "displayName": f"User {user_id}", "accountEnabled": enabled, "userType": "Member"} | more


def assignment(principal_id: str, role: str = GA, /, **more: Any) -> dict[str, Any]:
    made = {
        "id": f"{principal_id}-{role}",
        "principalId": principal_id,
        "roleDefinitionId": role,
        "directoryScopeId": "/",
    }
    return made | more


def policy(policy_id: str, users: dict[str, Any], *, state: str = "enabled", **more: Any) -> dict[str, Any]:
    made = {
        "id": policy_id,
        "displayName": f"Policy {policy_id}",
        "state": state,
        "conditions": {"users": users, "applications": {"includeApplications": ["All"]}},
        "grantControls": {"builtInControls": ["mfa"]},
    }
    return made | more

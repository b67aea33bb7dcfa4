"""Small tenants for the tests of what coverage says: groups, users and policies in a few words."""

from typing import Any

from tenantlint.conditional_access.coverage import Coverage, cover
from tenantlint.conditional_access.describe import Description
from tenantlint.conditional_access.questions import Question
from tenantlint.conditional_access.tenant import Tenant, read_tenant
from tenantlint.model import Tenant as TenantInfo
from tenantlint.snapshot.content import Collection, Snapshot

ALL = {"includeUsers": ["All"]}
EVERYTHING = {"includeApplications": ["All"]}


def policy(
    name: str, *controls: str, users: Any = None, operator: str = "OR", state: str = "enabled", **conditions: Any
) -> Any:
    """A policy for everybody and everything unless told otherwise."""
    return {
        "id": f"id-{name}",
        "displayName": name,
        "state": state,
        "conditions": {"users": users or ALL, "applications": EVERYTHING, **conditions},
        "grantControls": {"operator": operator, "builtInControls": list(controls)} if controls else None,
    }


def excluding(*groups: str, users: tuple[str, ...] = ()) -> dict[str, Any]:
    return {"includeUsers": ["All"], "excludeGroups": list(groups), "excludeUsers": list(users)}


def tenant(*policies: Any, users: int = 0, groups: dict[str, Any] | None = None, **others: list[Any]) -> Tenant:
    """`users`: how many there are, u1 and so on; none: the directory is not known. `groups`: id to members."""
    collections: dict[str, list[Any]] = {"conditional_access_policies": list(policies), **others}
    if users:
        collections["users"] = [
            {"id": f"u{at}", "displayName": f"User {at}", "userType": "Member", "accountEnabled": True}
            for at in range(1, users + 1)
        ]
        collections.setdefault("role_assignments", [])
    if groups is not None:
        collections["groups"] = [{"id": one, "displayName": one.title()} for one in groups]
        collections["group_members"] = [
            members if isinstance(members, dict) else {"group_id": one, "members": members}
            for one, members in groups.items()
        ]
    made = {name: Collection(name, items=items) for name, items in collections.items()}
    return read_tenant(Snapshot(TenantInfo(id="t", display_name="Example"), made))


def answered(found: Tenant, question: Question = Question.MFA, **options: Any) -> Coverage:
    return cover(found, question, **options)


def described(found: Tenant, question: Question = Question.MFA, **options: Any) -> list[Any]:
    """The documents of the open regions."""
    description = Description(cover(found, question, **options))
    return [description.document(one, full=True) for one in description.regions]

"""Roles, group members and owners of an EntraExporter folder, which it lays out as children of other objects."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tenantlint.model import CollectionStatus, JsonObject
from tenantlint.snapshot import Collection, Origin
from tenantlint.sources.readers.entra_exporter.objects import Found, Objects

_PIM_NOTES = ("PrincipalName", "RoleName", "Policy")


def read_directory_roles(objects: Objects, place: Path) -> Collection:
    """role_assignments from the members of activated directory roles: assignments in force, without times.

    The id of an assignment is made from role and member, since Graph's directoryRoles does not tell it.
    """
    templates = {
        str(role.get("id")): (str(role.get("roleTemplateId") or ""), role.get("displayName"))
        for _, role in objects.at(place)
    }
    found: Found = []
    for role_id, members in objects.children(place, "Members"):
        template, _ = templates.get(role_id, ("", None))
        found += [(origin, _assignment(template, str(member.get("id")), "/", member)) for origin, member in members]
    for role_id, members in objects.children(place, "ScopedMembers"):
        template, _ = templates.get(role_id, ("", None))
        for origin, member in members:
            holder = _object(member.get("roleMemberInfo"))
            scope = f"/administrativeUnits/{member.get('administrativeUnitId')}"
            found.append((origin, _assignment(template, str(holder.get("id")), scope, holder)))
    return made("role_assignments", objects.checked("role_assignments", found), "directoryRoles/{id}/members")


def read_eligibility(objects: Objects, place: Path) -> tuple[Collection, Collection]:
    """role_eligibility_schedule_instances, and role_management_policies of the roles that somebody is eligible for."""
    files = objects.at(place)
    instances = [
        (origin, {key: value for key, value in item.items() if key not in _PIM_NOTES}) for origin, item in files
    ]
    policies: dict[str, tuple[Origin, JsonObject]] = {}
    for origin, item in files:
        told = item.get("Policy")
        if isinstance(told, dict) and told.get("RoleID"):
            role_id = str(told["RoleID"])
            definition = _object(item.get("roleDefinition"))
            policy = {
                "id": told.get("PolicyID") or f"DirectoryRole_{role_id}",
                "policyId": told.get("PolicyID"),
                "scopeId": "/",
                "scopeType": "DirectoryRole",
                "roleDefinitionId": role_id,
                "displayName": item.get("RoleName") or definition.get("displayName"),
                "policy": {"id": told.get("PolicyID"), "rules": told.get("Rules")},
            }
            policies.setdefault(role_id, (Origin(origin.file, f"{origin.pointer}/Policy"), policy))
    eligibility = "role_eligibility_schedule_instances"
    rules = "role_management_policies"
    return (
        made(
            eligibility,
            objects.checked(eligibility, instances),
            "roleManagement/directory/roleEligibilityScheduleInstances",
        ),
        made(
            rules,
            objects.checked(rules, list(policies.values())),
            "policies/roleManagementPolicies",
            detail="only roles that somebody is eligible for",
        ),
    )


def read_group_members(objects: Objects, place: Path) -> Collection | None:
    """group_members: the transitive closure over the groups of the export; None when no group has members.

    A group that contains one whose members the export does not hold is `truncated`.
    """
    direct = {
        group: {
            str(member["id"]): str(member.get("@odata.type") or "").lower() for _, member in found if member.get("id")
        }
        for group, found in objects.children(place, "Members")
    }
    if not any(direct.values()):
        return None
    owners = {
        group: sorted(str(owner["id"]) for _, owner in found if owner.get("id"))
        for group, found in objects.children(place, "Owners")
    }
    lines = [_line(group, direct, owners.get(group, [])) for group in sorted(direct)]
    return Collection("group_members", items=tuple(lines), source="groups/{id}/members", api_version="v1.0")


def read_owners(objects: Objects, place: Path, collection: str) -> Collection | None:
    """The owners of applications or service principals; None when the export holds no owner of any."""
    lines = []
    for owned, found in objects.children(place, "Owners"):
        ids = sorted({str(owner["id"]) for _, owner in found if owner.get("id")})
        if ids:
            lines.append({"id": owned, "owners": ids})
    if not lines:
        return None
    return Collection(collection, items=tuple(lines), source=f"{place.name}/{{id}}/Owners", api_version="v1.0")


def made(name: str, found: Found, source: str, api: str = "v1.0", detail: str = "") -> Collection:
    """The collection of what was found."""
    return Collection(
        name,
        CollectionStatus.OK,
        items=tuple(item for _, item in found),
        origins=tuple(origin for origin, _ in found),
        source=source,
        api_version=api,
        detail=detail,
    )


def _object(value: Any) -> JsonObject:
    return value if isinstance(value, dict) else {}


def _assignment(template: str, principal: str, scope: str, holder: JsonObject) -> JsonObject:
    return {
        "id": f"{template}:{principal}" + ("" if scope == "/" else f":{scope}"),
        "principalId": principal,
        "roleDefinitionId": template,
        "directoryScopeId": scope,
        "principal": dict(holder),
    }


def _line(group: str, direct: dict[str, dict[str, str]], owners: list[str]) -> JsonObject:
    members: set[str] = set()
    nested: set[str] = set()
    whole = True
    waiting = [group]
    seen = {group}
    while waiting:
        current = waiting.pop()
        whole = whole and current in direct
        for identity, kind in direct.get(current, {}).items():
            if kind.endswith(".group") or identity in direct:
                nested.add(identity)
                if identity not in seen:
                    seen.add(identity)
                    waiting.append(identity)
            else:
                members.add(identity)
    return {
        "group_id": group,
        "members": sorted(members),
        "nested_groups": sorted(nested - {group}),
        "direct": sorted(direct[group]),
        "owners": owners,
        "status": "ok" if whole else "truncated",
    }

"""Privileged roles in a ScubaGear export: what it really tells, and no more.

`privileged_roles` holds active assignments (Graph's roleAssignmentScheduleInstances) and PIM rules of some eight
roles. `privileged_users` and `privileged_service_principals` name the holders of these roles, through groups
too, without telling active from eligible: they become `role_holders`, never assignments.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tenantlint.model import CollectionStatus, JsonObject
from tenantlint.snapshot import Collection, Origin
from tenantlint.sources.readers.scubagear.export import Export
from tenantlint.sources.readers.scubagear.keys import APPLICATIONS_HOLDING, HOLDERS, ROLES, Key
from tenantlint.sources.wording import graph_name, items_of, lookup, pointer_token, restate

_INSTANCES = "role_assignment_schedule_instances"
_ELIGIBLE = "role_eligibility_schedule_instances"
_RULES = "role_management_policies"
_NAMED = "role_holders"
_DEFINITIONS = "role_definitions"
_P2 = "entra_p2"
_Found = list[tuple[Origin, dict[str, Any]]]


def read_roles(export: Export) -> list[Collection]:
    """role_definitions, role_assignment_schedule_instances, role_management_policies and, as not collected,
    role_eligibility_schedule_instances.
    """
    roles = export.objects(ROLES)
    status, why = export.worth(ROLES, len(roles))
    known = export.found(ROLES.name) is not None or status is not CollectionStatus.NOT_COLLECTED
    if not known:
        return []
    only = f"only the roles that ScubaGear calls highly privileged ({len(roles)})"
    named = {_role_id(role).lower(): (origin, _definition(role)) for origin, role in reversed(roles)}
    definitions = list(reversed(named.values()))
    instances = _parts(roles, "Assignments", _assignments)
    rules = _parts(roles, "Rules", _policies)
    return [
        _collection(_DEFINITIONS, definitions, status, why or only),
        _collection(_INSTANCES, instances, *_part(export, instances, status, why or only)),
        _collection(_RULES, rules, *_part(export, rules, status, why or only)),
        _eligible(export),
    ]


def read_holders(export: Export) -> list[Collection]:
    """The users and service_principals, truncated, since the export names only holders of privileged roles, and
    role_holders with the roles of each user.
    """
    users = _holders(export, HOLDERS, "users")
    return [users, _holders(export, APPLICATIONS_HOLDING, "service principals"), _named(export, users)]


def _named(export: Export, users: Collection) -> Collection:
    if export.found(HOLDERS.name) is None:
        return Collection(_NAMED, CollectionStatus.NOT_COLLECTED)
    status, why = export.worth(HOLDERS, len(users.items))
    return Collection(
        _NAMED,
        status,
        items=users.items,
        origins=users.origins,
        source=f"ScubaGear {HOLDERS.name}",
        detail=why or "the holders of the roles that ScubaGear calls highly privileged",
    )


def _holders(export: Export, key: Key, noun: str) -> Collection:
    entry = export.found(key.name)
    if entry is None or not isinstance(entry[1], Mapping):
        return export.collection(key, (), (), status=CollectionStatus.TRUNCATED, detail=f"no {noun} in the export")
    items, origins = [], []
    for identity, holder in entry[1].items():
        if isinstance(holder, Mapping):
            items.append({"id": identity, **restate(holder, graph_name)})
            origins.append(export.origin(f"{entry[0]}/{pointer_token(identity)}"))
    detail = f"only {noun} that hold a privileged role, active or eligible: the export does not tell which"
    return export.collection(key, items, origins, status=CollectionStatus.TRUNCATED, detail=detail)


def _eligible(export: Export) -> Collection:
    status, detail = _without_pim(export) or (
        CollectionStatus.NOT_COLLECTED,
        "the export names the holders of a role without telling eligible from active",
    )
    return Collection(_ELIGIBLE, status, source="ScubaGear", detail=detail)


def _without_pim(export: Export) -> tuple[CollectionStatus, str] | None:
    if export.licences is not None and _P2 not in export.licences:
        return CollectionStatus.UNLICENSED, "the tenant has no entra_p2, so PIM was not read"
    return None


def _part(export: Export, found: _Found | None, status: CollectionStatus, why: str) -> tuple[CollectionStatus, str]:
    """Assignments and rules are read through PIM, which ScubaGear leaves out without Entra ID P2."""
    if status is not CollectionStatus.OK or found is not None:
        return status, why
    return _without_pim(export) or (CollectionStatus.NOT_COLLECTED, "the export's roles do not hold it")


def _parts(roles: Sequence[tuple[Origin, Mapping[str, Any]]], key: str, make: Any) -> _Found | None:
    """What `make` finds under one key of every role; None when no role has the key."""
    found: dict[str, tuple[Origin, dict[str, Any]]] = {}
    seen = False
    for origin, role in roles:
        entry = lookup(role, key)
        if entry is None or entry[1] is None:
            continue
        seen = True
        for pointer, item in make(role, entry[1]):
            place = Origin(origin.file, f"{origin.pointer}/{pointer_token(entry[0])}{pointer}")
            if item["id"] in found:
                _carry(found[item["id"]][1], item)
            else:
                found[item["id"]] = (place, item)
    return list(found.values()) if seen or not roles else None


def _carry(first: dict[str, Any], again: JsonObject) -> None:
    """A PIM group is listed under each role that it carries."""
    roles = [one for one in again.get("carriesRoles", ()) if one not in first["carriesRoles"]]
    if roles:
        first["carriesRoles"] += roles


def _definition(role: Mapping[str, Any]) -> dict[str, Any]:
    """`isHighlyPrivileged` is no property of Graph's: the export lists no role but those that ScubaGear calls so."""
    template = _role_id(role)
    return {
        "id": template,
        "templateId": template,
        "displayName": role.get("DisplayName"),
        "isBuiltIn": True,
        "isHighlyPrivileged": True,
    }


def _role_id(role: Mapping[str, Any]) -> str:
    return str(role.get("RoleTemplateId") or role.get("DisplayName") or "")


def _assignments(role: Mapping[str, Any], value: Any) -> list[tuple[str, dict[str, Any]]]:
    found = []
    for pointer, raw in items_of(value):
        item = restate(raw, graph_name)
        role_id = item.get("roleDefinitionId") or _role_id(role)
        made = {
            **item,
            "roleDefinitionId": role_id,
            # Fragments leave ids out; Graph's own id of an instance is opaque, so any stable one serves.
            "id": item.get("id") or f"{role_id}:{item.get('principalId')}:{pointer.strip('/')}",
        }
        found.append((pointer, made))
    return found


def _policies(role: Mapping[str, Any], value: Any) -> list[tuple[str, dict[str, Any]]]:
    """The role's own rules as one policy, and those of each PIM group that carries the role as another.

    The export tells a group by its name alone; `carriesRoles`, which the Graph does not have, says which roles the
    group gives.
    """
    groups: dict[tuple[str, str], list[Any]] = {}
    for _, raw in items_of(value):
        rule = restate(raw, graph_name)
        source = (str(rule.pop("ruleSourceType", "") or "Directory Role"), str(rule.pop("ruleSource", "") or ""))
        own = source[0].lower() == "directory role"
        groups.setdefault(("role", "") if own else ("group", source[1]), []).append(rule)
    found = []
    for (kind, group), rules in groups.items():
        role_id = _role_id(role)
        made: dict[str, Any] = {"policy": {"rules": rules}}
        if kind == "role":
            made |= {
                "id": f"DirectoryRole_{role_id}",
                "scopeId": "/",
                "scopeType": "DirectoryRole",
                "roleDefinitionId": role_id,
                "displayName": role.get("DisplayName"),
            }
        else:
            made |= {"id": f"Group_{group}", "scopeType": "Group", "displayName": group, "carriesRoles": [role_id]}
        found.append(("", made))
    return found


def _collection(name: str, found: _Found | None, status: CollectionStatus, detail: str) -> Collection:
    return Collection(
        name,
        status,
        items=tuple(item for _, item in found or ()),
        origins=tuple(origin for origin, _ in found or ()),
        source=f"ScubaGear {ROLES.name}",
        detail=detail,
    )

"""Application permissions that were granted, judged by the shipped lists of permissions.

A permission is known by its resource and its id, since Exchange and SharePoint use ids of Graph again for permissions
of their own (User.ReadWrite.All of SharePoint changes profiles, and no more). Where the snapshot does not tell the
resource, the id alone decides, and of several permissions with that id the strongest counts. On Graph, Exchange and
SharePoint a permission in none of the lists is unknown, as is one in no list on a resource that is not told.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from tenantlint import shipped
from tenantlint.facts.interface import FactContext
from tenantlint.model import JsonObject

# The assignment of an application that has no roles: access without any permission.
_NO_PERMISSION = "00000000-0000-0000-0000-000000000000"


@dataclass(slots=True)
class Granted:
    """What one principal was granted, by id of the permission and resource, each once."""

    strong: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    unknown: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)


@cache
def permissions_data() -> Mapping[str, Any]:
    """The shipped lists of strong permissions; the file says what they mean."""
    return _shipped("application_permissions.json")


def granted(context: FactContext) -> dict[str, Granted]:
    """Id of a principal (lower case) to its strong and its unknown permissions; others are left out."""
    resources = _resources(context)
    found: dict[str, Granted] = {}
    for grant in context.snapshot.items("app_role_assignments"):
        permission = str(grant.get("appRoleId") or "").lower()
        if permission == _NO_PERMISSION:
            continue
        resource = _resource(grant, resources)
        strong = _strong(resource, permission)
        if strong is None and _known(resource, permission):
            continue
        held = found.setdefault(str(grant.get("principalId")).lower(), Granted())
        if strong is not None:
            held.strong[strong["id"], strong["resource"]] = strong
        else:
            named = _names().get(resource or "", str(grant.get("resourceDisplayName") or ""))
            held.unknown[permission, named] = {"id": permission, "resource": named}
    return found


def _shipped(name: str) -> dict[str, Any]:
    text = (shipped.policies() / "data" / name).read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


@cache
def _names() -> dict[str, str]:
    """Application id of a resource that the lists cover, to its name."""
    names: dict[str, str] = permissions_data()["resources"]
    return names


@cache
def _listed() -> dict[tuple[str, str], dict[str, str]]:
    """Name of the resource and id of the permission, strongest first."""
    return {(one["resource"], one["id"]): one for one in permissions_data()["permissions"]}


@cache
def _others() -> dict[str, frozenset[str]]:
    """Application id of a resource to the ids of its permissions that are known and not strong."""
    return {app: frozenset(ids) for app, ids in _shipped("application_permissions_other.json")["permissions"].items()}


def _resources(context: FactContext) -> dict[str, str]:
    """Id of a service principal to its application id."""
    return {
        str(item.get("id")).lower(): str(item["appId"]).lower()
        for item in context.snapshot.items("service_principals")
        if item.get("appId")
    }


def _resource(grant: JsonObject, resources: Mapping[str, str]) -> str | None:
    """The application id of the resource of a grant, by its id or else by its name; None where neither tells."""
    found = resources.get(str(grant.get("resourceId")).lower())
    if found is not None:
        return found
    name = str(grant.get("resourceDisplayName") or "").casefold()
    return next((app for app, known in _names().items() if known.casefold() == name), None)


def _strong(resource: str | None, permission: str) -> dict[str, str] | None:
    return next((found for name in _candidates(resource) if (found := _listed().get((name, permission)))), None)


def _candidates(resource: str | None) -> Iterator[str]:
    """Names of the resources to look under: Graph, whose permissions are the strongest, comes first."""
    return (name for app, name in _names().items() if resource in (None, app))


def _known(resource: str | None, permission: str) -> bool:
    if resource is None:
        return any(permission in ids for ids in _others().values())
    return resource not in _names() or permission in _others().get(resource, frozenset())

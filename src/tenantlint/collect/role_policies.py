"""PIM's rules by role: what Graph assigns to a role, with the name that people know the role by."""

from __future__ import annotations

from collections.abc import AsyncIterator

from tenantlint.collect.fetching import Context, IncompleteError
from tenantlint.collect.lists import NOT_WHOLE, fetch_list
from tenantlint.collect.source import Source
from tenantlint.model import JsonObject

_ROLES = "role_definitions"


async def fetch_role_policies(context: Context, source: Source) -> AsyncIterator[list[JsonObject]]:
    """Graph's assignments of policies to roles. `displayName` is the role's; a role that is not known gives none.

    Where the roles could not be read, names lack that another run would give: then this is not whole.
    """
    names: dict[str, str] | None = None
    async for batch in fetch_list(context, source):
        if names is None:
            await context.finished(_ROLES)
            names = _names(context)
        yield [_named(item, names) for item in batch]
    if await context.finished(_ROLES) in NOT_WHOLE:
        raise IncompleteError(f"{_ROLES} could not be read whole, and names of roles are missing")


def _names(context: Context) -> dict[str, str]:
    """By id and by template: an assignment may name either."""
    return {
        str(role[key]): str(role["displayName"])
        for role in context.items(_ROLES)
        for key in ("templateId", "id")
        if role.get(key) and role.get("displayName")
    }


def _named(item: JsonObject, names: dict[str, str]) -> JsonObject:
    name = names.get(str(item.get("roleDefinitionId")))
    return item if name is None else {**item, "displayName": name}

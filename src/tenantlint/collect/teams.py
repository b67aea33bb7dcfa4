"""Tenant-wide Teams settings, from the ConfigAPI that the admin centre uses.

Not a published contract: section 3.6 of the reference. Asked without an identity, a configuration comes as the list
of its instances: the tenant's own (`Global`) and, for policies, those with a name (`Tag:Board meetings`).
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from urllib.parse import quote

from tenantlint.collect.calls import Call, CallError, Reason
from tenantlint.collect.cleaning import clean
from tenantlint.collect.fetching import Context
from tenantlint.collect.source import Source
from tenantlint.model import Json, JsonObject
from tenantlint.snapshot.catalog import Storage, spec_of

# What a failure looks like that comes with a status of success.
_FAILURES = ("error", "errors", "errorcode", "exceptionmessage")


async def fetch(context: Context, source: Source) -> AsyncIterator[list[JsonObject]]:
    """Every instance of the source's configuration.

    Raises CallError, also when the reply holds anything but instances, when two instances have one identity, and when
    there are several where there is one.
    """
    call = Call(
        service=source.service,
        url=f"/Skype.Policy/configurations/{quote(source.request, safe='')}",
        rate=source.rate,
        area=source.area,
        collection=source.collection,
        cost=source.cost,
        headers={"Accept": "application/json", "x-authz-scope": "tenant"},
    )
    found = [_identified(call, item) for item in _instances(call, await context.sender.send(call))]
    identities = [item["Identity"] for item in found]
    single = spec_of(source.collection).storage is Storage.SINGLETON
    if len(set(identities)) < len(identities) or (single and len(found) > 1):
        raise CallError(call, Reason.UNREADABLE, message="the reply holds several objects where there is one")
    yield found


def _instances(call: Call, reply: JsonObject) -> list[JsonObject]:
    """The instances of a reply: a list, or a single one by itself."""
    value: Json = reply.get("value")
    rows = value if isinstance(value, list) else [reply]
    for row in rows:
        if not isinstance(row, dict) or any(key.lower() in _FAILURES for key in row):
            raise CallError(call, Reason.UNREADABLE, message="the reply holds no list of configurations")
    return rows


def _identified(call: Call, item: JsonObject) -> JsonObject:
    """The instance with its identity, which some configurations tell as `ConfigId` or inside their key only."""
    key = item.get("Key")
    scope = key.get("ScopeClass") if isinstance(key, dict) else None
    identity = next((each for each in (item.get("Identity"), item.get("ConfigId"), scope) if _is_name(each)), None)
    if identity is None:
        raise CallError(call, Reason.UNREADABLE, message="the reply holds a configuration without an identity")
    return {**clean(item), "Identity": identity}


def _is_name(value: Json) -> bool:
    return isinstance(value, str) and bool(value.strip())

"""SharePoint's admin REST service: the one object `SPO.Tenant`, as verbose OData JSON.

Around the properties that a snapshot holds stands what the service adds: `__metadata` on the object and on everything
nested, members that are links (`__deferred`), and wrappers with `results` around lists. Numbers of 64 bits are texts
in the service's own JSON and so in the snapshot: they pass as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiohttp import web
from tests.emulator import tokens
from tests.emulator.core import WORLD, application, reply
from tests.emulator.world import World

from tenantlint.model import CollectionStatus

_APP_ROLE = "Sites.FullControl.All"
_PATH = "/_api/SPO.Tenant"
_TYPE = "Microsoft.Online.SharePoint.TenantAdministration.Tenant"
_DEFERRED = (
    "CatalogManagement",
    "CatalogManagementCustomProperties",
    "Sites",
    "TenantDataLossPreventionQuarantineSettings",
    "TotalTenantArchiveFileSizeAggregation",
)
_VERBOSE = "application/json;odata=verbose"


def build(world: World) -> web.Application:
    """The admin site of SharePoint."""
    app = application(world, "sharepoint")
    app.router.add_get(_PATH, _tenant)
    return app


async def _tenant(request: web.Request) -> web.Response:
    world = request.app[WORLD]
    refusal = _refusal(request, world)
    if refusal is not None:
        return refusal
    items = world.items("sharepoint_tenant")
    if not items:
        return _error(404, "-2147024894, System.IO.FileNotFoundException", "The tenant was not found.")
    body = reply({"d": verbose(items[0], world.origins["sharepoint"] + _PATH)})
    body.headers["Content-Type"] = _VERBOSE + ";charset=utf-8"
    return body


def verbose(item: Mapping[str, Any], uri: str) -> dict[str, Any]:
    """The object with everything that verbose OData adds."""
    links = {name: {"__deferred": {"uri": f"{uri}/{name}"}} for name in _DEFERRED if name not in item}
    return {
        "__metadata": {"id": uri, "uri": uri, "type": _TYPE},
        **links,
        **{name: _wrapped(value) for name, value in item.items()},
    }


def _wrapped(value: Any) -> Any:
    if isinstance(value, list):
        return {"__metadata": {"type": f"Collection({_element(value)})"}, "results": [_wrapped(one) for one in value]}
    if isinstance(value, Mapping):
        inner = {name: _wrapped(one) for name, one in value.items()}
        return {"__metadata": {"type": "Microsoft.SharePoint.Administration.SPOTenantPart"}, **inner}
    return value


def _element(values: list[Any]) -> str:
    if values and isinstance(values[0], Mapping):
        return "Microsoft.SharePoint.Administration.SPOTenantPart"
    return "Edm.Int32" if values and isinstance(values[0], int) else "Edm.String"


def _refusal(request: web.Request, world: World) -> web.Response | None:
    claims = tokens.read(request.headers.get("Authorization"))
    if claims is None or tokens.expired(claims, world.clock.now()) or not tokens.fits(claims, "sharepoint"):
        told = {"error_description": "Invalid JWT token. No audience fits."}
        return reply(told, 401, www_authenticate='Bearer realm="emulated"')
    if _APP_ROLE not in (claims.get("roles") or ()) or world.status("sharepoint_tenant") is CollectionStatus.DENIED:
        return _error(403, "-2147024891, System.UnauthorizedAccessException", "Attempted an unauthorized operation.")
    if request.headers.get("Accept", "").replace(" ", "").lower() != _VERBOSE:
        return web.Response(status=406, text="Not Acceptable")
    if not world.licensed("sharepoint") or world.status("sharepoint_tenant") is CollectionStatus.UNLICENSED:
        return _error(404, "-2147024894, System.IO.FileNotFoundException", "The tenant has no SharePoint.")
    if world.status("sharepoint_tenant") in (CollectionStatus.FAILED, CollectionStatus.TRUNCATED):
        return web.Response(status=503, text="<html><body>Server too busy</body></html>", content_type="text/html")
    return None


def _error(status: int, code: str, message: str) -> web.Response:
    return reply({"error": {"code": code, "message": {"lang": "en-US", "value": message}}}, status)

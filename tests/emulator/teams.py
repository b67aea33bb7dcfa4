"""Teams: the admin centre's ConfigAPI."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiohttp import web
from tests.emulator import tokens
from tests.emulator.core import WORLD, application, reply
from tests.emulator.world import World

from tenantlint.model import CollectionStatus

CONFIGURATIONS = {
    "ExternalAccessPolicy": "teams_external_access_policies",
    "TeamsAppPermissionPolicy": "teams_app_permission_policies",
    "TeamsClientConfiguration": "teams_client_configuration",
    "TeamsMeetingBroadcastPolicy": "teams_meeting_broadcast_policies",
    "TeamsMeetingPolicy": "teams_meeting_policies",
    "TeamsMessagingPolicy": "teams_messaging_policies",
    "TenantFederationSettings": "teams_federation_configuration",
}
ROLES = frozenset(
    {
        "Global Administrator",
        "Global Reader",
        "Skype for Business Administrator",
        "Teams Administrator",
        "Teams Communications Administrator",
        "Teams Reader",
    }
)


def build(world: World) -> web.Application:
    """Teams ConfigAPI."""
    app = application(world, "teams")
    root = "/Skype.Policy/configurations/{configuration}"
    app.router.add_get(root, _list)
    app.router.add_get(root + "/configuration/{identity}", _one)
    return app


async def _list(request: web.Request) -> web.Response:
    """Every instance: the tenant's own (`Global`) and those with a name (`Tag:...`)."""
    world = request.app[WORLD]
    refusal = _refusal(request, world)
    return refusal or reply(list(world.items(CONFIGURATIONS[request.match_info["configuration"]])))


async def _one(request: web.Request) -> web.Response:
    world = request.app[WORLD]
    refusal = _refusal(request, world)
    if refusal is not None:
        return refusal
    wanted = request.match_info["identity"].lower()
    for item in world.items(CONFIGURATIONS[request.match_info["configuration"]]):
        if str(item.get("Identity", "Global")).lower() == wanted:
            return reply(dict(item))
    return _error(404, "NotFound", "No instance has this identity.")


def _refusal(request: web.Request, world: World) -> web.Response | None:
    """What is in the way, as a reply; None when nothing is."""
    claims = tokens.read(request.headers.get("Authorization"))
    if claims is None or tokens.expired(claims, world.clock.now()) or not tokens.fits(claims, "teams"):
        return web.Response(status=401, headers={"WWW-Authenticate": "Bearer"})
    if request.headers.get("x-authz-scope") != "tenant":
        return _error(400, "BadRequest", "The header x-authz-scope is missing.")
    if not ROLES & world.directory_roles:
        return _error(403, "Forbidden", "Access Denied.")
    collection = CONFIGURATIONS.get(request.match_info["configuration"])
    if collection is None:
        return _error(404, "NotFound", "There is no such configuration.")
    return _as_collected(world, collection)


def _as_collected(world: World, collection: str) -> web.Response | None:
    status = world.status(collection)
    if not world.licensed("teams") or status is CollectionStatus.UNLICENSED:
        return _error(404, "NotFound", "The tenant is not enabled for Teams.")
    if status is CollectionStatus.DENIED:
        return _error(403, "Forbidden", "Access Denied.")
    if status in (CollectionStatus.FAILED, CollectionStatus.TRUNCATED):
        return web.Response(status=503, text="<html><body>Service unavailable</body></html>", content_type="text/html")
    return None


def _error(status: int, code: str, message: str) -> web.Response:
    told: Mapping[str, Any] = {"code": code, "message": message, "action": "none"}
    return reply(told, status)

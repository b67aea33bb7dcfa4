"""Who is asking, and whether the tenant answers."""

from __future__ import annotations

from datetime import timedelta

from aiohttp import web
from tests.emulator import permissions, tokens
from tests.emulator.core import broken
from tests.emulator.graph import errors
from tests.emulator.graph.queries import Query
from tests.emulator.graph.route import Route
from tests.emulator.world import World

from tenantlint.model import CollectionStatus

_SLACK = timedelta(hours=1)  # clocks differ, and a request takes its time
_UNREAD = frozenset({CollectionStatus.DENIED, CollectionStatus.NOT_COLLECTED})


def authenticate(world: World, request: web.Request) -> frozenset[str]:
    """The permissions in the token, an application's or a user's. Raises GraphError (401)."""
    header = request.headers.get("Authorization")
    if not header:
        raise errors.unauthorized("Access token is empty.")
    claims = tokens.read(header)
    if claims is None:
        raise errors.unauthorized("CompactToken parsing failed with error code: 80049217")
    if not tokens.fits(claims, "graph"):
        raise errors.unauthorized("Access token validation failure. Invalid audience.")
    if tokens.expired(claims, world.clock.now()):
        raise errors.unauthorized("Lifetime validation failed, the token is expired.")
    if claims.get("tid") != world.tenant_id:
        raise errors.unauthorized("Access token validation failure. Invalid tenant.")
    return frozenset(claims.get("roles") or str(claims.get("scp") or "").split())


def authorize(world: World, route: Route, granted: frozenset[str]) -> None:
    """Permission, then licence, then what became of the collection. Raises GraphError or BrokenError."""
    collection = route.collection
    needed = permissions.ANY_OF[collection]
    also = permissions.ALSO.get(collection, ())
    if not granted & set(needed):
        raise route.denied(needed)
    if not granted >= set(also):
        raise route.denied(also)
    status = world.status(collection)
    if status in _UNREAD:
        raise route.denied(needed)
    if status is CollectionStatus.UNLICENSED or not world.licensed(*route.licence):
        raise route.unlicensed()
    if status is CollectionStatus.FAILED:
        raise broken(world.detail(collection))


def remember(world: World, route: Route, query: Query) -> None:
    """Raises GraphError (400) for a filter that asks further back than the log goes."""
    if route.history is None or query.filter is None:
        return
    key, free, premium = route.history
    days = premium if world.licensed("entra_p1", "entra_p2") else free
    earliest = world.clock.now() - timedelta(days=days)
    if key in query.filter.since and query.filter.since[key] < earliest - _SLACK:
        raise errors.too_far_back(earliest)

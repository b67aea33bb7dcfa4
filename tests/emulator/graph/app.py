"""Graph as an application: one handler a kind of route, and what every request goes through first."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from aiohttp import web
from tests.emulator.core import BrokenError, Handler, application, broken, reply
from tests.emulator.graph import access, errors, people_routes, routes, shapes
from tests.emulator.graph.asked import ASKED, Asked, directory, eventual, whole
from tests.emulator.graph.errors import GraphError
from tests.emulator.graph.groups import Groups
from tests.emulator.graph.limits import Limits
from tests.emulator.graph.pages import Tokens
from tests.emulator.graph.properties import knows
from tests.emulator.graph.queries import check, page_size, parse
from tests.emulator.graph.route import BOTH, Kind, Route, Top
from tests.emulator.graph.store import Store
from tests.emulator.world import World

from tenantlint.model import CollectionStatus

_CASTS = {
    "microsoft.graph.user": "user",
    "microsoft.graph.group": "group",
    "microsoft.graph.servicePrincipal": "servicePrincipal",
    "microsoft.graph.device": "device",
}
Encode = Callable[[Any], bytes]


def build(world: World) -> web.Application:
    """Graph of one tenant."""
    return Graph(world).application()


def encode(item: Any) -> bytes:
    """An object as it is sent."""
    return json.dumps(item, ensure_ascii=False, separators=(",", ":")).encode()


class Graph:
    """The routes of both versions over one store. `store.change` alters the tenant while it is read."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._store = Store(world)
        world.change = self._change
        self._groups = Groups(world, self._store)
        self._tokens = Tokens(world)
        self._limits = Limits(world, len(world.items("users")))
        self._named: dict[str, Route] = {}

    def application(self) -> web.Application:
        """The application, with a route for each path and version."""
        app = application(self._world, "graph", self._gate)
        for route in routes.ROUTES:
            self._add(app, route, route.path, self._list if route.kind is Kind.LIST else self._object)
            if route.kind is Kind.LIST and route.top is not Top.REFUSED:
                self._add(app, route, route.path + "/{id}", self._single)
        self._add(app, people_routes.USERS, "/users", self._users)
        self._add(app, people_routes.USERS, "/users/{id}", self._single)
        self._add(app, people_routes.GROUPS, "/groups", self._all_groups)
        self._add(app, people_routes.GROUPS, "/groups/{id}", self._group)
        for route in (people_routes.MEMBERS, people_routes.TRANSITIVE, people_routes.OWNERS):
            self._add(app, route, route.path, self._members)
            self._add(app, route, route.path + "/{cast}", self._members)
        self._add(app, people_routes.ROLES_OF, people_routes.ROLES_OF.path, self._of_application)
        self._add(app, people_routes.CLASSIFICATIONS_OF, people_routes.CLASSIFICATIONS_OF.path, self._of_application)
        for route in (people_routes.OWNERS_OF_APPLICATION, people_routes.OWNERS_OF_PRINCIPAL):
            self._add(app, route, route.path, self._owners)
        self._add(app, people_routes.SIGN_INS, people_routes.SIGN_INS.path, self._sign_ins)
        app.router.add_route("*", "/{version}/{rest:.*}", self._nowhere)
        return app

    def _change(self, collection: str, items: Sequence[Any]) -> None:
        self._store.change(collection, items)
        self._groups = Groups(self._world, self._store)

    def _add(self, app: web.Application, route: Route, path: str, handler: Handler) -> None:
        for version in BOTH:
            if version in route.versions:
                resource = app.router.add_resource(f"/{version}{path}")
                resource.add_route("GET", handler)
                resource.add_route("*", self._no_method)
                self._named[resource.canonical] = route

    # --- what every request goes through

    @property
    def _gate(self) -> Any:
        @web.middleware
        async def gate(request: web.Request, handler: Handler) -> web.StreamResponse:
            try:
                return await self._pass(request, handler)
            except GraphError as error:
                return error.response(self._world.clock.now())
            except BrokenError as error:
                return error.response

        return gate

    async def _pass(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        granted = access.authenticate(self._world, request)
        resource = request.match_info.route.resource
        route = self._named.get(resource.canonical) if resource is not None else None
        if route is None:
            return await handler(request)
        query = parse(request.query)
        if route is people_routes.USERS and "signInActivity" in query.select:
            route = people_routes.ACTIVITY
        if route is people_routes.GROUPS and query.filter is not None and query.filter.among:
            route = people_routes.BY_TYPE.get(min(query.filter.among), route)
        version = request.path.split("/")[1]
        ASKED.set(Asked(route, query, granted, version))
        with self._limits.admitted(route, query) as headers:
            access.authorize(self._world, route, granted)
            check(route, query)
            knows(route, query, version)
            access.remember(self._world, route, query)
            response = await handler(request)
        response.headers.update(headers)
        return response

    # --- the kinds of routes

    async def _list(self, request: web.Request) -> web.Response:
        asked = ASKED.get()
        route = asked.route
        return self._page(request, self._store.items(route.collection, asked.version, whole=whole(request)))

    async def _object(self, request: web.Request) -> web.Response:
        """One object, which is there even when nothing was ever set."""
        asked = ASKED.get()
        route = asked.route
        items = self._store.items(route.collection, asked.version, whole=whole(request))
        if route.collection == "authorization_policy" and asked.version == "beta":
            return self._page(request, [shapes.authorization_of_beta(item) for item in items])
        if not items:
            raise errors.not_found(route.path.rsplit("/", 1)[1])
        return self._one(request, items[0])

    async def _single(self, request: web.Request) -> web.Response:
        asked = ASKED.get()
        route = asked.route
        identity = request.match_info["id"]
        found = self._store.find(
            route.collection if route is not people_routes.ACTIVITY else "users",
            identity,
            asked.version,
            whole=whole(request),
        )
        if found is None:
            raise errors.not_found(identity)
        return self._one(request, found)

    async def _users(self, request: web.Request) -> web.Response:
        if ASKED.get().route is people_routes.ACTIVITY:
            return self._page(request, self._store.activity)
        return await self._list(request)

    async def _all_groups(self, request: web.Request) -> web.Response:
        """Groups; those that only a list by type holds, too."""
        return self._page(request, self._store.groups_with(ASKED.get().route.collection))

    async def _group(self, request: web.Request) -> web.Response:
        self._groups.line(request.match_info["id"])  # 404 for one that is gone
        return await self._single(request)

    async def _members(self, request: web.Request) -> web.Response:
        asked = ASKED.get()
        query = asked.query
        identity, cast = request.match_info["id"], request.match_info.get("cast")
        relation = request.path.split("/")[4]
        only = None
        if cast is not None:
            only = _CASTS.get(cast)
            if only is None:
                raise errors.no_segment(cast)
            if not (eventual(request) and query.count):
                raise errors.unsupported("OData casts need the ConsistencyLevel:eventual header and $count=true.")
        self._groups.check(identity, asked.granted)
        ids = self._groups.ids(identity, relation, only)
        if query.select == ("id",):
            return self._page(request, ids, self._groups.plain, cut=self._groups.truncated(identity))
        names = frozenset(query.select)

        def shown(one: str) -> bytes:
            item = self._groups.shown(one, asked.granted)
            return encode(shapes.selected(item, names | {"id"}) if names else item)

        return self._page(request, ids, shown, cut=self._groups.truncated(identity))

    async def _of_application(self, request: web.Request) -> web.Response:
        asked = ASKED.get()
        route = asked.route
        identity = request.match_info["id"]
        if self._store.find("service_principals", identity, "v1.0") is None:
            raise errors.not_found(identity)
        key = "principalId" if route is people_routes.ROLES_OF else "servicePrincipalId"
        found = self._store.of_parent(route.collection, key, identity)
        return self._page(request, [shapes.version_of(route.collection, item, asked.version) for item in found])

    async def _owners(self, request: web.Request) -> web.Response:
        asked = ASKED.get()
        identity = request.match_info["id"]
        owned = "applications" if asked.route is people_routes.OWNERS_OF_APPLICATION else "service_principals"
        if self._store.find(owned, identity, "v1.0") is None:
            raise errors.not_found(identity)
        line = self._store.find(asked.route.collection, identity, "v1.0") or {}
        ids = self._store.shuffled(f"owners/{identity}", line.get("owners") or ())
        if asked.query.select == ("id",):
            return self._page(request, ids, self._groups.plain)
        return self._page(request, ids, lambda one: encode(self._groups.shown(one, asked.granted)))

    async def _sign_ins(self, request: web.Request) -> web.Response:
        asked = ASKED.get()
        query = asked.query
        records = self._store.sign_ins
        names = frozenset(query.select)

        def shown(which: Any) -> bytes:
            record = records.record(which, asked.version)
            return encode(shapes.selected(record, names | {"id"}) if names else record)

        found = records.matching(query.filter.matches if query.filter else None)
        return self._page(request, found, shown)

    async def _nowhere(self, request: web.Request) -> web.Response:
        version = request.match_info["version"]
        if version not in BOTH:
            raise errors.bad_request(f"Invalid version: {version}")
        raise errors.no_segment(request.match_info["rest"].split("/")[0])

    async def _no_method(self, request: web.Request) -> web.Response:
        raise GraphError(405, "Request_BadRequest", "Specified HTTP method is not allowed for the request target.")

    # --- replies

    def _page(
        self, request: web.Request, items: Sequence[Any], shown: Encode | None = None, *, cut: bool = False
    ) -> web.Response:
        """One page. `shown`: how an item is sent, when it is no plain object. `cut`: the rest cannot be had."""
        asked = ASKED.get()
        route, query = asked.route, asked.query
        if shown is None and query.filter is not None:
            items = [item for item in items if query.filter.matches(item)]
        size = page_size(route, query)
        offset = self._tokens.offset(request.path, query)
        if route.collection not in ("groups", "group_members"):  # each line of which has a status of its own
            cut = cut or self._world.status(route.collection) is CollectionStatus.TRUNCATED
        if cut and offset >= len(items) and query.skip_token is not None:
            raise broken("503")
        part = items[offset : offset + size]
        end = offset + len(part)
        more = end < len(items) or cut
        head: dict[str, Any] = {"@odata.context": self._context(request)}
        if query.count and route.counts and offset == 0 and (not directory(route) or eventual(request)):
            head["@odata.count"] = len(items)
        if more and route.top is Top.PAGE:
            head["@odata.nextLink"] = self._tokens.link(request.path, query, end)
        how = shown or self._shown(request)
        body = encode(head)[:-1] + b',"value":[' + b",".join([how(item) for item in part]) + b"]}"
        return reply(body)

    def _one(self, request: web.Request, item: Mapping[str, Any]) -> web.Response:
        body = self._shown(request)(item)
        head = encode({"@odata.context": f"{self._context(request)}/$entity"})
        return reply(head[:-1] + b"," + body[1:] if body != b"{}" else head)

    def _shown(self, request: web.Request) -> Encode:
        """How this request wants its objects."""
        asked = ASKED.get()
        route, query = asked.route, asked.query
        names = frozenset(query.select) | {"id"} if query.select else None
        if names is None and route is people_routes.USERS:
            names = shapes.USER_DEFAULTS
        principal = query.expands("principal")
        root = f"{self._world.origins['graph']}/{asked.version}/$metadata"

        def shown(item: Mapping[str, Any]) -> bytes:
            item = shapes.expanded(route.collection, item, query)
            if principal:
                item = {**item, "principal": self._groups.shown(str(item.get("principalId")), asked.granted)}
            if names is not None:
                item = shapes.selected(item, names)
            return encode(shapes.noisy(route, item, root))

        return shown

    def _context(self, request: web.Request) -> str:
        asked = ASKED.get()
        query = asked.query
        path = request.path.strip("/").split("/", 1)[1]
        names = f"({','.join(query.select)})" if query.select else ""
        return f"{self._world.origins['graph']}/{asked.version}/$metadata#{path}{names}"

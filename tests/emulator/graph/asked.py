"""The request at hand."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass

from aiohttp import web
from tests.emulator.graph.queries import Query
from tests.emulator.graph.route import Route

_PREFER = "include-unknown-enum-members"


@dataclass(frozen=True, slots=True)
class Asked:
    """The request at hand: its route, what it asks for, and what its token allows."""

    route: Route
    query: Query
    granted: frozenset[str]
    version: str


# Lists that count only under ConsistencyLevel eventual.
_DIRECTORY = frozenset(
    {
        "application_owners",
        "applications",
        "dynamic_groups",
        "group_members",
        "groups",
        "public_groups",
        "service_principal_owners",
        "service_principals",
        "users",
    }
)

ASKED: ContextVar[Asked] = ContextVar("asked")


def whole(request: web.Request) -> bool:
    """Whether the client knows enum members that it does not know."""
    return any(_PREFER in value.lower() for value in request.headers.getall("Prefer", []))


def eventual(request: web.Request) -> bool:
    return request.headers.get("ConsistencyLevel", "").lower() == "eventual"


def directory(route: Route) -> bool:
    return route.collection in _DIRECTORY

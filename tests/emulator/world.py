"""What every emulated service shares: the tenant, who may read what, the clock, and the log of requests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from aiohttp import web
from tests.emulator import permissions, tokens
from tests.emulator.clock import Clock, RealClock

from tenantlint.model import CollectionStatus
from tenantlint.snapshot import Snapshot
from tenantlint.snapshot.manifest import LICENCES
from tenantlint.sources.licences import licences_of

_IMPLIED = {"entra_p1": "entra_p2", "defender_office_p1": "defender_office_p2"}  # who loses the first has no second


def _no_change(collection: str, items: Sequence[Any]) -> None:
    raise NotImplementedError("Graph does not run")


class Faults(Protocol):
    """What goes wrong on the way. Called for every request of every service, after the latency."""

    async def intercept(self, request: web.Request) -> web.StreamResponse | None:
        """A reply in place of the service's own, or None. May also close the connection, or wait."""

    async def mangle(self, request: web.Request, response: web.StreamResponse) -> web.StreamResponse:
        """The reply as it arrives."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One request that was answered. `started`: on the world's monotonic clock. `status`: 0 when no reply was sent."""

    service: str
    method: str
    route: str
    path: str
    status: int
    started: float
    seconds: float


@dataclass
class World:
    """One emulated tenant.

    `granted`: application permissions of the collector's token; `directory_roles`: Entra roles of its service
    principal. `limits`: `documented` throttles as the services do, `none` never. `replays`: whether Exchange honours
    the next links that it gives (both were measured). `violations`: requests that no collector may ever send, in
    words. `skip_token_lifetime`: of Graph's next links, in seconds. `change`: puts other objects in the place of a
    collection of Graph's, as if the tenant had changed that moment. `lost`: licences that `unlicensed` comes to.
    `origins` is filled when the services listen.
    """

    snapshot: Snapshot
    latency: float = 0.0
    limits: str = "documented"
    faults: Faults | None = None
    deny: Collection[str] = ()
    unlicensed: Collection[str] = ()
    seed: int = 0
    clock: Clock = field(default_factory=RealClock)
    replays: bool = True
    skip_token_lifetime: float = 3600.0
    change: Callable[[str, Sequence[Any]], None] = _no_change
    violations: list[str] = field(default_factory=list)
    log: list[Entry] = field(default_factory=list)
    counters: Counter[str] = field(default_factory=Counter)
    origins: dict[str, str] = field(default_factory=dict)
    lost: frozenset[str] = field(init=False)
    licences: frozenset[str] = field(init=False)
    granted: frozenset[str] = field(init=False)
    directory_roles: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.lost = frozenset(self.unlicensed) | {_IMPLIED[name] for name in self.unlicensed if name in _IMPLIED}
        self.licences = self._licences() - self.lost
        self.granted = permissions.granted(self.status) - set(self.deny)
        self.directory_roles = frozenset({"Global Reader"}) - set(self.deny)

    @property
    def tenant_id(self) -> str:
        """As the tenant itself says it: an export may name another beside it."""
        organization = self.snapshot.singleton("organization")
        return str((organization or {}).get("id") or self.snapshot.tenant.id)

    def items(self, collection: str) -> Sequence[Any]:
        """The objects that the snapshot holds, whatever the collection's status."""
        return self.snapshot.collection(collection).items

    def status(self, collection: str) -> CollectionStatus:
        """The status that collecting must give back."""
        return self.snapshot.status(collection)

    def detail(self, collection: str) -> str:
        return self.snapshot.collection(collection).detail

    def licensed(self, *names: str) -> bool:
        """Whether the tenant has any of these licences; true when none is needed."""
        return not names or bool(self.licences & set(names))

    def token_for(self, *services: str) -> str:
        """The application's token, for some services or for all."""
        return tokens.make(tenant=self.tenant_id, roles=self.granted, services=services or tuple(tokens.AUDIENCES))

    def _licences(self) -> frozenset[str]:
        if self.snapshot.licences is not None:
            return self.snapshot.licences
        if not self.snapshot.collection("subscribed_skus").ok:
            return LICENCES
        return licences_of(
            plan["servicePlanName"]
            for sku in self.items("subscribed_skus")
            for plan in sku.get("servicePlans") or ()
            if plan.get("provisioningStatus") == "Success"
        )

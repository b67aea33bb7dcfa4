"""A fetcher against the emulator, over the collector's own transport and wire: nothing between them is pretended."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast

from tests.emulator.emulator import Emulator
from tests.unit.collect.scripted import Alone, Scripted

from tenantlint.collect.budgets import Budgets
from tenantlint.collect.calls import Service
from tenantlint.collect.catalog import source_of
from tenantlint.collect.clock import SystemClock
from tenantlint.collect.fetchers import fetcher_of
from tenantlint.collect.fetching import NameServers
from tenantlint.collect.graph import GraphWire
from tenantlint.collect.hosts import Hosts
from tenantlint.collect.pacing import Pacing
from tenantlint.collect.progress import Silent
from tenantlint.collect.retries import RetryRules
from tenantlint.collect.transport import Transport
from tenantlint.model import CollectionStatus, JsonObject

QUICK = RetryRules(attempts=3, throttled_attempts=3, first_delay=0.001, longest_delay=0.002, exchange=5.0)
PATIENCE = NameServers(timeout=0.1, rounds=3, pause=0.001)


@dataclass
class Found:
    """What a fetcher gave, and the error that it ended with."""

    items: list[JsonObject] = field(default_factory=list)
    error: Exception | None = None


@dataclass(frozen=True)
class _Tokens:
    value: str

    async def token(self, scope: str) -> str:
        return self.value

    def reject(self, token: str, challenge: str | None = None) -> None:
        return

    async def close(self) -> None:
        return


def fetch_from(
    emulator: Emulator,
    folder: Path,
    *collections: str,
    given: Mapping[str, Sequence[JsonObject]] | None = None,
    statuses: Mapping[str, CollectionStatus] | None = None,
    patience: NameServers = PATIENCE,
) -> dict[str, Found]:
    """Each collection as its own fetcher reads it from the emulator, all in one run and one after the other."""

    async def work() -> dict[str, Found]:
        async with emulator:
            hosts = Hosts(
                given={
                    Service.EXCHANGE: emulator.exchange_url,
                    Service.COMPLIANCE: emulator.compliance_url,
                    Service.TEAMS: emulator.teams_url,
                    Service.SHAREPOINT: emulator.sharepoint_url,
                }
            )
            clock = SystemClock()
            wire = GraphWire(hosts, _Tokens(emulator.token))
            transport = Transport(
                wire, hosts, pacing=Pacing(clock), clock=clock, observer=Silent(), budgets=Budgets(clock), rules=QUICK
            )
            context = Alone(cast("Scripted", transport), folder, given=given, statuses=statuses)
            context.tenant = emulator.world.snapshot.tenant
            servers = replace(patience, addresses=patience.addresses or (emulator.dns_address,))
            context.scope = replace(context.scope, name_servers=servers)
            try:
                return {name: await _read(context, name) for name in collections}
            finally:
                await context.close()
                await wire.close()

    return asyncio.run(work())


async def _read(context: Any, collection: str) -> Found:
    source = source_of(collection)
    found = Found()
    try:
        async for batch in fetcher_of(source)(context, source):
            found.items += cast("Sequence[JsonObject]", batch)
    except Exception as error:
        found.error = error
    return found

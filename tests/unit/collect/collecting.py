"""A whole collection from an emulator, with every real part of the collector."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from tests.emulator.emulator import Emulator

from tenantlint.collect import claims
from tenantlint.collect.budgets import Allowance, Budgets
from tenantlint.collect.calls import Service
from tenantlint.collect.catalog import NOT_COLLECTABLE, SOURCES
from tenantlint.collect.clock import SystemClock
from tenantlint.collect.credentials import Auth, SignIn
from tenantlint.collect.fetching import NameServers, Scope
from tenantlint.collect.graph import GraphWire
from tenantlint.collect.hosts import Hosts
from tenantlint.collect.pacing import DOCUMENTED, Limit, Pacing
from tenantlint.collect.progress import Observer, Silent
from tenantlint.collect.retries import RetryRules
from tenantlint.collect.run import CollectReport, collect
from tenantlint.collect.spool import Spool
from tenantlint.collect.tokens import sign_in
from tenantlint.collect.transport import Traffic, Transport
from tenantlint.collect.writing import write_collected
from tenantlint.model import Tenant

FREE = {rate: Limit(at_once=limit.at_once) for rate, limit in DOCUMENTED.items()}


def hosts_of(emulator: Emulator) -> Hosts:
    return Hosts(given={service: emulator.world.origins[service] for service in Service if service is not Service.DNS})


async def collect_from(
    emulator: Emulator,
    out: Path,
    *,
    now: datetime,
    tool_version: str = "0.1.0",
    leave_out: Collection[str] = (),
    sign_in_days: int = 30,
    paced: bool = False,
    rules: RetryRules | None = None,
    allowance: Allowance | None = None,
    observer: Observer | None = None,
    name_servers: NameServers | None = None,
) -> tuple[CollectReport, Traffic]:
    """Collect the emulator's tenant into a snapshot. `paced`: keep within the documented limits."""
    clock = SystemClock()
    hosts = hosts_of(emulator)
    tokens = sign_in(Auth(SignIn.TOKEN, tokens=(emulator.token,), any_audience=True), clock)
    wire = GraphWire(hosts, tokens)
    pacing = Pacing(clock, DOCUMENTED if paced else FREE)
    transport = Transport(
        wire,
        hosts,
        pacing=pacing,
        clock=clock,
        observer=observer or Silent(),
        budgets=Budgets(clock, allowance),
        rules=rules,
    )
    said = claims.read(emulator.token)
    granted = {service: None if service in {Service.TEAMS, Service.DNS} else said.granted for service in Service}
    try:
        with Spool(out, {}, now=now) as spool:
            report = await collect(
                SOURCES,
                included={source.collection for source in SOURCES} - set(leave_out),
                tenant=Tenant(id=emulator.world.tenant_id, cloud="global"),
                granted=granted,
                scope=Scope(
                    now=now,
                    sign_in_days=sign_in_days,
                    change_days=30,
                    name_servers=replace(name_servers or NameServers(), addresses=(emulator.dns_address,)),
                ),
                sender=transport,
                spool=spool,
                observer=observer or Silent(),
                clock=clock,
                on_tenant=lambda tenant: hosts.learn_initial_domain(tenant.initial_domain),
                on_users=pacing.learn_users if paced else None,
            )
            write_collected(report, spool, out, tool_version=tool_version, left_out=NOT_COLLECTABLE)
            spool.discard()
    finally:
        await wire.close()
        await tokens.close()
    return report, transport.traffic
